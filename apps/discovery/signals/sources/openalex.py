"""Citation counts of OpenAlex: https://developers.openalex.org. Its data are CC0.

Papers are requested by arXiv's DOI, a hundred in one filter. Papers that OpenAlex has only under
the journal's DOI are missed.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from apps.core.plugins import About, Label
from apps.core.variables import Address, variable
from apps.discovery.signals.base import SignalsUnavailable, SourceVariables

if TYPE_CHECKING:
    from apps.discovery.signals.json_client import JsonClient

BASE_URL = "https://api.openalex.org"
_DOI = "10.48550/arxiv."


class OpenAlexVariables(SourceVariables):
    """OpenAlex."""

    prefix = "OPENALEX_"
    api_key: str = variable(
        "", "key of an account; the free one allows a useful number of requests", secret=True
    )
    contact_email: str = variable("", "", name="CONTACT_EMAIL", shared=True)
    base_url: Address = variable(BASE_URL, "address of the service", name="URL")


class OpenAlex:
    """Reads `cited_by_count` from /works."""

    about = About(
        name="openalex",
        label=Label("OpenAlexの被引用数", "Citation counts of OpenAlex"),
        licence=Label("CC0", "CC0"),
        variables=OpenAlexVariables,
    )
    name = about.name
    batch = 100

    def __init__(
        self,
        client: "JsonClient",
        *,
        api_key: str = "",
        contact_email: str = "",
        base_url: str = BASE_URL,
    ) -> None:
        self._client = client
        self._url = f"{base_url.rstrip('/')}/works"
        self._who = {
            name: value
            for name, value in (("api_key", api_key), ("mailto", contact_email))
            if value
        }

    def citations(self, arxiv_ids: Sequence[str]) -> Mapping[str, int]:
        by_doi = {f"{_DOI}{arxiv_id}".lower(): arxiv_id for arxiv_id in arxiv_ids}
        if not by_doi:
            return {}
        answer = self._client.request(
            "GET",
            self._url,
            params={
                "filter": f"doi:{'|'.join(by_doi)}",
                "select": "doi,cited_by_count",
                "per_page": str(self.batch),
                **self._who,
            },
        )
        return {
            by_doi[doi]: count
            for doi, count in (_doi_and_count(work) for work in self._works(answer))
            if doi in by_doi
        }

    def _works(self, answer: Any) -> list[Any]:
        works = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(works, list):
            raise SignalsUnavailable(f"{self._url}: the answer has no list of results.")
        return works


def _doi_and_count(work: Any) -> tuple[str, int]:
    try:
        return str(work["doi"]).lower().partition("doi.org/")[2], int(work["cited_by_count"])
    except (KeyError, TypeError, ValueError) as error:
        raise SignalsUnavailable(f"OpenAlex: a work without DOI or count: {work!r:.200}") from error
