"""Counts the terms of sixty weeks, for all categories at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from apps.core.bulk_sql import fetch_rows
from apps.discovery.models import PaperTerms
from apps.discovery.trends import statistic
from apps.discovery.trends.statistic import Sizes
from apps.text.arxiv.taxonomy import is_known_category

WEEK = timedelta(weeks=1)
WEEKS = statistic.WEEKS_BEFORE + statistic.LAST_WEEKS

_PAPERS = f"{PaperTerms._meta.db_table} AS paper"
_CATEGORY = "CROSS JOIN unnest(array_append(paper.categories, '')) AS listed (category)"
_FIELD = "coalesce(paper.categories[1], '')"

# MATERIALIZED, because the planner cannot estimate arrays and would multiply terms by categories
# before it filters them.
_LISTED = f"""
    weighed AS MATERIALIZED (
        SELECT * FROM unnest(%(categories)s::text[], %(fields)s::text[], %(weights)s::float[])
            AS weighed (category, field, weight)
    ),
    listed AS MATERIALIZED (
        SELECT paper.paper_id, paper.week, listed.category, weighed.weight
        FROM {_PAPERS} {_CATEGORY}
        JOIN weighed ON weighed.category = listed.category AND weighed.field = {_FIELD}
        WHERE paper.week BETWEEN %(since)s AND %(week)s
    )
"""


@dataclass(frozen=True, slots=True)
class Span:
    """The sixty weeks up to the one of `week`, a Monday: 52 earlier weeks and the last eight."""

    week: date

    @property
    def first(self) -> date:
        """The first Monday of the earlier weeks."""
        return self.week - WEEK * (WEEKS - 1)

    @property
    def first_of_last(self) -> date:
        """The first Monday of the last weeks."""
        return self.week - WEEK * (statistic.LAST_WEEKS - 1)

    def place(self, week: date) -> int:
        """Return the index of a week in the span, 0 to 59."""
        return (week - self.first).days // 7


@dataclass(slots=True)
class Papers:
    """The papers of one category in each week of the span, and the weight of each field."""

    weekly: list[int] = field(default_factory=lambda: [0] * WEEKS)
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def sizes(self) -> Sizes:
        before = statistic.WEEKS_BEFORE
        return Sizes(sum(self.weekly[before:]), sum(self.weekly[:before]))

    @property
    def are_enough(self) -> bool:
        """Whether there are enough papers for shares to be meaningful."""
        weeks = sum(1 for papers in self.weekly[: statistic.WEEKS_BEFORE] if papers)
        return (
            self.sizes.papers >= statistic.FEWEST_PAPERS
            and self.sizes.before >= statistic.FEWEST_PAPERS_BEFORE
            and weeks >= statistic.FEWEST_WEEKS_BEFORE
        )


def papers_by_category(span: Span) -> dict[str, Papers]:
    """Return the papers of every arXiv category with enough of them; "" is all. One query."""
    counted: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    statement = f"""
        SELECT listed.category, {_FIELD}, paper.week, count(*)
        FROM {_PAPERS} {_CATEGORY}
        WHERE paper.week BETWEEN %s AND %s GROUP BY 1, 2, 3
    """
    for category, name, week, papers in fetch_rows(statement, [span.first, span.week]):
        counted[category].append((name, span.place(week), papers))
    found = {
        category: _papers(rows)
        for category, rows in counted.items()
        if not category or is_known_category(category)
    }
    return {category: papers for category, papers in sorted(found.items()) if papers.are_enough}


def _papers(rows: Iterable[tuple[str, int, int]]) -> Papers:
    last: dict[str, int] = defaultdict(int)
    before: dict[str, int] = defaultdict(int)
    for name, place, papers in rows:
        side = before if place < statistic.WEEKS_BEFORE else last
        side[name] += papers
    found = Papers(weights=statistic.field_weights(last, before))
    for name, place, papers in rows:
        if name in found.weights:
            found.weekly[place] += papers
    return found


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How many papers of a category have a term: in each week, and the weighted sum before."""

    category: str
    term: str
    weekly: list[int]
    before: float

    @property
    def papers(self) -> int:
        return sum(self.weekly[statistic.WEEKS_BEFORE :])


