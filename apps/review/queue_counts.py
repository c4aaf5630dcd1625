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
from django.db.models import BooleanField, Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable, RawSQL

from apps.review.queue_filters import (
    ANY_BLOCKING,
    FREE,
    NO,
    NONE_AT_ALL,
    OLDER,
    SEVEN_DAYS,
    THREE_DAYS,
    TODAY,
    YES,
    QueueFilter,
    asked,
    hands,
    naming,
    spans,
)

DIMENSIONS = (
    "language", "category", "when", "status", "engine", "finding", "hand", "stale", "corrections",
)  # fmt: skip
MOST_COUNTED = 200_000
"""Entries that are counted, the riskiest: more would make a page wait. It says so then."""

_COUNT = """
    WITH edge AS MATERIALIZED (
        SELECT priority FROM review_queueentry
        -- Where the planner knows of few entries there is no edge to look for; -1 says nothing.
        WHERE (SELECT reltuples NOT BETWEEN 0 AND %s / 2 FROM pg_class
               WHERE oid = 'review_queueentry'::regclass)
        ORDER BY priority DESC OFFSET %s LIMIT 1
    ), cube AS MATERIALIZED (
        SELECT fails, language, "when", status, hand, stale, corrections,
               categories, engines, blocking, others, count(*) AS entries
        FROM ({entries}) AS marked
        WHERE fails & (fails - 1) = 0
        GROUP BY fails, GROUPING SETS (
            (language, "when", status, hand, stale, corrections),
            (categories), (engines), (blocking, others)
        )
    )
    SELECT dimension, value, fails, sum(entries)::bigint
    FROM cube, LATERAL (VALUES
        ('language', ARRAY[language::text]), ('when', ARRAY["when"]), ('hand', ARRAY[hand]),
        ('status', ARRAY[status::text]), ('stale', ARRAY[stale]),
        ('corrections', ARRAY[corrections]), ('category', categories::text[]),
        ('engine', engines::text[]), ('finding', blocking::text[] || others::text[] ||
            CASE WHEN cardinality(blocking) > 0 THEN ARRAY['{any_blocking}']
                 WHEN cardinality(others) = 0 THEN ARRAY['{none}'] ELSE '{{}}' END)
    ) AS each(dimension, list), unnest(list) AS value
    WHERE value IS NOT NULL
    GROUP BY dimension, value, fails
    UNION ALL SELECT 'edge', '', 0, 1 FROM edge
"""


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """total: how many entries fit all filters. of: by filter and choice, how many it would list.

    is_cut: only the MOST_COUNTED riskiest entries were counted, as there are more.
    """

    total: int
    of: Mapping[str, Mapping[str, int]]
    is_cut: bool


def count_entries(
    wanted: QueueFilter, *, editor: User, now: datetime, most: int = MOST_COUNTED
) -> QueueCounts:
    """Count what the queue lists under `wanted`, and under each other choice of each filter."""
    conditions = wanted.conditions(editor=editor, now=now)
    bits = {name: 1 << DIMENSIONS.index(name) for name in conditions}
    days = spans(now)
    apart = {name: days[name] for name in (TODAY, THREE_DAYS, SEVEN_DAYS)}
    entries = (
        wanted.searched()
        .filter(
            RawSQL(
                "priority > COALESCE((SELECT priority FROM edge), '-Infinity')",
                [],
                output_field=BooleanField(),
            )
        )
        .annotate(
            fails=_sum(_bit(bits[name], fits) for name, fits in conditions.items()),
            when=naming(apart, OLDER),
            hand=naming(hands(editor, now), FREE),
            stale=naming({YES: Q(is_stale=True)}, NO),
            corrections=naming({YES: asked(True)}, NO),
        )
        .values(
            "fails", "language", "when", "status", "hand", "stale", "corrections",
            "categories", "engines", "blocking", "others",
        )
        .order_by()
    )  # fmt: skip
    inner, parameters = entries.query.sql_with_params()
    statement = _COUNT.format(entries=inner, any_blocking=ANY_BLOCKING, none=NONE_AT_ALL)
    with connection.cursor() as cursor:
        cursor.execute(statement, [most, most, *parameters])
        rows = cursor.fetchall()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    total = 0
    for dimension, value, fails, number in rows:
        if fails in (0, bits.get(dimension, 0)):
            counts[dimension][value] += number
        if dimension == "status" and not fails:
            total += number
    is_cut = bool(counts.pop("edge", None))
    _hold_each_other(counts["when"])
    return QueueCounts(total, counts, is_cut)


def _bit(bit: int, fits: Q) -> Case:
    return Case(When(fits, then=Value(0)), default=Value(bit), output_field=IntegerField())


def _sum(bits: Iterable[Case]) -> Combinable:
    return reduce(add, bits, Value(0, output_field=IntegerField()))


def _hold_each_other(days: Counter[str]) -> None:
    """Turn counts of days that are apart into those of the choices: three days hold today."""
    days[THREE_DAYS] += days[TODAY]
    days[SEVEN_DAYS] += days[THREE_DAYS]
