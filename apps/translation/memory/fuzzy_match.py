"""Similar sentences in the memory: suggestions for editors, examples for models."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import connection

from apps.text.hygiene.normalise import clean_text
from apps.translation.sketches import sketch


@dataclass(frozen=True, slots=True)
class FuzzyMatch:
    """A memory entry with a similar source.

    entry: its key. similarity: the share of common trigrams, 0 to 1. match_rate: the share of
    common words in the same order, 0 to 1.
    """

    entry: int
    source: str
    target: str
    similarity: float
    match_rate: float


# Matches by trigrams that are ranked by words for each one returned.
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
    """Find similar sentences in the memory.

    Args:
        text: the sentence.
        source: its language.
        target: the language of the translations.
        limit: the largest number of matches.
        at_least: the lowest trigram similarity, above 0 and up to 1.

    Returns:
        The matches, the best first.
    """
    return fuzzy_matches_of([text], source, target, limit=limit, at_least=at_least)[0]


def fuzzy_matches_of(
    texts: Sequence[str], source: str, target: str, *, limit: int = 5, at_least: float = 0.6
) -> list[list[FuzzyMatch]]:
    """Find similar sentences in the memory for several texts in one query.

    The index of sketches may miss an entry: one in seven at a similarity of 0.6, one in a hundred
    at 0.7.

    Args:
        texts: the sentences.
        source: their language.
        target: the language of the translations.
        limit: the largest number of matches per text.
        at_least: the lowest trigram similarity.

    Returns:
        The matches of each text, the best first.

    Raises:
        ValueError: `at_least` is not above 0 and up to 1.
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
    """Return the share of common words in the same order, 0 to 1; trigrams ignore the order."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
