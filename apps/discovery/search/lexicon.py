"""The lexicon: document counts of entries, words inside words, spelling corrections."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from apps.core.bulk_sql import fetch_rows
from apps.discovery.search.documents import AUTHOR_ENTRIES
from apps.discovery.search.tsquery import Counts

LONGEST_EXPANSION = 60
"""Words by which a part of a word is replaced at most, the most frequent first."""
SHORTEST_PART = 4
"""Shorter words are not looked for inside others: "gan" would find "organ"."""
SHORTEST_TYPO = 4
_WORD = re.compile(r"[^\W\d_]{2,}")
_LIKE = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})

_ENTRIES = """
    SELECT entry, count(*) FROM discovery_searchdocument,
        unnest(tsvector_to_array(words)) AS entry
    WHERE translation_id = ANY(%s) AND NOT left(entry, 2) = ANY(%s) GROUP BY entry
"""
_KEEP = """
    INSERT INTO discovery_lexiconentry AS kept (entry, documents, is_word)
    SELECT * FROM unnest(%s::text[], %s::integer[], %s::boolean[])
    ON CONFLICT (entry) DO UPDATE SET documents = kept.documents + excluded.documents
"""
_RECOUNT = """
    INSERT INTO discovery_lexiconentry (entry, documents, is_word)
    SELECT word, ndoc, word ~ '^[^[:digit:]_@\u30a1-\u9fff\uac00-\ud7a3]{2,}$'
    FROM ts_stat('SELECT words FROM discovery_searchdocument') WHERE NOT left(word, 2) = ANY(%s)
"""


def is_word(entry: str) -> bool:
    """Whether an entry is a word of letters, not of Japanese, that can be misspelt or part."""
    return _WORD.fullmatch(entry) is not None and entry[0] < "\u3005"


def entry_counts(documents: Sequence[int]) -> Counter[str]:
    """Return, for each entry of the lexicon, how many of these documents have it."""
    return Counter(dict(fetch_rows(_ENTRIES, [list(documents), list(AUTHOR_ENTRIES)])))


def add_counts(changes: Mapping[str, int]) -> None:
    """Add the changes to the counts, in sorted order, so that two workers cannot deadlock."""
    rows = sorted((entry, change) for entry, change in changes.items() if change)
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            [
                [entry for entry, _ in rows],
                [change for _, change in rows],
                [is_word(entry) for entry, _ in rows],
            ],
        )


def recount() -> int:
    """Rebuild the lexicon from every document, in minutes; return the number of entries."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE discovery_lexiconentry")
        cursor.execute(_RECOUNT, [list(AUTHOR_ENTRIES)])
        return cursor.rowcount


def document_counts(entries: Iterable[str], months: Iterable[str]) -> Counts:
    """Look up how many documents have each entry, in one query.

    Args:
        entries: Entries of the index.
        months: The entries of all months; the sum of their counts is the total.

    Returns:
        The counts of all these entries, and the total.
    """
    month_entries = set(months)
    rows = fetch_rows(
        "SELECT entry, documents FROM discovery_lexiconentry "
        "WHERE entry = ANY(%s) AND documents > 0",
        [sorted({*entries, *month_entries})],
    )
    found = dict(rows)
    return Counts(found, sum(found.get(month, 0) for month in month_entries))


def words_containing(parts: Sequence[str]) -> dict[str, list[str]]:
    """Return, for each part, the words that contain it, itself included, most frequent first.

    One query by the trigram index; at most LONGEST_EXPANSION words in all.
    """
    if not parts:
        return {}
    rows = fetch_rows(
        """
        SELECT part, found.entry FROM unnest(%s::text[], %s::text[]) AS asked(part, pattern)
        CROSS JOIN LATERAL (
            SELECT entry FROM discovery_lexiconentry
            WHERE is_word AND entry LIKE pattern AND documents > 0
            ORDER BY documents DESC, entry LIMIT %s
        ) AS found
        """,
        [
            list(parts),
            [f"%{part.translate(_LIKE)}%" for part in parts],
            LONGEST_EXPANSION // len(parts),
        ],
    )
    found: dict[str, list[str]] = {part: [] for part in parts}
    for part, entry in rows:
        found[part].append(entry)
    return found


@dataclass(frozen=True, slots=True)
class SimilarWord:
    """A word of similar spelling, and how many documents have it."""

    word: str
    documents: int


def likely_correction(word: str) -> SimilarWord | None:
    """Return the word that was most likely meant by `word`, or None. One query.

    Words within one edit (two from eight letters on) are candidates; the nearest, then the most
    frequent, wins.
    """
    if len(word) < SHORTEST_TYPO or not is_word(word):
        return None
    rows = fetch_rows(
        """
        SELECT entry, documents FROM discovery_lexiconentry
        WHERE is_word AND entry %% %s AND documents > 0
            AND length(entry) BETWEEN %s AND %s
        ORDER BY similarity(entry, %s) DESC, documents DESC LIMIT 50
        """,
        [word, len(word) - 2, len(word) + 2, word],
    )
    near = [(edit_distance(word, entry), -documents, entry) for entry, documents in rows]
    allowed = 2 if len(word) >= 8 else 1
    fitting = sorted(item for item in near if 0 < item[0] <= allowed)
    return SimilarWord(fitting[0][2], -fitting[0][1]) if fitting else None


def edit_distance(one: str, other: str) -> int:
    """Return the edit distance: insertions, deletions, replacements, swaps of neighbours.

    Optimal string alignment (Damerau 1964, as restricted by Boytsov 2011).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for place, wanted in enumerate(other, start=1):
            best = min(
                before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != wanted)
            )
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == wanted:
                best = min(best, earlier[place - 2] + 1)
            row.append(best)
    return row[-1]


def short_form_counts(words: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """Return the long forms of short forms and the short forms of long ones, with their counts.

    `words`: folded, "rl" or "reinforcement learning". Most frequent first; one query.
    """
    if not words:
        return {}
    prefixes = [f"@{sign}{word}" for word in words for sign in "=~"]
    rows = fetch_rows(
        """
        SELECT entry, documents FROM unnest(%s::text[]) AS prefix
        CROSS JOIN LATERAL (
            SELECT entry, documents FROM discovery_lexiconentry
            -- In the byte order of the pattern index; ">" comes after "=".
            WHERE entry ~>=~ (prefix || '=') AND entry ~<~ (prefix || '>') AND documents > 0
            ORDER BY documents DESC, entry LIMIT 5
        ) AS found ORDER BY documents DESC, entry
        """,
        [prefixes],
    )
    found: dict[str, list[tuple[str, int]]] = {}
    for entry, documents in rows:
        word, _, other = entry[2:].partition("=")
        found.setdefault(word, []).append((other, documents))
    return found
