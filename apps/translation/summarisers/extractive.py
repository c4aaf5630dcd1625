"""Extractive summaries: the most central sentences of the translation.

The centrality of a sentence is the mean cosine of its TF-IDF vector with all others, as LexRank's
degree centrality (Erkan and Radev 2004); maximal marginal relevance limits redundancy (Carbonell
and Goldstein 1998).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

MOST_SENTENCES = 3
FEWEST_SENTENCES = 2
COMFORTABLE_LENGTH = 200
REDUNDANCY = 0.5
FIRST_SENTENCE, LAST_SENTENCE = 0.25, 0.1
# "The code is at ..." is not a result of the paper.
ADDRESS = re.compile(r"https?://|www\.")

Vector = dict[str, float]


def pick_sentences(sentences: Sequence[str]) -> list[int]:
    """Return the positions, in order, of the two or three sentences of the summary.

    A third sentence is added only within 200 characters in total. Sentences with a URL are skipped
    if two others remain. Fewer than three sentences are returned as they are.
    """
    if len(sentences) <= FEWEST_SENTENCES:
        return list(range(len(sentences)))
    vectors = _vectors(sentences)
    worth = [
        _centrality(index, vectors) + _position_bonus(index, len(sentences))
        for index in range(len(sentences))
    ]
    telling = [index for index, text in enumerate(sentences) if not ADDRESS.search(text)]
    left = telling if len(telling) >= FEWEST_SENTENCES else list(range(len(sentences)))
    picked: list[int] = []
    while left and len(picked) < MOST_SENTENCES:
        best = max(
            left,
            key=lambda index: (
                worth[index]
                - REDUNDANCY
                * max((cosine(vectors[index], vectors[p]) for p in picked), default=0.0)
            ),
        )
        length = sum(len(sentences[index]) for index in [*picked, best])
        if len(picked) >= FEWEST_SENTENCES and length > COMFORTABLE_LENGTH:
            break
        picked.append(best)
        left.remove(best)
    return sorted(picked)


def _position_bonus(index: int, count: int) -> float:
    if index == 0:
        return FIRST_SENTENCE
    return LAST_SENTENCE if index == count - 1 else 0.0


def _centrality(index: int, vectors: Sequence[Vector]) -> float:
    others = [cosine(vectors[index], vector) for i, vector in enumerate(vectors) if i != index]
    return sum(others) / len(others)


def _vectors(sentences: Sequence[str]) -> list[Vector]:
    """Return TF-IDF vectors of character pairs, since Japanese has no word boundaries."""
    counts = [Counter(text[i : i + 2] for i in range(len(text) - 1)) for text in sentences]
    spread = Counter(pair for count in counts for pair in count)
    total = len(sentences)
    return [
        {pair: n * math.log(1 + total / spread[pair]) for pair, n in count.items()}
        for count in counts
    ]


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two sparse vectors; 0 if one is empty."""
    if not one or not other:
        return 0.0
    shared = one.keys() & other.keys()
    product = sum(one[key] * other[key] for key in shared)
    norm = math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return product / norm
