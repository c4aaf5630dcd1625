"""Retrieval: the newest documents that match a clause, at a cost independent of the corpus.

The index finds the documents with a word but not the newest of them. A frequent word is therefore
searched in spans of months, newest first, each wide enough to hold about as many matches as are
needed. Months are entries of the same index, so a span costs only what it holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Max

from apps.core.bulk_sql import fetch_rows
from apps.core.keyset import Position
from apps.discovery.models import SearchDocument
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
    """Limits of one search, in documents.

    at_once: searched without spans of months. first: the most in the first span. enough: where the
    search may stop. wider: how many times larger each span is than the last.
    """

    at_once: int
    first: int
    enough: int
    wider: int


INDEX_EFFORT = Effort(at_once=2_000, first=10_000, enough=20_000, wider=6)
READ_EFFORT = Effort(at_once=700, first=1_000, enough=2_000, wider=2)
"""For clauses that need the documents read, not just the index."""
_SPARE = 1.5
FIRST_YEAR = 1986
"""The year of the oldest papers on arXiv."""


class Match(NamedTuple):
    """A document that matches. rank: by the words of its titles, 0 or more."""

    translation_id: int
    paper_id: int
    submitted_at: datetime
    categories: list[str]
    is_reviewed: bool
    rank: float

    @property
    def position(self) -> Position:
        return NEWEST_IN_INDEX.position_of(self)


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents to search. since, until: first and last day of submission (UTC).

    up_to: the highest translation key, so that new documents do not move pages. without: keys of
    translations to leave out.
    """

    language: str
    since: date | None = None
    until: date | None = None
    up_to: int | None = None
    without: tuple[int, ...] = ()

    def conditions(self) -> tuple[str, list[str | int | datetime | list[int]]]:
        """Return the conditions as SQL and its parameters."""
        found: list[tuple[str, str | int | datetime | list[int]]] = [
            ("language = %s", self.language)
        ]
        if self.since is not None:
            found.append(("submitted_at >= %s", datetime.combine(self.since, time(), UTC)))
        if self.until is not None:
            end = datetime.combine(self.until, time(), UTC) + timedelta(days=1)
            found.append(("submitted_at < %s", end))
        if self.up_to is not None:
            # "+ 0" keeps PostgreSQL from a scan along the primary key.
            found.append(("translation_id + 0 <= %s", self.up_to))
        if self.without:
            found.append(("NOT translation_id = ANY(%s)", list(self.without)))
        return " AND ".join(sql for sql, _ in found), [value for _, value in found]


def month_entries_until(last: date) -> list[str]:
    """List the entries of all months that may have papers.

    Args:
        last: A day of the last month.

    Returns:
        Entries such as "@m202502", the newest first.
    """
    return [
        f"@m{year:04d}{month:02d}"
        for year in range(last.year, FIRST_YEAR - 1, -1)
        for month in range(12, 0, -1)
        if (year, month) <= (last.year, last.month)
    ]


def find_newest(
    clause: Clause | None,
    scope: Scope,
    counts: Counts,
    *,
    today: date,
    limit: int,
    after: Position | None = None,
    ranking: Clause | None = None,
    enough: int | None = None,
) -> tuple[list[Match], bool]:
    """Find the newest documents that match.

    Args:
        clause: What must match; None matches every document of the scope.
        scope: The documents to search.
        counts: The counts of the clause's entries and of all months.
        today: The current day (UTC).
        limit: The most documents to return.
        after: Only documents after this position.
        ranking: The clause that gives the rank; None ranks all 0.
        enough: How many suffice where finding `limit` is too much work; None never stops early.

    Returns:
        The documents, newest first, and whether these are all.
    """
    latest = min(scope.until or today, today)
    if after is not None:
        submitted_at, _paper = after
        latest = min(latest, submitted_at.astimezone(UTC).date())
    expected = counts.total if clause is None else clause.upper_bound(counts)
    effort = READ_EFFORT if clause is not None and needs_reading(clause) else INDEX_EFFORT
    if expected <= effort.at_once and clause is not None and requires_entry(clause):
        found = _matches(clause, scope, limit, after, ranking)
        return found, len(found) < limit
    found = []
    seen = 0.0
    share = max(expected / max(counts.total, 1), 1e-6)
    first = min(_SPARE * limit, effort.first) / share
    for span in spans(latest, scope.since, counts, documents=first, wider=effort.wider):
        if enough is not None and len(found) >= enough and share * seen > effort.enough:
            return found, False
        within = span.clause if clause is None else all_of([clause, span.clause])
        found += _matches(within, scope, limit - len(found), after, ranking)
        if len(found) >= limit:
            return found, False
        seen += span.documents
        if clause is not None and effort is INDEX_EFFORT and requires_entry(clause):
            # The words may be rarer together than alone.
            rest = (len(found) + 1) / max(seen, 1.0) * max(counts.total - seen, 0.0)
            if rest <= effort.at_once:
                older = (datetime.combine(span.since, time(), UTC), 0)
                found += _matches(clause, scope, limit - len(found), older, ranking)
                return found, len(found) < limit
    return found, True


class Span(NamedTuple):
    """Consecutive months. clause: matches their papers; documents: how many; since: first day."""

    clause: Clause
    documents: float
    since: date


def spans(
    latest: date, since: date | None, counts: Counts, *, documents: float, wider: int = 6
) -> Iterator[Span]:
    """Yield spans of months, newest first, that cover all time from `since` to `latest`.

    The first has about `documents` documents, each next one `wider` times as many.
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
    """Return the clause for months, with one entry for each whole year."""
    years = [year for year, _ in months]
    whole = {year for year in years if years.count(year) == 12}
    entries = [Entry(f"@y{year:04d}") for year in dict.fromkeys(years) if year in whole]
    entries += [Entry(f"@m{year:04d}{month:02d}") for year, month in months if year not in whole]
    return AnyOf(tuple(entries))


def _matches(
    clause: Clause, scope: Scope, limit: int, after: Position | None, ranking: Clause | None
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
    return [Match(*row) for row in fetch_rows(statement, [*asked, str(clause), *parameters, limit])]


def text_ranks(keys: Sequence[int], ranking: Clause) -> dict[int, float]:
    """Return the rank of each document by all its words: titles, summary, abstracts, authors.

    Weights: 1.0 titles, 0.4 summary, 0.2 abstracts, 0.1 the rest; longer documents count less.
    """
    rows = fetch_rows(
        "SELECT translation_id, ts_rank(words, %s::tsquery, 1) "
        "FROM discovery_searchdocument WHERE translation_id = ANY(%s)",
        [str(ranking), list(keys)],
    )
    return dict(rows)


def matches_of_papers(
    papers: Sequence[int], clause: Clause | None, scope: Scope
) -> dict[int, Match]:
    """Return the matching documents of these papers, by paper."""
    conditions, parameters = scope.conditions()
    if clause is not None:
        conditions += " AND words @@ %s::tsquery"
        parameters.append(str(clause))
    rows = fetch_rows(
        "SELECT translation_id, paper_id, submitted_at, categories, is_reviewed, 0 "
        f"FROM discovery_searchdocument WHERE paper_id = ANY(%s) AND {conditions}",
        [list(papers), *parameters],
    )
    return {match.paper_id: match for match in (Match(*row) for row in rows)}


def latest_key() -> int:
    """Return the highest translation key of the index; 0 where it is empty."""
    return SearchDocument.objects.aggregate(latest=Max("pk"))["latest"] or 0
