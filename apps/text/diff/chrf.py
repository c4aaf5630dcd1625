"""chrF: the similarity of two texts by their character n-grams.

Precision and recall of character n-grams, each averaged over n = 1 to 6, are combined into an
F-score in which recall counts BETA times as much as precision. White space does not count. Over
several texts the n-grams are summed. It suits Japanese, since it needs no words.

Source: Maja Popović, "chrF: character n-gram F-score for automatic MT evaluation", Proceedings of
the Tenth Workshop on Statistical Machine Translation (2015), 392-395.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from apps.text.diff.word_diff import common_prefix_length

LONGEST: Final = 6
BETA: Final = 2.0


@dataclass(frozen=True, slots=True)
class GramCounts:
    """The number of n-grams for n = 1 to 6: in the first text, in the second, in both."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    shared: tuple[int, ...]


def count_grams(written: str, final: str) -> GramCounts:
    """Count the n-grams of a machine's text and of its final form.

    Args:
        written: the machine's text.
        final: the text after editing.

    Returns:
        The counts of both and of what they share, to be passed to `chrf`.
    """
    one, other = _plain(written), _plain(final)
    lengths = range(1, LONGEST + 1)
    return GramCounts(
        tuple(max(len(one) - n + 1, 0) for n in lengths),
        tuple(max(len(other) - n + 1, 0) for n in lengths),
        _shared(one, other),
    )


def chrf(counts: Iterable[GramCounts]) -> float | None:
    """Return the chrF score of pairs of texts together.

    Args:
        counts: one entry for each pair.

    Returns:
        0 to 100, where 100 means unchanged; None where one side has no text at all.
    """
    pairs = list(counts)
    lengths = range(LONGEST)
    ours = [sum(pair.first[n] for pair in pairs) for n in lengths]
    theirs = [sum(pair.second[n] for pair in pairs) for n in lengths]
    shared = [sum(pair.shared[n] for pair in pairs) for n in lengths]
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
    # Most edits change one place. N-grams inside the common beginning and end are in both texts,
    # so only those around the change have to be counted.
    start = common_prefix_length(one, other)
    end = common_prefix_length(one[start:][::-1], other[start:][::-1])
    shared = []
    for n in range(1, LONGEST + 1):
        before, behind = max(start - n + 1, 0), max(end - n + 1, 0)
        ours, theirs = (_grams(text[before : len(text) - behind], n) for text in (one, other))
        shared.append(before + behind + (ours & theirs).total())
    return tuple(shared)


def _grams(text: str, length: int) -> Counter[str]:
    return Counter(text[at : at + length] for at in range(len(text) - length + 1))


def _plain(text: str) -> str:
    return "".join(text.split())
