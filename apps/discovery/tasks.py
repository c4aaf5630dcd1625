"""The tasks of discovery: each processes the pending work of one stage."""

import logging

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from apps.core.sweeps import RECENT, changed_since, repeat_until_done
from apps.discovery.author_index import index_authors_batch
from apps.discovery.embedders import embedder
from apps.discovery.embedders.base import EmbedderUnavailable
from apps.discovery.embeddings.embed import embed_batch
from apps.discovery.related.build import relate_batch
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.rank import mark_changed_papers, rank_batch
from apps.discovery.scoring.score import papers_to_score, score_papers
from apps.discovery.search.indexing import index_batch, remove_batch
from apps.discovery.signals import build
from apps.discovery.signals.base import SignalsUnavailable
from apps.discovery.signals.collect import ask_batch
from apps.discovery.trends.extract_terms import drop_withdrawn, extract_terms_batch
from apps.discovery.trends.reports import compute_next_week

SCORE_BATCH = 500
TERMS_BATCH = 200
TERMS_BATCH_OF_ALL = 2000
"""Larger, because each batch first skips all papers that have terms."""

log = logging.getLogger(__name__)


@shared_task(name="discovery.embed_papers", autoretry_for=(OperationalError,))
def embed_pending(everything: bool = False) -> int:
    """Embed new and changed papers; with `everything`, check all papers.

    Papers wait for a later sweep while the embedder cannot answer.
    """
    since = changed_since(everything, timezone.now())
    try:
        return repeat_until_done(
            lambda: embed_batch(embedder(), changed_since=since, now=timezone.now())
        )
    except EmbedderUnavailable as reason:
        log.warning("Papers wait to be embedded: %s", reason)
        return 0


@shared_task(name="discovery.relate_papers", autoretry_for=(OperationalError,))
def relate_pending() -> int:
    """Find the related papers of newly embedded papers."""
    return repeat_until_done(
        lambda: relate_batch(
            source_language=settings.SOURCE_LANGUAGE,
            language=settings.TARGET_LANGUAGES[0],
            now=timezone.now(),
        )
    )


@shared_task(name="discovery.score_papers", autoretry_for=(OperationalError,))
def score_pending(everything: bool = False) -> int:
    """Score papers whose related papers are known; with `everything`, check all papers."""
    since = changed_since(everything, timezone.now())
    formula = FORMULAS[settings.SCORE_FORMULA]

    def score_some() -> int:
        keys = papers_to_score(formula, since, SCORE_BATCH)
        return score_papers(keys, formula, now=timezone.now()) if keys else 0

    return repeat_until_done(score_some)


@shared_task(name="discovery.index_translations", autoretry_for=(OperationalError,))
def index_pending(everything: bool = False) -> int:
    """Update the search index; with `everything`, check all translations."""
    since = changed_since(everything, timezone.now())
    removed = repeat_until_done(lambda: remove_batch(changed_since=since))
    return removed + repeat_until_done(lambda: index_batch(changed_since=since))


@shared_task(name="discovery.gather_terms", autoretry_for=(OperationalError,))
def extract_terms_pending(everything: bool = False) -> int:
    """Extract the terms of new and changed papers; with `everything`, check all papers."""
    since = changed_since(everything, timezone.now())
    limit = TERMS_BATCH_OF_ALL if everything else TERMS_BATCH
    done = repeat_until_done(lambda: extract_terms_batch(changed_since=since, limit=limit))
    done += repeat_until_done(lambda: drop_withdrawn(changed_since=since))
    if everything and done:
        extract_terms_pending.delay(everything=True)
    return done


@shared_task(name="discovery.compute_trends", autoretry_for=(OperationalError,))
def compute_trends() -> int:
    """Compute the trends of complete weeks whose papers have changed."""
    return repeat_until_done(lambda: compute_next_week(now=timezone.now()))


@shared_task(name="discovery.index_authors", autoretry_for=(OperationalError,))
def index_authors_pending(everything: bool = False) -> int:
    """Index the authors of new and changed papers; with `everything`, check all papers."""
    since = changed_since(everything, timezone.now())
    return repeat_until_done(lambda: index_authors_batch(changed_since=since))


@shared_task(name="discovery.rank_scores", autoretry_for=(OperationalError,))
def rank_pending(changed_papers: bool = False) -> int:
    """Rank due days and categories; with `changed_papers`, mark those a harvest changed first."""
    now = timezone.now()
    if changed_papers:
        mark_changed_papers(since=now - RECENT, now=now)
    return repeat_until_done(lambda: rank_batch(now=timezone.now()))


@shared_task(name="discovery.ask_outside", autoretry_for=(OperationalError,))
def ask_outside(name: str) -> int:
    """Ask one outside source about papers; what it does not answer waits for the next sweep."""
    source = build(name, settings.OUTSIDE_SOURCES)
    try:
        return repeat_until_done(lambda: ask_batch(source, now=timezone.now()))
    except SignalsUnavailable as error:
        log.warning("%s", error)
        return 0
