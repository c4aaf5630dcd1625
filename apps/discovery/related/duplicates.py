"""The same work twice: papers that arXiv has under two identifiers are not related but one."""

from collections import Counter

from apps.discovery.related.similarity import Profile

SAME_TEXT = 0.9
"""The share of words that two texts of one work have in common, at least."""
SAME_TITLE_TEXT = 0.6
"""The same, where the titles have the same words."""
SAME_DIRECTION = 0.9
"""The cosine below which no words need to be counted: editions of a work are above 0.95."""


def same_work(one: Profile, other: Profile) -> bool:
    """Return whether two papers are one work: the same text, or the same title and a like text."""
    if float(one.vector @ other.vector) < SAME_DIRECTION:
        return False
    shared = overlap(one.words, other.words)
    return shared >= SAME_TEXT or (
        shared >= SAME_TITLE_TEXT and one.title_words == other.title_words
    )


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Return how much two counts of words have in common: 0 to 1 (Jaccard, with repetitions)."""
    either = (one | other).total()
    return (one & other).total() / either if either else 0.0
