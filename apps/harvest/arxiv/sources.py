"""The four sources of pages: OAI-PMH, identifiers and queries of the API, saved files."""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, cast

from lxml import etree

from apps.harvest.arxiv import atom, oai
from apps.harvest.arxiv.atom import AtomPage
from apps.harvest.arxiv.fetch import Fetcher, RefusedRequest
from apps.harvest.arxiv.oai import OaiPage
from apps.harvest.arxiv.pages import Page, Rejection
from apps.harvest.arxiv.responses import BadResponse, describe_unless_xml
from apps.papers.records import PaperRecord, SourceFormat
from apps.text.arxiv.identifiers import ArxivId

# arXiv's manual advises against more than this at once.
IDS_PER_REQUEST = 100
RESULTS_PER_REQUEST = 200
_GZIP = b"\x1f\x8b"


class ShortPage(BadResponse):
    """The API sent fewer results than it has, as arXiv's API sometimes does."""


@dataclass(frozen=True, slots=True)
class OaiSource:
    """A list of OAI-PMH; the cursor is the resumption token of the next page."""

    fetcher: Fetcher
    base_url: str
    source_format: SourceFormat
    set_spec: str = ""
    from_date: date | None = None
    until_date: date | None = None

    @contextmanager
    def page(self, cursor: str) -> Iterator[Page]:
        url = (
            oai.resumption_url(self.base_url, cursor)
            if cursor
            else oai.list_records_url(
                self.base_url,
                source_format=self.source_format,
                set_spec=self.set_spec,
                from_date=self.from_date,
                until_date=self.until_date,
            )
        )
        with self.fetcher.fetch(url) as body:
            yield OaiPage(body, url)


@dataclass(frozen=True, slots=True)
class IdsSource:
    """Papers by identifier; the cursor is the number of papers requested so far."""

    fetcher: Fetcher
    base_url: str
    identifiers: Sequence[str]

    @contextmanager
    def page(self, cursor: str) -> Iterator[Page]:
        start = int(cursor or 0)
        wanted = self.identifiers[start : start + IDS_PER_REQUEST]
        end = start + len(wanted)
        url = atom.ids_url(self.base_url, wanted)
        with _api_body(self.fetcher, url) as body:
            page = _IdsPage(body, url, wanted)
            page.next_cursor = str(end) if end < len(self.identifiers) else None
            yield page


class _IdsPage(AtomPage):
    """A page that rejects requested papers which the response lacks."""

    def __init__(self, stream: IO[bytes], name: str, wanted: Sequence[str]) -> None:
        super().__init__(stream, name)
        self.missing = dict.fromkeys(ArxivId.parse(text).base for text in wanted)

    def items(self) -> Iterator[PaperRecord | Rejection]:
        came = 0
        for item in super().items():
            came += 1
            if isinstance(item, PaperRecord):
                self.missing.pop(item.arxiv_id, None)
            yield item
        if self.total is not None and came < self.total:
            raise ShortPage(self.name, f"only {came} of {self.total} papers came.")
        for identifier in self.missing:
            yield Rejection(f"{identifier}: the arXiv API knows no such paper")


@dataclass(frozen=True, slots=True)
class QuerySource:
    """The results of a query; the cursor is the number of results received so far."""

    fetcher: Fetcher
    base_url: str
    query: str

    @contextmanager
    def page(self, cursor: str) -> Iterator[Page]:
        start = int(cursor or 0)
        url = atom.query_url(self.base_url, self.query, start=start, size=RESULTS_PER_REQUEST)
        with _api_body(self.fetcher, url) as body:
            yield _QueryPage(body, url, start)


class _QueryPage(AtomPage):
    """A page whose cursor counts only results that it received."""

    def __init__(self, stream: IO[bytes], name: str, start: int) -> None:
        super().__init__(stream, name)
        self.start = start

    def items(self) -> Iterator[PaperRecord | Rejection]:
        came = 0
        for item in super().items():
            came += 1
            yield item
        reached = self.start + came
        if self.total is not None and reached < self.total:
            if came == 0:
                raise ShortPage(self.name, f"no results came from {self.start} of {self.total}.")
            self.next_cursor = str(reached)


@contextmanager
def _api_body(fetcher: Fetcher, url: str) -> Iterator[IO[bytes]]:
    """Fetch from the API. Raises ApiError where a refusal (HTTP 400) gives its reason."""
    try:
        body = fetcher.fetch(url)
    except RefusedRequest as error:
        with error.body as refusal:
            _raise_api_error(refusal, url)
        raise
    with body:
        yield body


def _raise_api_error(body: IO[bytes], url: str) -> None:
    """Raise ApiError where the body is the API's error entry; else return."""
    try:
        for _ in AtomPage(body, url).items():
            pass
    except BadResponse:
        return


@dataclass(frozen=True, slots=True)
class FileSource:
    """Saved responses, each a page; the cursor is the number of files read so far."""

    paths: Sequence[Path]

    @contextmanager
    def page(self, cursor: str) -> Iterator[Page]:
        """Open the next file. Compression and protocol are recognised by its content."""
        index = int(cursor or 0)
        path = self.paths[index]
        with open_saved_response(path) as stream:
            page = _page_of(stream, str(path))
            yield _FilePage(page, str(index + 1) if index + 1 < len(self.paths) else None)


class _FilePage:
    """A saved page: the next page is the next file, not the one that its token names."""

    def __init__(self, page: OaiPage | AtomPage, next_cursor: str | None) -> None:
        self.page = page
        self.next_cursor = next_cursor
        self.total: int | None = None
        self.response_day: date | None = None
        self.notes = page.notes

    def items(self) -> Iterator[PaperRecord | Rejection]:
        return self.page.items()


@contextmanager
def open_saved_response(path: Path) -> Iterator[IO[bytes]]:
    """Open a saved response, decompressing gzip. Raises BadResponse for broken compression."""
    with path.open("rb") as raw:
        is_gzip = raw.read(2) == _GZIP
        raw.seek(0)
        if not is_gzip:
            yield raw
            return
        try:
            with gzip.open(raw) as stream:
                yield cast(IO[bytes], stream)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise BadResponse(str(path), f"its compression is broken: {error}.") from error


def _page_of(stream: IO[bytes], name: str) -> OaiPage | AtomPage:
    root = _root_tag(stream, name)
    if root == oai.ROOT:
        return OaiPage(stream, name)
    if root == atom.ROOT:
        return AtomPage(stream, name)
    raise BadResponse(
        name, f"expected a saved OAI-PMH or Atom response, got the document <{root}>."
    )


def _root_tag(stream: IO[bytes], name: str) -> str:
    if beginning := describe_unless_xml(stream):
        raise BadResponse(name, f"expected a saved OAI-PMH or Atom response, got {beginning}.")
    try:
        events = etree.iterparse(
            stream, events=("start",), resolve_entities=False, no_network=True, load_dtd=False
        )
        tag = str(next(iter(events))[1].tag)
    except (etree.XMLSyntaxError, StopIteration) as error:
        raise BadResponse(name, f"it is not XML, or broken at its beginning: {error}.") from error
    stream.seek(0)
    return tag
