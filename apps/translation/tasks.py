"""The Celery tasks of translation, one for each stage."""

import logging

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from apps.core.sweeps import changed_since, repeat_until_done
from apps.translation.engines import get_engine
from apps.translation.pipeline.commit import retry_waiting
from apps.translation.pipeline.contexts import contexts_with_terms
from apps.translation.pipeline.finish import finish_batch
from apps.translation.pipeline.open import carry_versions_forward, open_translations, papers_to_open
from apps.translation.pipeline.sum_up import sum_up_batch
from apps.translation.pipeline.translate import Plan, translate_batch
from apps.translation.summarisers import summariser
from apps.translation.summarisers.base import SummariserUnavailable

log = logging.getLogger(__name__)


def current_plan() -> Plan:
    """Build the plan of translation from the settings.

    Returns:
        Languages, engines, chains, batch size, lease and prices.
    """
    return Plan(
        source_language=settings.SOURCE_LANGUAGE,
        engine=get_engine,
        chains=settings.TRANSLATION_CHAINS,
        batch=settings.TRANSLATION_BATCH,
        lease_seconds=settings.LEASE_SECONDS,
        contexts=contexts_with_terms(settings.SOURCE_LANGUAGE, settings.TRANSLATION_EXAMPLES),
        prices=settings.TRANSLATION_PRICES,
    )


@shared_task(name="translation.open_translations", autoretry_for=(OperationalError,))
def open_pending(everything: bool = False) -> int:
    """Open translations of new and changed papers, or with `everything` of all papers."""
    now = timezone.now()
    since = changed_since(everything, now)
    carry_versions_forward(since)
    return sum(
        open_translations(papers_to_open(language, since), language, now=now)
        for language in settings.TARGET_LANGUAGES
    )


@shared_task(name="translation.translate_segments", autoretry_for=(OperationalError,))
def translate_segments() -> int:
    """Translate all claimable sentences in batches."""
    return repeat_until_done(lambda: translate_batch(current_plan(), clock=timezone.now))


@shared_task(name="translation.finish_translations", autoretry_for=(OperationalError,))
def finish_translations() -> int:
    """Check, assemble and summarise translations whose sentences are done."""
    return repeat_until_done(lambda: finish_batch(now=timezone.now()))


@shared_task(name="translation.retry_waiting", autoretry_for=(OperationalError,))
def retry_waiting_segments() -> int:
    """Retry sentences that waited for an engine."""
    return retry_waiting(now=timezone.now())


@shared_task(name="translation.sum_up", autoretry_for=(OperationalError,))
def sum_up() -> int:
    """Summarise finished translations by the summariser of the settings, if there is one."""
    configured = summariser()
    if configured is None:
        return 0
    try:
        return repeat_until_done(lambda: sum_up_batch(configured, now=timezone.now()))
    except SummariserUnavailable as error:
        log.warning("%s", error)
        return 0
