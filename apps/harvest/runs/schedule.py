"""Runs that start or resume without a command: daily runs and interrupted ones."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from apps.harvest.models import HarvestRun, HarvestRunQuerySet, RunKind
from apps.harvest.runs.service import start_run
from apps.papers.records import SourceFormat

OVERLAP = timedelta(days=1)
# The first daily run of a site fetches the days that its home page shows.
FIRST_SPAN = timedelta(days=3)
ABANDONED_AFTER = timedelta(minutes=10)
_LOCK = 0x6461696C


@transaction.atomic
def start_daily_runs(set_specs: Iterable[str], now: datetime) -> list[HarvestRun]:
    """Add one run for each set that has no unfinished run.

    Safe beside other workers: a lock keeps two calls from adding a run twice.

    Args:
        set_specs: OAI-PMH sets, such as "cs:cs:CL".
        now: The time, aware.

    Returns:
        The added runs. Each starts one day before the last complete run of its set ended.
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
        if not _runs_of_set(set_spec).unfinished().exists()
    ]


def first_day(set_spec: str, now: datetime) -> date:
    """Return the datestamp from which the next run over a set must read (UTC)."""
    # A run over a past span may be the newest; the run with the latest datestamp counts.
    last = (
        _runs_of_set(set_spec).complete().exclude(until_date=None).order_by("-until_date").first()
    )
    if last is None or last.until_date is None:
        return (now - FIRST_SPAN).date()
    return last.until_date - OVERLAP


def _runs_of_set(set_spec: str) -> HarvestRunQuerySet:
    return HarvestRun.objects.for_set(set_spec, SourceFormat.ARXIV_RAW)


def runs_to_resume(now: datetime) -> list[int]:
    """Return the keys of the runs to resume, the oldest first.

    A worker may still be busy with one of them; its lock then keeps other workers away.
    """
    runs = HarvestRun.objects.abandoned_since(now - ABANDONED_AFTER).order_by("started_at", "id")
    return list(runs.values_list("pk", flat=True))
