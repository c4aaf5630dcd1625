"""Counts the entries behind every choice of every filter of the queue, in one query.

The count of a choice is the length of the list it links to, with all other filters unchanged. An
entry that fails one filter counts for the choices of that filter only; one that fails none counts
for all; one that fails two counts for none. `fails` holds one bit for each failed filter, so each
entry is read once. Arrays are unnested after counting, when few rows are left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Case, Q, Value, When

from apps.review.queue.filters import (
    ANY_BLOCKING,
    FREE,
    MINE,
    NO,
    NONE_AT_ALL,
    OLDER,
    OTHERS,
    SEVEN_DAYS,
    THREE_DAYS,
    TODAY,
    YES,
    QueueFilter,
    claim_conditions,
    day_conditions,
    first_match,
    has_open_corrections,
)

MOST_COUNTED = 200_000
"""Only the riskiest entries are counted, to keep the page fast; the page says so."""

_LOWEST_COUNTED = """
    SELECT priority FROM review_queueentry
    -- This walks the index for that many entries, so skip it if the table's statistics say that
    -- there are fewer. For a small table they may be wrong, but there the walk is cheap.
    WHERE (SELECT reltuples NOT BETWEEN 1000 AND %s / 2 FROM pg_class
           WHERE oid = 'review_queueentry'::regclass)
    ORDER BY priority DESC OFFSET %s LIMIT 1
"""
_PLAIN = ("language", "when", "status", "hand", "stale", "corrections")
_COUNT = """
    WITH cube AS MATERIALIZED (
        SELECT fails, language, "when", status, hand, stale, corrections,
               categories, engines, blocking, others, count(*) AS entries,
               GROUPING(language, categories, engines, blocking) AS part
        FROM ({entries}) AS marked
        WHERE fails & (fails - 1) = 0
        GROUP BY fails, GROUPING SETS (
            (language, "when", status, hand, stale, corrections),
            (categories), (engines), (blocking, others)
        )
    )
    {counts}
"""
# The values of GROUPING for the four sets: one bit for each column that is not in the set.
_PLAIN_SET, _CATEGORY_SET, _ENGINE_SET, _FINDING_SET = 0b0111, 0b1011, 0b1101, 0b1110
_FINDINGS = f""", unnest(
    blocking || others || CASE
        WHEN cardinality(blocking) > 0 THEN ARRAY['{ANY_BLOCKING}']::varchar[]
        WHEN cardinality(others) = 0 THEN ARRAY['{NONE_AT_ALL}']::varchar[]
    END) AS each"""
_SOURCES = (
    *((name, f'"{name}"', "", _PLAIN_SET) for name in _PLAIN),
    ("category", "each", ", unnest(categories) AS each", _CATEGORY_SET),
    ("engine", "each", ", unnest(engines) AS each", _ENGINE_SET),
    ("finding", "each", _FINDINGS, _FINDING_SET),
)
_COUNTS_BY_VALUE = " UNION ALL ".join(
    f"""
    SELECT '{name}', {value}::text AS value, fails, sum(entries)::bigint
    FROM cube{source} WHERE part = {part} GROUP BY value, fails
    """
    for name, value, source, part in _SOURCES
)


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """total: entries that match all filters. by_filter: filter -> choice -> entries it would list.

    is_cut: there are more than MOST_COUNTED entries, and only the riskiest are counted.
    """

    total: int
    by_filter: Mapping[str, Mapping[str, int]]
    is_cut: bool


def count_entries(
    wanted: QueueFilter, *, editor: User, now: datetime, most: int = MOST_COUNTED
) -> QueueCounts:
    """Count the entries that match `wanted`, and those behind each other choice of each filter.

    Two queries: one finds out whether there are more than `most` entries, one counts.
    """
    conditions = wanted.conditions(editor=editor, now=now)
    bits = {name: 1 << place for place, name in enumerate(conditions)}
    lowest = _lowest_counted(most)
    entries = wanted.search_matches()
    if lowest is not None:
        entries = entries.filter(priority__gt=lowest)
    days, claims = day_conditions(now), claim_conditions(editor, now)
    marked = (
        entries.annotate(
            fails=reduce(
                add,
                (
                    Case(When(fits, then=Value(0)), default=Value(bits[name]))
                    for name, fits in conditions.items()
                ),
                Value(0),
            ),
            when=first_match({name: days[name] for name in (TODAY, THREE_DAYS, SEVEN_DAYS)}, OLDER),
            hand=first_match({name: claims[name] for name in (MINE, OTHERS)}, FREE),
            stale=first_match({YES: Q(is_stale=True)}, NO),
            corrections=first_match({YES: has_open_corrections(True)}, NO),
        )
        .values("fails", *_PLAIN, "categories", "engines", "blocking", "others")
        .order_by()
    )
    inner, parameters = marked.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(entries=inner, counts=_COUNTS_BY_VALUE), parameters)
        rows = cursor.fetchall()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    total = 0
    for dimension, value, fails, number in rows:
        if fails in (0, bits.get(dimension, 0)):
            counts[dimension][value] += number
        if dimension == "status" and not fails:
            total += number
    _add_up_days(counts["when"])
    return QueueCounts(total, counts, is_cut=lowest is not None)


def _lowest_counted(most: int) -> float | None:
    """Return the priority above which entries are counted; None: all are counted."""
    with connection.cursor() as cursor:
        cursor.execute(_LOWEST_COUNTED, [most, most])
        row = cursor.fetchone()
    return None if row is None else row[0]


def _add_up_days(days: Counter[str]) -> None:
    """Turn counts of separate spans into cumulative ones: the last three days include today."""
    days[THREE_DAYS] += days[TODAY]
    days[SEVEN_DAYS] += days[THREE_DAYS]
