"""How many entries each choice of each filter would list: all of them from one query.

The number beside a choice is that of the list which the choice leads to, with every other filter as
it is. An entry that fails two filters is in none of these lists; one that fails a single filter
counts for the choices of that filter, one that fails none for all. So each entry is looked at once:
`fails` says which filters it fails (a bit for each), the database counts by `fails` and by values,
and the values of lists are only taken apart once they are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

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

DIMENSIONS = (
    "language", "category", "when", "status", "engine", "finding", "hand", "stale", "corrections",
)  # fmt: skip
MOST_COUNTED = 200_000
"""Entries that are counted, the riskiest: more would make a page wait. It says so then."""

_EDGE = """
    SELECT priority FROM review_queueentry
    -- Looking for the edge reads that many entries of the index. Where the planner knows of fewer
    -- there is none; of a small table it may not know the half, but there looking is cheap.
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
    {dimensions}
"""
# What GROUPING says of the four sets: a bit for each of its columns that is not in the set.
_OF_PLAIN, _OF_CATEGORIES, _OF_ENGINES, _OF_FINDINGS = 0b0111, 0b1011, 0b1101, 0b1110
_DIMENSION = """
    SELECT '{name}', {value}::text AS value, fails, sum(entries)::bigint
    FROM cube{values} WHERE part = {part} GROUP BY value, fails
"""
_FINDINGS = f""", unnest(
    blocking || others || CASE
        WHEN cardinality(blocking) > 0 THEN ARRAY['{ANY_BLOCKING}']::varchar[]
        WHEN cardinality(others) = 0 THEN ARRAY['{NONE_AT_ALL}']::varchar[]
    END) AS each"""
_DIMENSIONS = " UNION ALL ".join(
    [
        *(
            _DIMENSION.format(name=name, value=f'"{name}"', values="", part=_OF_PLAIN)
            for name in _PLAIN
        ),
        _DIMENSION.format(
            name="category",
            value="each",
            values=", unnest(categories) AS each",
            part=_OF_CATEGORIES,
        ),
        _DIMENSION.format(
            name="engine", value="each", values=", unnest(engines) AS each", part=_OF_ENGINES
        ),
        _DIMENSION.format(name="finding", value="each", values=_FINDINGS, part=_OF_FINDINGS),
    ]
)


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """total: entries that match all filters. by_filter: filter -> choice -> entries it would list.

    is_cut: only the MOST_COUNTED riskiest entries were counted, as there are more.
    """

    total: int
    by_filter: Mapping[str, Mapping[str, int]]
    is_cut: bool


def count_entries(
    wanted: QueueFilter, *, editor: User, now: datetime, most: int = MOST_COUNTED
) -> QueueCounts:
    """Count what the queue lists under `wanted`, and under each other choice of each filter.

    Two queries: one that sees whether there are more than `most`, and one that counts.
    """
    conditions = wanted.conditions(editor=editor, now=now)
    bits = {name: 1 << DIMENSIONS.index(name) for name in conditions}
    edge = _edge(most)
    entries = wanted.searched()
    if edge is not None:
        entries = entries.filter(priority__gt=edge)
    days, at_it = day_conditions(now), claim_conditions(editor, now)
    marked = (
        entries.annotate(
            fails=_sum(_bit(bits[name], fits) for name, fits in conditions.items()),
            when=first_match({name: days[name] for name in (TODAY, THREE_DAYS, SEVEN_DAYS)}, OLDER),
            hand=first_match({name: at_it[name] for name in (MINE, OTHERS)}, FREE),
            stale=first_match({YES: Q(is_stale=True)}, NO),
            corrections=first_match({YES: has_open_corrections(True)}, NO),
        )
        .values("fails", *_PLAIN, "categories", "engines", "blocking", "others")
        .order_by()
    )
    inner, parameters = marked.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(entries=inner, dimensions=_DIMENSIONS), parameters)
        rows = cursor.fetchall()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    total = 0
    for dimension, value, fails, number in rows:
        if fails in (0, bits.get(dimension, 0)):
            counts[dimension][value] += number
        if dimension == "status" and not fails:
            total += number
    _add_up_days(counts["when"])
    return QueueCounts(total, counts, is_cut=edge is not None)


def _edge(most: int) -> float | None:
    """Return the priority above which entries are counted; None where all of them are."""
    with connection.cursor() as cursor:
        cursor.execute(_EDGE, [most, most])
        row = cursor.fetchone()
    return None if row is None else row[0]


def _bit(bit: int, fits: Q) -> Case:
    return Case(When(fits, then=Value(0)), default=Value(bit), output_field=IntegerField())


def _sum(bits: Iterable[Case]) -> Combinable:
    return reduce(add, bits, Value(0, output_field=IntegerField()))


def _add_up_days(days: Counter[str]) -> None:
    """Turn counts of days that are apart into those of the choices: three days hold today."""
    days[THREE_DAYS] += days[TODAY]
    days[SEVEN_DAYS] += days[THREE_DAYS]
