"""The tasks of review: publish what the policy lets pass, keep the counts of days right."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from apps.papers.sweeps import until_nothing_is_left
from apps.review.listing import recount_withdrawals
from apps.review.publishing import publish_ready
from apps.review.suggesting import forget_senders


@shared_task(name="review.publish_ready", autoretry_for=(OperationalError,))
def publish_pending() -> int:
    """Publish clean translations, where the site's policy says so."""
    return until_nothing_is_left(
        lambda: publish_ready(policy=settings.PUBLISH_POLICY, now=timezone.now())
    )


@shared_task(name="review.recount_withdrawals", autoretry_for=(OperationalError,))
def recount_recent_withdrawals() -> int:
    """Take withdrawn papers out of the counts of their days."""
    since = timezone.now() - timedelta(hours=2)
    return recount_withdrawals(settings.TARGET_LANGUAGES, since=since)


@shared_task(name="review.forget_senders", autoretry_for=(OperationalError,))
def forget_old_senders() -> int:
    """Forget from which addresses readers' corrections came some days ago."""
    return until_nothing_is_left(
        lambda: forget_senders(now=timezone.now(), days=settings.SUGGESTION_SENDER_DAYS)
    )
