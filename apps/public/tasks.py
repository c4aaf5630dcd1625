"""The tasks of public: keep the ledger of public records right."""

from datetime import timedelta

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from apps.papers.sweeps import until_nothing_is_left
from apps.public.recording import WrittenTooLate, record_changes

RECENT = timedelta(days=2)
RECORD_BATCH = 500
RECORDS_FROM_ALL = 2000
"""Larger, because each batch begins with passing over the records that are right."""


@shared_task(name="public.record", autoretry_for=(OperationalError, WrittenTooLate))
def record_pending(everything: bool = False) -> int:
    """Bring public records up to date; with `everything` all of them, sweep after sweep."""
    since = None if everything else timezone.now() - RECENT
    limit = RECORDS_FROM_ALL if everything else RECORD_BATCH
    done = until_nothing_is_left(
        lambda: record_changes(changed_since=since, clock=timezone.now, limit=limit)
    )
    if everything and done:
        record_pending.delay(everything=True)
    return done
