"""In which order translations need a person: an order that stays right as time passes.

What waits longest is not what matters most. A paper is read for a few days and then hardly ever, so
the harm that an error in its translation will still do is taken to be

    attention x readers x doubt x 2^(-age / HALVED_EVERY)

As every paper's readers dwindle at the same rate, time changes all values by one factor and never
the order. So the logarithm is stored, with the day of submission in place of the age: a constant,
as in the "hot" lists of news sites. Nothing has to be computed anew tomorrow.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log2
from typing import Final

HALVED_EVERY: Final = timedelta(days=7)
"""A paper that is a week newer counts as twice the risk."""
TYPICAL_SCORE: Final = 25.0
"""Taken for papers that have no score yet; about what papers score on average."""
READERS_OF_PUBLIC: Final = 3.0
"""What readers see now counts as much more than what waits."""
BLOCKED_FIRST: Final = 10_000.0
"""More than risk and freshness can make up for: the freshness of the year 2150 is 8,300."""

_EPOCH = datetime(1991, 8, 1, tzinfo=UTC)
_BLOCKING, _OTHER, _STALE, _CORRECTION = 4.0, 1.0, 3.0, 3.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against a text: findings that block, other findings, readers' corrections."""

    blocking: int = 0
    others: int = 0
    corrections: int = 0
    is_stale: bool = False

    @property
    def weight(self) -> float:
        """Return 1 for a text that nothing speaks against, which is not free of errors; else more.

        How much each thing counts was chosen, not fitted.
        """
        found = _BLOCKING * self.blocking + _OTHER * self.others + _CORRECTION * self.corrections
        return 1.0 + found + _STALE * self.is_stale


def priority(
    doubt: Doubt,
    *,
    score: float | None,
    papers_of_category: int,
    is_public: bool,
    submitted_at: datetime,
) -> float:
    """Return where a translation stands in the queue: the higher, the sooner it needs a person.

    score: the attention score, 0 to 100. papers_of_category: how many papers its primary category
    had here in four weeks; the site knows nothing else about its readers, as it does not track
    them. A category with more papers has more readers, but each paper a smaller part of them, hence
    the root. A text with a blocking finding stands before every text without one.
    """
    attention = TYPICAL_SCORE if score is None else max(score, 1.0)
    readers = (1.0 + papers_of_category) ** 0.5 * (READERS_OF_PUBLIC if is_public else 1.0)
    freshness = (submitted_at - _EPOCH) / HALVED_EVERY
    first = BLOCKED_FIRST if doubt.blocking else 0.0
    return first + freshness + log2(attention * readers * doubt.weight)
