"""The order of the review queue: by the harm that an error can still do.

The longest wait is not the greatest risk: papers are read for a few days and then hardly ever. So
the expected harm of an error in a translation is taken to be

    attention x readers x doubt x 2^(-age / HALVED_EVERY)

All papers lose readers at the same rate, so time changes all values by the same factor and never
the order. The stored priority is the logarithm with the time of submission in place of the age. It
is constant, as in the "hot" lists of news sites, and never has to be recomputed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log2
from typing import Final

HALVED_EVERY: Final = timedelta(days=7)
"""A paper that is a week newer counts as twice the risk."""
TYPICAL_SCORE: Final = 25.0
"""For papers without a score: about the average score."""
READERS_OF_PUBLIC: Final = 3.0
"""The weight of a public text, compared with one that waits."""
BLOCKED_FIRST: Final = 10_000.0
"""More than risk and freshness add up to: in the year 2150, freshness is 8,300."""

_EPOCH = datetime(1991, 8, 1, tzinfo=UTC)
_BLOCKING, _OTHER, _STALE, _CORRECTION = 4.0, 1.0, 3.0, 3.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Reasons to doubt a text: blocking findings, other findings, readers' corrections."""

    blocking: int = 0
    others: int = 0
    corrections: int = 0
    is_stale: bool = False

    @property
    def weight(self) -> float:
        """1 for a text without reasons to doubt it (it may have errors), else more.

        The weights were chosen, not fitted.
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
    """Compute the priority of a translation: the higher, the sooner it needs a person.

    A text with a blocking finding comes before every text without one.

    Args:
        doubt: the reasons to doubt the text.
        score: the attention score, 0 to 100; None without one.
        papers_of_category: papers of its primary category published here in four weeks, the only
            figure on readers that a site without tracking has. More papers mean more readers, but
            fewer for each paper, hence the square root.
        is_public: whether readers see the text.
        submitted_at: when the paper was submitted.
    """
    attention = TYPICAL_SCORE if score is None else max(score, 1.0)
    readers = (1.0 + papers_of_category) ** 0.5 * (READERS_OF_PUBLIC if is_public else 1.0)
    freshness = (submitted_at - _EPOCH) / HALVED_EVERY
    first = BLOCKED_FIRST if doubt.blocking else 0.0
    return first + freshness + log2(attention * readers * doubt.weight)
