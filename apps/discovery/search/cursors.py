"""Where a page of search results begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from apps.core.keyset import BrokenCursor, Position
from apps.papers.orderings import NEWEST_IN_INDEX

_WRITTEN = re.compile(r"(\d{1,18})\.(?:b(\d{1,3})|([01])\.(.*))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of the results of one query begins.

    up_to: the highest translation key at the time of the first page. best: the number of best
    results on earlier pages; None once they are used up. Then the page continues after `position`
    (None: from the start) in `tier` 0, words as typed, or 1, words inside longer words.
    """

    up_to: int
    best: int | None = None
    tier: int = 0
    position: Position | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the result of `str(cursor)`. Raises BrokenCursor for any other text."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise BrokenCursor(text)
        up_to, best, tier, position = match.groups()
        if best is not None:
            return cls(int(up_to), int(best))
        try:
            return cls(int(up_to), None, int(tier), NEWEST_IN_INDEX.decode(position))
        except BrokenCursor as broken:
            raise BrokenCursor(text) from broken

    def __str__(self) -> str:
        if self.best is not None:
            return f"{self.up_to}.b{self.best}"
        assert self.position is not None
        return f"{self.up_to}.{self.tier}.{NEWEST_IN_INDEX.encode(self.position)}"