def terms_by_category(span: Span, papers: Mapping[str, Papers]) -> Iterator[TermCounts]:
    """Yield the counts of every candidate term, by category. Two statements."""
    parameters = _weights(papers) | {
        "first_of_last": span.first_of_last,
        "week": span.week,
        "fewest": statistic.FEWEST_WITH_TERM,
        "fewest_in_title": statistic.FEWEST_IN_TITLE,
        "least_in_title": statistic.LEAST_IN_TITLE,
    }
    in_title = "count(*) FILTER (WHERE held.in_title)"
    with connection.cursor() as cursor:
        # Hashes of some million groups are several times slower on disk.
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute("DROP TABLE IF EXISTS trend_candidate")
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE trend_candidate ON COMMIT DROP AS
            WITH {_LISTED},
            held AS MATERIALIZED (
                SELECT paper.paper_id, term, place <= paper.title_terms AS in_title
                FROM {_PAPERS} CROSS JOIN unnest(paper.terms) WITH ORDINALITY AS held (term, place)
                WHERE paper.week BETWEEN %(first_of_last)s AND %(week)s
            ),
            frequent AS MATERIALIZED (
                SELECT term FROM held GROUP BY term
                HAVING count(*) >= %(fewest)s AND {in_title} >= %(fewest_in_title)s
            )
            SELECT listed.category, held.term
            FROM held JOIN frequent USING (term) JOIN listed USING (paper_id)
            GROUP BY 1, 2
            HAVING count(*) >= %(fewest)s AND {in_title} >= %(fewest_in_title)s
                AND {in_title} >= %(least_in_title)s * count(*)
            """,
            parameters | {"since": span.first_of_last},
        )
        cursor.execute("ANALYZE trend_candidate")
        cursor.execute(
            f"""
            WITH {_LISTED},
            wanted AS MATERIALIZED (SELECT DISTINCT term FROM trend_candidate),
            held AS MATERIALIZED (
                SELECT paper.paper_id, term
                FROM {_PAPERS} CROSS JOIN unnest(paper.terms) AS term JOIN wanted USING (term)
                WHERE paper.week BETWEEN %(since)s AND %(week)s
            )
            SELECT category, term, listed.week, count(*), sum(listed.weight)
            FROM held JOIN listed USING (paper_id) JOIN trend_candidate USING (category, term)
            GROUP BY 1, 2, 3 ORDER BY 1, 2
            """,
            parameters | {"since": span.first},
        )
        for (category, term), rows in groupby(cursor, key=itemgetter(0, 1)):
            yield _counts(span, category, term, rows)


def _weights(papers: Mapping[str, Papers]) -> dict[str, Any]:
    """Return the weights as parameters of _LISTED."""
    rows = [
        (category, name, weight)
        for category, found in papers.items()
        for name, weight in found.weights.items()
    ]
    return {
        "categories": [category for category, _, _ in rows],
        "fields": [name for _, name, _ in rows],
        "weights": [weight for _, _, weight in rows],
    }


def _counts(span: Span, category: str, term: str, rows: Iterable[tuple]) -> TermCounts:
    weekly = [0] * WEEKS
    before = 0.0
    for *_, week, papers, weighted in rows:
        place = span.place(week)
        weekly[place] = papers
        if place < statistic.WEEKS_BEFORE:
            before += weighted
    return TermCounts(category, term, weekly, before)


def papers_with_terms(
    span: Span, wanted: Mapping[str, Iterable[str]], papers: Mapping[str, Papers]
) -> dict[tuple[str, str], list[int]]:
    """Return the papers of the last weeks with each term, titles first. One query.

    wanted: the terms of each category. The result is by category and term.
    """
    pairs = [(category, term) for category, terms in wanted.items() for term in terms]
    parameters = _weights(papers) | {
        "since": span.first_of_last,
        "week": span.week,
        "wanted_in": [category for category, _ in pairs],
        "terms": [term for _, term in pairs],
    }
    statement = f"""
        WITH {_LISTED},
        wanted AS MATERIALIZED (
            SELECT * FROM unnest(%(wanted_in)s::text[], %(terms)s::text[])
                AS wanted (category, term)
        ),
        held AS MATERIALIZED (
            SELECT paper.paper_id, term, place > paper.title_terms AS is_outside_title
            FROM {_PAPERS} CROSS JOIN unnest(paper.terms) WITH ORDINALITY AS held (term, place)
            WHERE paper.week BETWEEN %(since)s AND %(week)s
                AND term IN (SELECT term FROM wanted)
        )
        SELECT category, term,
            array_agg(paper_id ORDER BY is_outside_title, listed.week DESC, paper_id DESC)
        FROM held JOIN listed USING (paper_id) JOIN wanted USING (category, term)
        GROUP BY 1, 2
    """
    rows = fetch_rows(statement, parameters)
    return {(category, term): keys for category, term, keys in rows}
