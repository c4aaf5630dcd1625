"""The tasks of translation: each brings a worker to the pending work of one stage."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from apps.papers.sweeps import until_nothing_is_left
from apps.translation.engines import engine
from apps.translation.finishing import finish_batch
from apps.translation.opening import carry_versions_forward, open_translations, papers_to_open
from apps.translation.translating import Plan, retry_waiting, translate_batch

RECENT = timedelta(days=2)


def plan() -> Plan:
    """Return how the settings say that this site translates."""
    return Plan(
        source_language=settings.SOURCE_LANGUAGE,
        engine=engine,
        chains=settings.TRANSLATION_CHAINS,
        batch=settings.TRANSLATION_BATCH,
        lease_seconds=settings.LEASE_SECONDS,
    )


@shared_task(name="translation.open_translations", autoretry_for=(OperationalError,))
def open_pending(everything: bool = False) -> int:
    """Open translations of new and changed papers; with `everything`, look at all papers."""
    now = timezone.now()
    since = None if everything else now - RECENT
    carry_versions_forward(since)
    return sum(
        open_translations(papers_to_open(language, since), language, now=now)
        for language in settings.TARGET_LANGUAGES
    )


@shared_task(name="translation.translate_segments", autoretry_for=(OperationalError,))
def translate_segments() -> int:
    """Translate claimable sentences until none is left, a batch at a time."""
    return until_nothing_is_left(lambda: translate_batch(plan(), clock=timezone.now))


@shared_task(name="translation.finish_translations", autoretry_for=(OperationalError,))
def finish_translations() -> int:
    """Check, put together and sum up translations whose sentences are done."""
    return until_nothing_is_left(lambda: finish_batch(now=timezone.now()))


@shared_task(name="translation.retry_waiting", autoretry_for=(OperationalError,))
def retry_waiting_segments() -> int:
    """Try again what waited because no engine was configured."""
    return retry_waiting(now=timezone.now())
