"""The lexicon: how often entries occur, parts of words, and words that were meant."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from apps.discovery.search.documents import AUTHOR_ENTRIES
from apps.discovery.search.tsquery import Counts

LONGEST_EXPANSION = 60
"""Words that may stand for a part of a word, the most frequent first."""
SHORTEST_PART = 4
"""Letters of a word that is also looked for inside of others: "gan" would find "organ"."""
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
    """Whether an entry is a word in letters, so that parts and misspellings are looked for in it.

    Japanese needs neither.
    """
    return _WORD.fullmatch(entry) is not None and entry[0] < "\u3005"


def entry_counts(documents: Sequence[int]) -> Counter[str]:
    """Return how many of the documents have each entry that the lexicon counts."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [list(documents), list(AUTHOR_ENTRIES)])
        return Counter(dict(cursor.fetchall()))


def add_counts(changes: Mapping[str, int]) -> None:
    """Add the changes to the counts, in one order, so that two workers never wait in a circle."""
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
    """Count all entries anew and return how many there are. Reads every document: minutes."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE discovery_lexiconentry")
        cursor.execute(_RECOUNT, [list(AUTHOR_ENTRIES)])
        return cursor.rowcount


def document_counts(entries: Iterable[str], months: Iterable[str]) -> Counts:
    """Return the counts of the entries and of the months; their sum is the total. One query."""
    month_entries = set(months)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry, documents FROM discovery_lexiconentry "
            "WHERE entry = ANY(%s) AND documents > 0",
            [sorted({*entries, *month_entries})],
        )
        found = dict(cursor.fetchall())
    return Counts(found, sum(found.get(month, 0) for month in month_entries))


def words_containing(parts: Sequence[str]) -> dict[str, list[str]]:
    """Return for each part of a word the words that have it, itself included, frequent ones first.

    One query that reads an index of trigrams; at most LONGEST_EXPANSION words in all.
    """
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
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
        for part, entry in cursor.fetchall():
            found[part].append(entry)
    return found


@dataclass(frozen=True, slots=True)
class SimilarWord:
    """A word spelled like another one, with how many documents have it."""

    word: str
    documents: int


def likely_correction(word: str) -> SimilarWord | None:
    """Return the word that somebody who typed `word` most likely meant, or None.

    One letter may be wrong, missing, too many or changed places with its neighbour; two in words
    of eight letters or more. Of the nearest words the most frequent counts. One query.
    """
    if len(word) < SHORTEST_TYPO or not is_word(word):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT entry, documents FROM discovery_lexiconentry
            WHERE is_word AND entry %% %s AND documents > 0
                AND length(entry) BETWEEN %s AND %s
            ORDER BY similarity(entry, %s) DESC, documents DESC LIMIT 50
            """,
            [word, len(word) - 2, len(word) + 2, word],
        )
        near = [
            (edit_distance(word, entry), -documents, entry)
            for entry, documents in cursor.fetchall()
        ]
    allowed = 2 if len(word) >= 8 else 1
    fitting = sorted(item for item in near if 0 < item[0] <= allowed)
    return SimilarWord(fitting[0][2], -fitting[0][1]) if fitting else None


def edit_distance(one: str, other: str) -> int:
    """Return how many letters differ: inserted, left out, replaced, or changed places.

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
    """Return what each short form stands for, or what long forms are shortened to: (other, count).

    `words`: folded, "rl" or "reinforcement learning". The most frequent first; one query.
    """
    if not words:
        return {}
    prefixes = [f"@{sign}{word}" for word in words for sign in "=~"]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT entry, documents FROM unnest(%s::text[]) AS prefix
            CROSS JOIN LATERAL (
                SELECT entry, documents FROM discovery_lexiconentry
                -- Character by character, as the index of patterns is; ">" comes after "=".
                WHERE entry ~>=~ (prefix || '=') AND entry ~<~ (prefix || '>') AND documents > 0
                ORDER BY documents DESC, entry LIMIT 5
            ) AS found ORDER BY documents DESC, entry
            """,
            [prefixes],
        )
        found: dict[str, list[tuple[str, int]]] = {}
        for entry, documents in cursor.fetchall():
            word, _, other = entry[2:].partition("=")
            found.setdefault(word, []).append((other, documents))
    return found
