"""Citation counts of Semantic Scholar: https://api.semanticscholar.org/api-docs/graph.

Up to five hundred arXiv identifiers in one request; the answer has one entry for each, in order,
null for unknown papers. Without a key, all users share one rate limit and 429 is common.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from apps.core.plugins import About, Label
from apps.core.variables import Address, variable
from apps.discovery.signals.base import SignalsUnavailable, SourceVariables

if TYPE_CHECKING:
    from apps.discovery.signals.json_client import JsonClient

BASE_URL = "https://api.semanticscholar.org"


class SemanticScholarVariables(SourceVariables):
    """Semantic Scholar."""

    prefix = "SEMANTIC_SCHOLAR_"
    seconds_per_request: float = variable(
        3.0, "seconds from one request to the next, over all workers", internal=True, ge=0, le=3600
    )
    api_key: str = variable("", "key of an account", secret=True)
    base_url: Address = variable(BASE_URL, "address of the service", name="URL")


class SemanticScholar:
    """Reads `citationCount` from /graph/v1/paper/batch."""

    about = About(
        name="semanticscholar",
        label=Label("Semantic Scholarの被引用数", "Citation counts of Semantic Scholar"),
        licence=Label("Semantic Scholarの利用規約", "Semantic Scholar's terms"),
        variables=SemanticScholarVariables,
    )
    name = about.name
    batch = 500

    def __init__(
        self, client: "JsonClient", *, api_key: str = "", base_url: str = BASE_URL
    ) -> None:
        self._client = client
        self._url = f"{base_url.rstrip('/')}/graph/v1/paper/batch"
        self._headers = {"x-api-key": api_key} if api_key else {}

    def citations(self, arxiv_ids: Sequence[str]) -> Mapping[str, int]:
        if not arxiv_ids:
            return {}
        answer = self._client.request(
            "POST",
            self._url,
            params={"fields": "citationCount"},
            headers=self._headers,
            json={"ids": [f"ARXIV:{arxiv_id}" for arxiv_id in arxiv_ids]},
        )
        if not isinstance(answer, list) or len(answer) != len(arxiv_ids):
            raise SignalsUnavailable(
                f"{self._url}: expected a list of {len(arxiv_ids)} entries, got {answer!r:.200}"
            )
        return {
            arxiv_id: self._count(entry)
            for arxiv_id, entry in zip(arxiv_ids, answer, strict=True)
            if entry is not None
        }

    def _count(self, entry: Any) -> int:
        count = entry.get("citationCount") if isinstance(entry, dict) else None
        if not isinstance(count, int):
            raise SignalsUnavailable(f"{self._url}: an entry without a count: {entry!r:.200}")
        return count
