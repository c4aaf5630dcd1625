"""Sentences of the memory that are like another: suggestions for editors, examples for models."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import connection

from apps.text.hygiene.normalise import clean_text
from apps.translation.sketches import sketch


@dataclass(frozen=True, slots=True)
class FuzzyMatch:
    """A remembered sentence like the one asked for, with its translation: a suggestion.

    entry: the key of its entry. similarity: the share of trigrams that both have, 0 to 1.
    match_rate: the share of words that stand in both in the same order, 0 to 1.
    """

    entry: int
    source: str
    target: str
    similarity: float
    match_rate: float


# How many matches by trigrams are ranked by words for each one that is given back.
_RANKED = 4

_LIKE_EACH = """
    SELECT asked.place, entry.id, entry.source, entry.target, entry.likeness
    FROM unnest(%(texts)s::text[], %(sketches)s::text[]) WITH ORDINALITY
        AS asked(text, sketch, place)
    CROSS JOIN LATERAL (
        SELECT id, source, target, similarity(source, asked.text) AS likeness
        FROM translation_memoryentry
        WHERE sketch && asked.sketch::integer[]
            AND source_language = %(source)s AND target_language = %(target)s
            AND similarity(source, asked.text) >= %(at_least)s
        ORDER BY likeness DESC, id DESC
        LIMIT %(ranked)s
    ) AS entry
"""


def fuzzy_matches(
    text: str, source: str, target: str, *, limit: int = 5, at_least: float = 0.6
) -> list[FuzzyMatch]:
    """Return up to `limit` entries whose source is like `text`, the likest first.

    See `fuzzy_matches_of`.
    """
    return fuzzy_matches_of([text], source, target, limit=limit, at_least=at_least)[0]


def fuzzy_matches_of(
    texts: Sequence[str], source: str, target: str, *, limit: int = 5, at_least: float = 0.6
) -> list[list[FuzzyMatch]]:
    """Return for each text up to `limit` entries whose source is like it. One query.

    Only entries with a trigram similarity of `at_least` count (0 to 1). The index is one of
    sketches, which may miss an entry: one in seven at 0.6, one in a hundred at 0.7. For
    editors to choose from, and as examples for language models; no match is ever used as the
    translation of another sentence. Raises ValueError for an `at_least` outside of
    0 to 1.
    """
    if not 0 < at_least <= 1:
        raise ValueError(f"at_least is a share above 0 and up to 1, not {at_least}.")
    wanted = [clean_text(text) for text in texts]
    sketches = ["{" + ",".join(map(str, sketch(text))) + "}" for text in wanted]
    with connection.cursor() as cursor:
        cursor.execute(
            _LIKE_EACH,
            {
                "texts": wanted,
                "sketches": sketches,
                "source": source,
                "target": target,
                "at_least": at_least,
                "ranked": limit * _RANKED,
            },
        )
        rows = cursor.fetchall()
    found: list[list[FuzzyMatch]] = [[] for _ in wanted]
    for place, entry, remembered, translated, likeness in rows:
        rate = match_rate(wanted[place - 1], remembered)
        match = FuzzyMatch(entry, remembered, translated, likeness, match_rate=rate)
        found[place - 1].append(match)
    for matches in found:
        matches.sort(key=lambda match: (-match.match_rate, -match.similarity, -match.entry))
    return [matches[:limit] for matches in found]


def match_rate(one: str, other: str) -> float:
    """Return how much of two sentences is the same words in the same order: 0 to 1.

    Trigrams do not see order, and "3 of 4" is nearly "4 of 3" to them.
    """
    words = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return words.ratio()
