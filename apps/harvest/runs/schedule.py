"""Which runs begin and go on by themselves: the daily ones, and those that were interrupted."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from apps.harvest.models import HarvestRun, HarvestRunQuerySet, RunKind
from apps.harvest.runs.service import start_run
from apps.papers.records import SourceFormat

OVERLAP = timedelta(days=1)
# A site's first daily run fetches what its home page shows.
FIRST_SPAN = timedelta(days=3)
ABANDONED_AFTER = timedelta(minutes=10)
_LOCK = 0x6461696C


@transaction.atomic
def start_daily_runs(set_specs: Iterable[str], now: datetime) -> list[HarvestRun]:
    """Add one run for each set, from where its last complete run ended, a day earlier.

    A set with an unfinished run gets none: that one goes on first. Two calls at the same time do
    not add a run twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return [
        start_run(
            RunKind.OAI,
            SourceFormat.ARXIV_RAW,
            now=now,
            set_spec=set_spec,
            from_date=first_day(set_spec, now),
        )
        for set_spec in dict.fromkeys(set_specs)
        if not _of(set_spec).unfinished().exists()
    ]


def first_day(set_spec: str, now: datetime) -> date:
    """Return the datestamp from which the next run over a set must read (UTC)."""
    # Runs over a past span say nothing about the time since: the one that reached furthest counts.
    last = _of(set_spec).complete().exclude(until_date=None).order_by("-until_date").first()
    if last is None or last.until_date is None:
        return (now - FIRST_SPAN).date()
    return last.until_date - OVERLAP


def _of(set_spec: str) -> HarvestRunQuerySet:
    return HarvestRun.objects.for_set(set_spec, SourceFormat.ARXIV_RAW)


def runs_to_resume(now: datetime) -> list[int]:
    """Return the numbers of the runs that somebody must take up again, the oldest first.

    A worker may still be busy with one of them: then whoever tries finds it claimed.
    """
    runs = HarvestRun.objects.abandoned_since(now - ABANDONED_AFTER).order_by("started_at", "id")
    return list(runs.values_list("pk", flat=True))
