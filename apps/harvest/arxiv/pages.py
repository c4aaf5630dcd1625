"""What every source of papers hands over page by page."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from apps.papers.records import PaperRecord


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that cannot be stored, and why."""

    reason: str


class Page(Protocol):
    """One response. What stands below its records is known once they have all been read."""

    next_cursor: str | None
    total: int | None
    response_day: date | None
    notes: list[str]

    def items(self) -> Iterator[PaperRecord | Rejection]:
        """Yield the records in order, once. Raises BadResponse and the like."""
        ...


class Source(Protocol):
    """Where the pages of a run come from."""

    def page(self, cursor: str) -> AbstractContextManager[Page]:
        """Fetch the page at the cursor ("" is the first) whole; reading it needs no network."""
        ...
