"""Matching: the newest documents that fit a part, with work that does not grow with the corpus.

PostgreSQL can tell at once which documents have a word, but the newest of them only by looking at
every one. A frequent word is therefore looked for in one span of months after the other, from the
newest on, each about as wide as it takes to find enough; the months are entries of the same
index, so that a span costs no more than what it holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db import connection

from apps.core.keyset import Position
from apps.discovery.search.tsquery import (
    AnyOf,
    Clause,
    Counts,
    Entry,
    all_of,
    needs_reading,
    requires_entry,
)
from apps.papers.orderings import NEWEST_IN_INDEX


class Effort(NamedTuple):
    """How much is looked at: at once without parting by months, in the first span at most, until
    it is enough; and how many times more in each span than in the one before.
    """

    at_once: int
    first: int
    enough: int
    wider: int


INDEX_EFFORT = Effort(at_once=2_000, first=10_000, enough=20_000, wider=6)
READ_EFFORT = Effort(at_once=700, first=1_000, enough=2_000, wider=2)
"""Where every document that has the words must be read to see in which order they stand."""
_SPARE = 1.5
FIRST_YEAR = 1986
"""No paper on arXiv is older: the earliest were added later, with their own dates."""


class Match(NamedTuple):
    """A document that fits. rank: by the words of its titles, 0 and more."""

    translation_id: int
    paper_id: int
    submitted_at: datetime
    categories: list[str]
    is_reviewed: bool
    rank: float

    @property
    def position(self) -> Position:
        """Where it stands among the newest."""
        return NEWEST_IN_INDEX.position_of(self)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents are looked at. since, until: first and last day of submission (UTC).

    up_to: the highest key of a translation, so that newcomers move no pages. without: keys of
    translations to leave out.
    """

    language: str
    since: date | None = None
    until: date | None = None
    up_to: int | None = None
    without: tuple[int, ...] = ()

    def conditions(self) -> tuple[str, list[str | int | datetime | list[int]]]:
        """Return what documents must fulfil beside the words, as SQL and its parameters."""
        found: list[tuple[str, str | int | datetime | list[int]]] = [
            ("language = %s", self.language)
        ]
        if self.since is not None:
            found.append(("submitted_at >= %s", datetime.combine(self.since, time(), UTC)))
        if self.until is not None:
            end = datetime.combine(self.until, time(), UTC) + timedelta(days=1)
            found.append(("submitted_at < %s", end))
        if self.up_to is not None:
            # "+ 0" keeps PostgreSQL from walking along the primary key, document by document.
            found.append(("translation_id + 0 <= %s", self.up_to))
        if self.without:
            found.append(("NOT translation_id = ANY(%s)", list(self.without)))
        return " AND ".join(sql for sql, _ in found), [value for _, value in found]


def month_entries_until(last: date) -> list[str]:
    """Return the entries of all months that may have papers, the newest first."""
    return [
        f"@m{year:04d}{month:02d}"
        for year in range(last.year, FIRST_YEAR - 1, -1)
        for month in range(12, 0, -1)
        if (year, month) <= (last.year, last.month)
    ]


def find_newest(
    part: Clause | None,
    scope: Scope,
    counts: Counts,
    *,
    today: date,
    limit: int,
    after: Position | None = None,
    ranking: Clause | None = None,
    enough: int | None = None,
) -> tuple[list[Match], bool]:
    """Return the `limit` newest documents that fit, newest first, and whether these are all.

    part: None fits every document of the scope. after: only those after this position. ranking:
    what gives the rank; None ranks all 0. enough: how many will do where finding `limit` would be
    too much work; None always goes on.
    """
    latest = min(scope.until or today, today)
    if after is not None:
        submitted_at, _paper = after
        latest = min(latest, submitted_at.astimezone(UTC).date())
    expected = counts.total if part is None else part.upper_bound(counts)
    effort = READ_EFFORT if part is not None and needs_reading(part) else INDEX_EFFORT
    if expected <= effort.at_once and part is not None and requires_entry(part):
        found = _matches(part, scope, limit, after, ranking)
        return found, len(found) < limit
    found = []
    seen = 0.0
    share = max(expected / max(counts.total, 1), 1e-6)
    first = min(_SPARE * limit, effort.first) / share
    for span in spans(latest, scope.since, counts, documents=first, wider=effort.wider):
        if enough is not None and len(found) >= enough and share * seen > effort.enough:
            return found, False
        within = span.part if part is None else all_of([part, span.part])
        found += _matches(within, scope, limit - len(found), after, ranking)
        if len(found) >= limit:
            return found, False
        seen += span.documents
        if part is not None and effort is INDEX_EFFORT and requires_entry(part):
            # The words may be rarer together than each alone.
            rest = (len(found) + 1) / max(seen, 1.0) * max(counts.total - seen, 0.0)
            if rest <= effort.at_once:
                older = (datetime.combine(span.since, time(), UTC), 0)
                found += _matches(part, scope, limit - len(found), older, ranking)
                return found, len(found) < limit
    return found, True


