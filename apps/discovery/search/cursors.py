"""Where a page of search results begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from apps.discovery.search.retrieval import Place

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = re.compile(r"(\d{1,18})\.(?:b(\d{1,3})|([01])\.(-?\d{1,16})-(\d{1,18}))", re.ASCII)


class BrokenSearchCursor(ValueError):
    """The text is not a cursor that a search gave out."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the results of one query.

    up_to: the highest key when the first page was made. best: how many of the best results came
    before. After those the results go on from `place` in a ring: 0 fits as typed, 1 has parts of
    words; place None is the beginning of the ring.
    """

    up_to: int
    best: int | None = None
    ring: int = 0
    place: Place | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str(cursor)` wrote. Raises BrokenSearchCursor for anything else."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise BrokenSearchCursor(text[:80])
        up_to, best, ring, moment, paper = match.groups()
        if best is not None:
            return cls(int(up_to), int(best))
        try:
            submitted_at = _EPOCH + timedelta(microseconds=int(moment))
        except OverflowError as error:
            raise BrokenSearchCursor(text[:80]) from error
        return cls(int(up_to), None, int(ring), Place(submitted_at, int(paper)))

    def __str__(self) -> str:
        if self.best is not None:
            return f"{self.up_to}.b{self.best}"
        assert self.place is not None
        moment = (self.place.submitted_at - _EPOCH) // timedelta(microseconds=1)
        return f"{self.up_to}.{self.ring}.{moment}-{self.place.paper_id}"
