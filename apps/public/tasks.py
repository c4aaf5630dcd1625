"""The tasks of public: update public records, make exports."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from apps.core.sweeps import changed_since, repeat_until_done
from apps.public.exports.write.retention import sweep_exports
from apps.public.exports.write.run import CannotExport, make_export, start_due
from apps.public.models import ExportRun
from apps.public.records.ledger import WrittenTooLate, record_changes

log = logging.getLogger(__name__)

RECORD_BATCH = 500
RECORDS_FROM_ALL = 2000
"""Larger, because each batch first skips the records that are up to date."""
EXPORT_LIMIT = 4 * 3600
"""Seconds. A message delivered again meanwhile finds the export locked."""
LEFT_ALONE = timedelta(minutes=10)


@shared_task(name="public.record", autoretry_for=(OperationalError, WrittenTooLate))
def record_pending(everything: bool = False) -> int:
    """Update public records; with `everything` all of them, in sweeps."""
    since = changed_since(everything, timezone.now())
    limit = RECORDS_FROM_ALL if everything else RECORD_BATCH
    done = repeat_until_done(
        lambda: record_changes(changed_since=since, clock=timezone.now, limit=limit)
    )
    if everything and done:
        record_pending.delay(everything=True)
    return done


@shared_task(name="public.start_export")
def start_export() -> None:
    """Start the export that is due, and remove expired ones."""
    run = start_due(now=timezone.now(), full_days=settings.EXPORTS_FULL_DAYS)
    if run is not None:
        write_export.delay(run.pk)
    sweep_exports(keep=settings.EXPORTS_KEEP, now=timezone.now())


@shared_task(name="public.resume_exports")
def resume_exports() -> None:
    """Resume the exports that a lost worker or a failure left unfinished."""
    for run in ExportRun.objects.abandoned_since(timezone.now() - LEFT_ALONE):
        write_export.delay(run.pk)


@shared_task(name="public.write_export", time_limit=EXPORT_LIMIT)
def write_export(run_id: int) -> None:
    """Write the missing files of an export; a failure keeps the files written."""
    if not ExportRun.objects.unfinished().filter(pk=run_id).exists():
        return
    try:
        make_export(run_id, timezone.now)
    except CannotExport as error:
        log.info("%s", error)
    except OSError as error:
        log.warning("export %s could not be stored: %s", run_id, error)