class Span(NamedTuple):
    """Months. part: what fits their papers; documents: how many; since: their first day."""

    part: Clause
    documents: float
    since: date


def spans(
    latest: date, since: date | None, counts: Counts, *, documents: float, wider: int = 6
) -> Iterator[Span]:
    """Yield spans of months, the newest first, that together are all the time up to `latest`.

    The first has about `documents` documents, each later one `wider` times as many as the one
    before.
    """
    earliest = (FIRST_YEAR, 1) if since is None else max((since.year, since.month), (FIRST_YEAR, 1))
    months = [
        (year, month)
        for year in range(latest.year, earliest[0] - 1, -1)
        for month in range(12, 0, -1)
        if earliest <= (year, month) <= (latest.year, latest.month)
    ]
    at = 0
    while at < len(months):
        held, start = 0.0, at
        while at < len(months) and held < documents:
            year, month = months[at]
            held += counts.of(f"@m{year:04d}{month:02d}")
            at += 1
        year, month = months[at - 1]
        yield Span(_months(months[start:at]), held, date(year, month, 1))
        documents *= wider


def _months(months: Sequence[tuple[int, int]]) -> Clause:
    """Return the part for months, whole years by one entry."""
    years = [year for year, _ in months]
    whole = {year for year in years if years.count(year) == 12}
    parts = [Entry(f"@y{year:04d}") for year in dict.fromkeys(years) if year in whole]
    parts += [Entry(f"@m{year:04d}{month:02d}") for year, month in months if year not in whole]
    return AnyOf(tuple(parts))


def _matches(
    part: Clause, scope: Scope, limit: int, after: Position | None, ranking: Clause | None
) -> list[Match]:
    conditions, parameters = scope.conditions()
    if after is not None:
        conditions += " AND (submitted_at, paper_id) < (%s, %s)"
        parameters += after
    rank = "0" if ranking is None else "ts_rank(title, %s::tsquery)"
    statement = f"""
        SELECT translation_id, paper_id, submitted_at, categories, is_reviewed, {rank} FROM (
            SELECT translation_id, paper_id, submitted_at, categories, is_reviewed, title
            FROM discovery_searchdocument WHERE words @@ %s::tsquery AND {conditions}
            ORDER BY submitted_at DESC, paper_id DESC LIMIT %s
        ) AS found
    """
    asked = [] if ranking is None else [str(ranking)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*asked, str(part), *parameters, limit])
        return [Match(*row) for row in cursor.fetchall()]


def text_ranks(keys: Sequence[int], ranking: Clause) -> dict[int, float]:
    """Return the rank of each document by all of its words: titles, summary, abstracts, authors.

    Weights: 1.0 titles, 0.4 summary, 0.2 abstracts, 0.1 the rest; longer documents count less.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT translation_id, ts_rank(words, %s::tsquery, 1) "
            "FROM discovery_searchdocument WHERE translation_id = ANY(%s)",
            [str(ranking), list(keys)],
        )
        return dict(cursor.fetchall())


def matches_of_papers(papers: Sequence[int], part: Clause | None, scope: Scope) -> dict[int, Match]:
    """Return the documents of those papers that fit, by paper."""
    conditions, parameters = scope.conditions()
    if part is not None:
        conditions += " AND words @@ %s::tsquery"
        parameters.append(str(part))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT translation_id, paper_id, submitted_at, categories, is_reviewed, 0 "
            f"FROM discovery_searchdocument WHERE paper_id = ANY(%s) AND {conditions}",
            [list(papers), *parameters],
        )
        return {match.paper_id: match for match in (Match(*row) for row in cursor.fetchall())}


def latest_key() -> int:
    """Return the highest key of a translation that has a document; 0 without any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(translation_id), 0) FROM discovery_searchdocument")
        return cursor.fetchone()[0]
