"""The arXiv API (Atom): identifiers and queries.

Source: https://info.arxiv.org/help/api/user-manual.html.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from lxml import etree

from apps.harvest.arxiv.pages import Rejection, StreamedPage
from apps.harvest.arxiv.record_fields import (
    RejectedRecord,
    clean_abstract,
    clean_line,
    parse_identifier,
    validate_record,
)
from apps.harvest.arxiv.responses import BadResponse, iter_elements
from apps.papers.records import PaperRecord, SourceFormat, VersionStamp
from apps.text.arxiv.author_strings import Author
from apps.text.tex.accents import accents_to_unicode

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
# Old responses of the API wrote version 1.1, and 1.0 before that.
_TOTALS = tuple(
    f"{{http://a9.com/-/{space}/opensearch/{version}/}}totalResults"
    for space in ("spec", "opensearch")
    for version in ("1.0", "1.1")
)
ROOT = f"{ATOM}feed"
_ENTRY = f"{ATOM}entry"
# arXiv's own codes: "cs.CL", "math-ph", "cond-mat.mes-hall"; not "I.2.7" or "68T50".
_CATEGORY = re.compile(r"[a-z][a-z-]+(?:\.[A-Za-z][A-Za-z-]+)?")


class ApiError(Exception):
    """The arXiv API refused the request; the message quotes its reason."""


def ids_url(base_url: str, identifiers: Sequence[str]) -> str:
    """Return the address of one request for all of these papers."""
    arguments = {"id_list": ",".join(identifiers), "start": 0, "max_results": len(identifiers)}
    return f"{base_url}?{urlencode(arguments)}"


def query_url(base_url: str, query: str, *, start: int, size: int) -> str:
    """Return the address of one page of a query's results, in an order that stays the same."""
    arguments = {
        "search_query": query,
        "start": start,
        "max_results": size,
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
    }
    return f"{base_url}?{urlencode(arguments)}"


class AtomPage(StreamedPage):
    """One response of the API."""

    def items(self) -> Iterator[PaperRecord | Rejection]:
        """Yield records and rejections. Raises BadResponse, or ApiError for an error entry."""
        tags = (_ENTRY, *_TOTALS)
        what = "an Atom feed of the arXiv API"
        for element in iter_elements(self.stream, self.name, root=ROOT, tags=tags, what=what):
            if element.tag == _ENTRY:
                yield self._item(element)
            else:
                total = (element.text or "").strip()
                self.total = int(total) if total.isascii() and total.isdigit() else None
        if self.total is None:
            raise BadResponse(self.name, "it does not say how many results there are.")

    def _item(self, entry: etree._Element) -> PaperRecord | Rejection:
        address = (entry.findtext(f"{ATOM}id") or "").strip()
        if "/api/errors" in address:
            message = " ".join((entry.findtext(f"{ATOM}summary") or address).split())
            raise ApiError(f"{self.name}: the arXiv API refused the request: {message}")
        try:
            return validate_record(_record(entry, address))
        except RejectedRecord as error:
            return Rejection(f"{address or 'an entry without an identifier'}: {error}")


def _record(entry: etree._Element, address: str) -> PaperRecord:
    identifier = parse_identifier(address)
    submitted = _moment(entry, "published")
    revised = _moment(entry, "updated")
    number = identifier.version or 1
    versions: tuple[VersionStamp, ...] = (VersionStamp(number, revised),)
    if number > 1:
        versions = (VersionStamp(1, submitted), *versions)
    return PaperRecord(
        arxiv_id=identifier.base,
        source_format=SourceFormat.ATOM,
        title=clean_line(accents_to_unicode(entry.findtext(f"{ATOM}title") or "")),
        abstract=clean_abstract(entry.findtext(f"{ATOM}summary") or ""),
        authors=tuple(_author(author) for author in entry.findall(f"{ATOM}author")),
        categories=_categories(entry),
        versions=versions,
        submitted_at=submitted,
        revised_at=revised,
        comments=clean_line(accents_to_unicode(entry.findtext(f"{ARXIV}comment") or "")),
        journal_ref=clean_line(accents_to_unicode(entry.findtext(f"{ARXIV}journal_ref") or "")),
        doi=clean_line(entry.findtext(f"{ARXIV}doi") or ""),
    )


def _author(element: etree._Element) -> Author:
    name = Author.from_name(accents_to_unicode(clean_line(element.findtext(f"{ATOM}name") or "")))
    places = (clean_line(place.text or "") for place in element.findall(f"{ARXIV}affiliation"))
    affiliations = tuple(accents_to_unicode(place) for place in places if place)
    return Author(name.name, name.keyname, name.forenames, name.suffix, affiliations)


def _categories(entry: etree._Element) -> tuple[str, ...]:
    """Return arXiv's categories, the primary one first, without ACM and MSC classes."""
    primary = entry.find(f"{ARXIV}primary_category")
    elements = [] if primary is None else [primary]
    elements += entry.findall(f"{ATOM}category")
    terms = (element.get("term", "").strip() for element in elements)
    return tuple(dict.fromkeys(term for term in terms if _CATEGORY.fullmatch(term)))


def _moment(entry: etree._Element, tag: str) -> datetime:
    text = (entry.findtext(f"{ATOM}{tag}") or "").strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RejectedRecord(f"its time {text!r} ({tag}) is not an ISO 8601 time") from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
