"""Profiles of papers and word weights, read from the database in batches."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable

import numpy as np

from apps.core.bulk_sql import fetch_rows
from apps.discovery.models import Embedding
from apps.discovery.related.similarity import Profile, rarity, words_of


def profiles_of(keys: Iterable[int], space: str) -> dict[int, Profile]:
    """Return the profiles of papers with a vector of `space`, by paper. One query."""
    rows = Embedding.objects.filter(pk__in=list(keys), embedder=space).values_list(
        "paper_id",
        "vector",
        "paper__title",
        "paper__abstract",
        "paper__categories",
        "paper__submitted_at",
    )
    return {
        key: Profile(
            key=key,
            vector=np.asarray(vector, np.float32),
            words=words_of(f"{title}. {abstract}"),
            title_words=words_of(title),
            categories=frozenset(categories),
            submitted_at=submitted_at,
        )
        for key, vector, title, abstract, categories, submitted_at in rows
    }


class WordWeights:
    """The weight of words by their rarity on this site, cached for one batch of papers.

    Counts the given papers, which suffices on a new site, and the lexicon with plurals.
    """

    def __init__(self) -> None:
        self._documents: dict[str, int] = {}

    def of(self, profiles: Collection[Profile]) -> Callable[[str], float]:
        """Return a function from word to weight, for the words of the profiles. At most one query.

        The count of the most frequent word stands for the number of documents.
        """
        here = Counter(word for profile in profiles for word in profile.words)
        self._look_up([word for word in here if word not in self._documents])
        documents = {word: count + self._documents[word] for word, count in here.items()}
        total = max(documents.values(), default=0)
        return lambda word: rarity(documents[word], total)

    def _look_up(self, words: list[str]) -> None:
        if not words:
            return
        spelled = {spelling: word for word in words for spelling in (*_plurals(word), word)}
        self._documents |= dict.fromkeys(words, 0)
        rows = fetch_rows(
            "SELECT entry, documents FROM discovery_lexiconentry WHERE entry = ANY(%s)",
            [list(spelled)],
        )
        for spelling, count in rows:
            self._documents[spelled[spelling]] += count


def _plurals(word: str) -> tuple[str, ...]:
    return (f"{word}s", f"{word[:-1]}ies") if word.endswith("y") else (f"{word}s",)
