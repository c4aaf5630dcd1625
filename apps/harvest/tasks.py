"""Celery tasks. After a lost message, `resume_runs` resumes a run within about ten minutes."""

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

# Well below the time limit of a task; a long run continues in the next task.
WORKING_TIME = timedelta(minutes=15)


def enqueue_run(run_id: int) -> None:
    """Send a run to a worker once the current transaction is committed.

    Args:
        run_id: The key of the run.
    """
    work_on_run.delay_on_commit(run_id)  # type: ignore[attr-defined]  # the stubs lack it


@shared_task(name="harvest.harvest_daily")
def harvest_daily() -> None:
    """Start the daily run of every set in HARVEST_SETS."""
    for run in schedule.start_daily_runs(settings.HARVEST_SETS, timezone.now()):
        enqueue_run(run.pk)


@shared_task(name="harvest.resume_runs")
def resume_runs() -> None:
    """Resume the runs that a lost worker or a failure interrupted."""
    for run_id in schedule.runs_to_resume(timezone.now()):
        enqueue_run(run_id)


@shared_task(name="harvest.work_on_run")
def work_on_run(run_id: int) -> None:
    """Process a run for WORKING_TIME, then send it to the next task."""
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
