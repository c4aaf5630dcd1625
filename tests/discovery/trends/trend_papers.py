"""Papers of many weeks that hold terms, for the tests of trends."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from apps.discovery.trends.extract_terms import drop_withdrawn, extract_terms_batch
from apps.papers.models import Paper
from tests.support.builders import build_paper

WEEK = date(2026, 2, 16)
"""The Monday of the last week; the span begins sixty weeks before its end."""

ABSTRACT = "Lattice gauge theory is considered."


def weeks_ago(number: int) -> datetime:
    """Return noon of the Wednesday of the week that many weeks before WEEK."""
    day = WEEK - timedelta(weeks=number) + timedelta(days=2)
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def papers_in(
    weeks: Iterable[int], a_week: int = 8, title: str = "On lattice gauge theory", **fields: object
) -> list[Paper]:
    """Store papers in each of the weeks, counted back from WEEK, every one by another author."""
    papers = []
    for number in weeks:
        for _ in range(a_week):
            authors = [{"name": f"Author {Paper.objects.count()}", "affiliations": []}]
            values = {"title": title, "abstract": ABSTRACT, "authors": authors, **fields}
            papers.append(build_paper(submitted_at=weeks_ago(number), **values))
    return papers


def gather() -> None:
    """Let the stage work until nothing is left."""
    while extract_terms_batch(changed_since=None) or drop_withdrawn(changed_since=None):
        pass
