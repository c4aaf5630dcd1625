"""Duplicates: one work that arXiv has under two identifiers."""

from collections import Counter

from apps.discovery.related.similarity import Profile

SAME_TEXT = 0.9
"""The least share of common words of two texts of one work."""
SAME_TITLE_TEXT = 0.6
"""The same for texts whose titles have the same words."""
SAME_DIRECTION = 0.9
"""Words are not compared below this cosine; duplicates are above 0.95."""


def same_work(one: Profile, other: Profile) -> bool:
    """Whether two papers are one work: the same text, or the same title and a similar text."""
    if float(one.vector @ other.vector) < SAME_DIRECTION:
        return False
    shared = overlap(one.words, other.words)
    return shared >= SAME_TEXT or (
        shared >= SAME_TITLE_TEXT and one.title_words == other.title_words
    )


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Return the Jaccard similarity of two multisets of words, 0 to 1."""
    either = (one | other).total()
    return (one & other).total() / either if either else 0.0
