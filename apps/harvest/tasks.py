"""Celery tasks: a number in, one service call, done. A lost message costs ten minutes at most."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from apps.harvest.models import HarvestRun, RunStatus
from apps.harvest.runs import schedule
from apps.harvest.runs.execute import harvest
from apps.harvest.runs.service import RunFailed, RunTaken

log = logging.getLogger(__name__)

# Well below the time limit of a task: a long run goes on in the next one.
WORKING_TIME = timedelta(minutes=15)


def enqueue_run(run_id: int) -> None:
    """Give a run to a worker once the transaction at hand is committed."""
    work_on_run.delay_on_commit(run_id)  # type: ignore[attr-defined]  # the stubs lack it


@shared_task(name="harvest.harvest_daily")
def harvest_daily() -> None:
    """Start the daily run of every set in HARVEST_SETS."""
    for run in schedule.start_daily_runs(settings.HARVEST_SETS, timezone.now()):
        enqueue_run(run.pk)


@shared_task(name="harvest.resume_runs")
def resume_runs() -> None:
    """Take up the runs that a lost worker or a failure left behind."""
    for run_id in schedule.runs_to_resume(timezone.now()):
        enqueue_run(run_id)


@shared_task(name="harvest.work_on_run")
def work_on_run(run_id: int) -> None:
    """Read a run's pages for a while; the rest is for the next task."""
    run = HarvestRun.objects.filter(pk=run_id).first()
    if run is None or run.status in (RunStatus.COMPLETE, RunStatus.STOPPED):
        return
    try:
        run = harvest(run, pause_at=timezone.now() + WORKING_TIME)
    except RunTaken as error:
        log.info("%s", error)
    except RunFailed as error:
        log.warning("harvest run %s failed: %s", run_id, error)
    else:
        if run.status == RunStatus.RUNNING:
            enqueue_run(run_id)
