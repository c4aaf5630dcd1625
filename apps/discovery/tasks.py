"""The tasks of discovery: each brings a worker to the pending work of one stage."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from apps.discovery.embedders import embedder
from apps.discovery.embedding import embed_batch
from apps.discovery.formulas import FORMULAS
from apps.discovery.gathering import drop_withdrawn, gather_batch
from apps.discovery.relating import relate_batch
from apps.discovery.scoring import papers_to_score, score_papers
from apps.discovery.trends import compute_next_week
from apps.papers.sweeps import until_nothing_is_left

RECENT = timedelta(days=2)
SCORE_BATCH = 500
GATHER_BATCH = 200
GATHER_FROM_ALL = 2000
"""Larger, because each batch begins with passing over the papers that have their terms."""


@shared_task(name="discovery.embed_papers", autoretry_for=(OperationalError,))
def embed_pending(everything: bool = False) -> int:
    """Embed new and changed papers; with `everything`, look at all papers."""
    since = None if everything else timezone.now() - RECENT
    return until_nothing_is_left(
        lambda: embed_batch(embedder(), changed_since=since, now=timezone.now())
    )


@shared_task(name="discovery.relate_papers", autoretry_for=(OperationalError,))
def relate_pending() -> int:
    """Find the related papers of newly embedded papers."""
    return until_nothing_is_left(lambda: relate_batch(now=timezone.now()))


@shared_task(name="discovery.score_papers", autoretry_for=(OperationalError,))
def score_pending(everything: bool = False) -> int:
    """Score papers whose related papers are known; with `everything`, look at all papers."""
    since = None if everything else timezone.now() - RECENT
    formula = FORMULAS[settings.SCORE_FORMULA]

    def score_some() -> int:
        keys = papers_to_score(formula, since, SCORE_BATCH)
        return score_papers(keys, formula, now=timezone.now()) if keys else 0

    return until_nothing_is_left(score_some)


@shared_task(name="discovery.gather_terms", autoretry_for=(OperationalError,))
def gather_pending(everything: bool = False) -> int:
    """Gather the terms of new and changed papers; with `everything` of all, sweep after sweep."""
    since = None if everything else timezone.now() - RECENT
    limit = GATHER_FROM_ALL if everything else GATHER_BATCH
    done = until_nothing_is_left(lambda: gather_batch(changed_since=since, limit=limit))
    done += until_nothing_is_left(lambda: drop_withdrawn(changed_since=since))
    if everything and done:
        gather_pending.delay(everything=True)
    return done


@shared_task(name="discovery.compute_trends", autoretry_for=(OperationalError,))
def compute_trends() -> int:
    """Compute the trends of weeks that are complete and whose papers have changed."""
    return until_nothing_is_left(lambda: compute_next_week(now=timezone.now()))
