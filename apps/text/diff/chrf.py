"""chrF: how much two texts are alike in their characters.

Maja Popović, "chrF: character n-gram F-score for automatic MT evaluation", Proceedings of the Tenth
Workshop on Statistical Machine Translation (2015), 392-395: precision and recall of character
n-grams, each averaged over n = 1 to 6, are joined by an F-score in which recall counts BETA times
as much as precision. White space does not count. Over many texts the n-grams are counted together.
It suits Japanese, as it needs no words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

LONGEST: Final = 6
BETA: Final = 2.0


@dataclass(frozen=True, slots=True)
class GramCounts:
    """The n-grams of a pair of texts, for each n from 1: of the first, of the second, in both."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    shared: tuple[int, ...]


def count_grams(written: str, final: str) -> GramCounts:
    """Return the n-grams of what a machine wrote and of what became of it."""
    one, other = _plain(written), _plain(final)
    lengths = range(1, LONGEST + 1)
    return GramCounts(
        tuple(max(len(one) - n + 1, 0) for n in lengths),
        tuple(max(len(other) - n + 1, 0) for n in lengths),
        _shared(one, other),
    )


def chrf(counts: Iterable[GramCounts]) -> float | None:
    """Return the score, 0 to 100, of pairs of texts together; 100 means that nothing was changed.

    None where there is no text on one of the sides.
    """
    known = list(counts)
    lengths = range(LONGEST)
    ours = [sum(pair.first[n] for pair in known) for n in lengths]
    theirs = [sum(pair.second[n] for pair in known) for n in lengths]
    shared = [sum(pair.shared[n] for pair in known) for n in lengths]
    orders = [n for n in lengths if ours[n] and theirs[n]]
    if not orders:
        return None
    precision = sum(shared[n] / ours[n] for n in orders) / len(orders)
    recall = sum(shared[n] / theirs[n] for n in orders) / len(orders)
    if not precision + recall:
        return 0.0
    weight = BETA * BETA
    return 100.0 * (1 + weight) * precision * recall / (weight * precision + recall)


def _shared(one: str, other: str) -> tuple[int, ...]:
    # Most texts are changed in one place: n-grams within what both begin or end with are in both,
    # and only those around the change have to be counted.
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    shared = []
    for n in range(1, LONGEST + 1):
        before, behind = max(start - n + 1, 0), max(end - n + 1, 0)
        ours, theirs = (_grams(text[before : len(text) - behind], n) for text in (one, other))
        shared.append(before + behind + (ours & theirs).total())
    return tuple(shared)


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _grams(text: str, length: int) -> Counter[str]:
    return Counter(text[at : at + length] for at in range(len(text) - length + 1))


def _plain(text: str) -> str:
    return "".join(text.split())
