"""Celery tasks: publish clean translations, keep counts and queue up to date, forget senders."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from apps.core.sweeps import changed_since, repeat_until_done
from apps.review.day_counts import recount_withdrawals
from apps.review.publishing.policy import publish_ready
from apps.review.queue.index import refresh_batch
from apps.review.suggestions.service import forget_senders

QUEUE_BATCH = 200
QUEUE_FROM_ALL = 2000
"""Larger, because each batch first passes over the translations whose entry is up to date."""


@shared_task(name="review.publish_ready", autoretry_for=(OperationalError,))
def publish_pending() -> int:
    """Publish clean translations if the site's policy says so."""
    return repeat_until_done(
        lambda: publish_ready(policy=settings.PUBLISH_POLICY, now=timezone.now())
    )


@shared_task(name="review.recount_withdrawals", autoretry_for=(OperationalError,))
def recount_recent_withdrawals() -> int:
    """Recount the days of papers withdrawn or restored in the last two hours."""
    since = timezone.now() - timedelta(hours=2)
    return recount_withdrawals(settings.TARGET_LANGUAGES, since=since)


@shared_task(name="review.queue", autoretry_for=(OperationalError,))
def queue_pending(everything: bool = False) -> int:
    """Bring the review queue up to date; `everything` repeats until all of it was compared."""
    since = changed_since(everything, timezone.now())
    limit = QUEUE_FROM_ALL if everything else QUEUE_BATCH
    done = repeat_until_done(
        lambda: refresh_batch(changed_since=since, now=timezone.now(), limit=limit)
    )
    if everything and done:
        queue_pending.delay(everything=True)
    return done


@shared_task(name="review.forget_senders", autoretry_for=(OperationalError,))
def forget_old_senders() -> int:
    """Remove the senders of readers' corrections after SUGGESTION_SENDER_DAYS."""
    return repeat_until_done(
        lambda: forget_senders(now=timezone.now(), days=settings.SUGGESTION_SENDER_DAYS)
    )
