"""Similarity of papers by words and vectors, in two passes.

The first pass adds the cosines of vectors and of weighted words. The second repeats it with the
nearest papers of the first mixed in (pseudo relevance feedback, Rocchio 1971) and adds titles,
categories and dates. The benchmark `related` compares it with lists kept by people.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from apps.text.terms.word_lists import FUNCTION_WORDS

FEEDBACK = 15
"""The nearest papers used as feedback, at most a tenth of the candidates."""
FEEDBACK_WEIGHT = 0.8

# Words and vectors are divided by their spread among unrelated papers of a large corpus.
WORDS_SCALE, VECTORS_SCALE, TITLES_SCALE = 0.03, 0.028, 0.08
TITLES_WEIGHT = 0.1
YEARS_WEIGHT = 0.8
CATEGORIES_WEIGHT = 0.5

_WORD = re.compile(r"[a-z][a-z0-9]+")
_YEAR = 365.25 * 24 * 3600

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Profile:
    """The features of a paper. words, title_words: counts by `words_of`."""

    key: int
    vector: Vector
    words: Counter[str]
    title_words: Counter[str]
    categories: frozenset[str]
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Near:
    """A similar paper. nearness: higher is nearer, within one list only. similarity: cosine."""

    key: int
    nearness: float
    similarity: float


def words_of(text: str) -> Counter[str]:
    """Count the words of an English text, without case, accents, plurals and function words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = (word for word in _WORD.findall(plain) if word not in FUNCTION_WORDS)
    return Counter(map(_singular, found))


@lru_cache(maxsize=100_000)
def _singular(word: str) -> str:
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is", "ias")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 5 else word[:-1]


def rarity(documents: int, of: int) -> float:
    """Return the smoothed idf of a word in `documents` of `of` papers."""
    return math.log((1 + of) / (1 + documents)) + 1


def feedback_size(candidates: int) -> int:
    """Return how many of the nearest candidates are used as feedback."""
    return min(FEEDBACK, candidates // 10)


def feedback_vector(subject: Profile, nearest: Sequence[Profile]) -> Vector:
    """Return the unit vector of the second pass: the subject with the mean of the nearest."""
    if not nearest:
        return subject.vector
    common = np.mean([item.vector for item in nearest], axis=0)
    return _unit(subject.vector + FEEDBACK_WEIGHT * common)


def nearest_first(
    subject: Profile, others: Sequence[Profile], weight: Callable[[str], float]
) -> list[Near]:
    """Return the papers in the order of the first pass, by words and vectors."""
    found = _Matrix(subject, others, weight)
    return found.order(found.by_words(found.words[0]) + found.by_vectors(subject.vector))


def related_first(
    subject: Profile, others: Sequence[Profile], weight: Callable[[str], float]
) -> list[Near]:
    """Return the papers in the order of the second pass, the most related first.

    weight: returns the weight of a word, see `rarity`.
    """
    found = _Matrix(subject, others, weight)
    if not others:
        return []
    first = found.by_words(found.words[0]) + found.by_vectors(subject.vector)
    best = np.argsort(-first)[: feedback_size(len(others))]
    wanted = found.words[0]
    if best.size:
        wanted = _unit(wanted + FEEDBACK_WEIGHT * found.words[1:][best].mean(axis=0))
    vector = feedback_vector(subject, [others[place] for place in best])
    return found.order(
        found.by_words(wanted)
        + found.by_vectors(vector)
        + TITLES_WEIGHT * found.by_titles()
        + CATEGORIES_WEIGHT * found.by_categories()
        - YEARS_WEIGHT * np.log1p(found.years_apart())
    )


class _Matrix:
    """Features of the papers as matrices; the subject is the first row of `words`."""

    def __init__(
        self, subject: Profile, others: Sequence[Profile], weight: Callable[[str], float]
    ) -> None:
        self.subject, self.others = subject, others
        vocabulary: dict[str, int] = {}
        for item in (subject, *others):
            for word in item.words:
                vocabulary.setdefault(word, len(vocabulary))
        weights = {word: weight(word) for word in vocabulary}
        everyone = (subject, *others)
        self.words = _rows([item.words for item in everyone], vocabulary, weights)
        self.titles = _rows([item.title_words for item in everyone], vocabulary, weights)
        self.vectors = np.array([item.vector for item in others], np.float32).reshape(
            len(others), subject.vector.size
        )

    def by_words(self, wanted: Vector) -> Vector:
        return 0.5 * (self.words[1:] @ wanted) / WORDS_SCALE

    def by_vectors(self, wanted: Vector) -> Vector:
        return 0.5 * (self.vectors @ wanted) / VECTORS_SCALE

    def by_titles(self) -> Vector:
        there = self.words[1:] @ self.titles[0]
        back = self.titles[1:] @ self.words[0]
        return (there + back) / TITLES_SCALE

    def by_categories(self) -> Vector:
        own = self.subject.categories
        shares = [len(own & o.categories) / max(1, len(own | o.categories)) for o in self.others]
        return np.array(shares, np.float32)

    def years_apart(self) -> Vector:
        at = self.subject.submitted_at
        apart = [abs((other.submitted_at - at).total_seconds()) / _YEAR for other in self.others]
        return np.array(apart, np.float32)

    def order(self, nearness: Vector) -> list[Near]:
        cosines = self.vectors @ self.subject.vector
        return sorted(
            (
                Near(other.key, float(near), float(cosine))
                for other, near, cosine in zip(self.others, nearness, cosines, strict=True)
            ),
            key=lambda near: (-near.nearness, near.key),
        )


def _rows(
    texts: Iterable[Counter[str]], vocabulary: dict[str, int], weights: dict[str, float]
) -> Vector:
    """Return a unit row for each text: (1 + log of the count) times the weight of each word."""
    texts = list(texts)
    rows = np.zeros((len(texts), len(vocabulary)), np.float32)
    for row, words in zip(rows, texts, strict=True):
        for word, times in words.items():
            row[vocabulary[word]] = (1 + math.log(times)) * weights[word]
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, 1e-9)


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
