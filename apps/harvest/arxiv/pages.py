"""The interface of sources and pages: a source gives records page by page."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import IO, Protocol

from apps.papers.records import PaperRecord


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that cannot be stored, and why."""

    reason: str


class Page(Protocol):
    """One response. Its attributes are final once all records have been read."""

    next_cursor: str | None
    total: int | None
    response_day: date | None
    notes: list[str]

    def items(self) -> Iterator[PaperRecord | Rejection]:
        """Yield the records in order, once. Raises BadResponse and the like."""
        ...


class StreamedPage:
    """The attributes of a `Page` that is read from a stream.

    stream: a seekable file with the response. name: its address, for messages.
    """

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self.stream = stream
        self.name = name
        self.next_cursor: str | None = None
        self.total: int | None = None
        self.response_day: date | None = None
        self.notes: list[str] = []


class Source(Protocol):
    """A source of pages."""

    def page(self, cursor: str) -> AbstractContextManager[Page]:
        """Fetch the page at the cursor ("" is the first) whole; reading it needs no network."""
        ...
