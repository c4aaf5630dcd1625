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

    up_to: the highest key when the first page was made. best: how many of the best results came
    before. After those the results go on after `position` in a tier: 0 fits as typed, 1 has parts
    of words; position None is the beginning of the tier.
    """

    up_to: int
    best: int | None = None
    tier: int = 0
    position: Position | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str(cursor)` wrote. Raises BrokenCursor for anything else."""
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
