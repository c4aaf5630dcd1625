"""Collects citation counts of scored papers from outside sources and refreshes them monthly."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from apps.discovery.models import OutsideSignal, Score
from apps.discovery.signals.base import OutsideSignals
from apps.papers.models import Paper

ASK_AGAIN_AFTER = timedelta(days=30)
ASKED_ABOUT = timedelta(days=400)


def never_asked(source: str, now: datetime) -> QuerySet[Paper]:
    """Select scored papers of the last 400 days that the source was never asked about.

    Newest first. The limit keeps a sweep from scanning all papers.
    """
    asked = OutsideSignal.objects.filter(paper=OuterRef("pk"), source=source)
    scored = Score.objects.filter(paper=OuterRef("pk"))
    return (
        Paper.objects.not_withdrawn()
        .filter(~Exists(asked), Exists(scored), submitted_at__gte=now - ASKED_ABOUT)
        .order_by("-submitted_at", "-id")
    )


def papers_to_ask_about(source: str, now: datetime, limit: int) -> dict[str, int]:
    """Return up to `limit` papers to ask about, keys by identifier: new ones before stale ones."""
    papers = dict(never_asked(source, now).values_list("arxiv_id", "pk")[:limit])
    if len(papers) < limit:
        stale = OutsideSignal.objects.asked_before(source, now - ASK_AGAIN_AFTER)
        papers |= dict(stale.values_list("paper__arxiv_id", "paper")[: limit - len(papers)])
    return papers


def ask_batch(source: OutsideSignals, *, now: datetime) -> int:
    """Ask a source about one batch of papers, store its answer and return the size of the batch.

    No lock is held meanwhile: two workers at once would ask twice and store the same. Raises
    SignalsUnavailable; then nothing is stored.
    """
    papers = papers_to_ask_about(source.name, now, source.batch)
    if papers:
        store_citations(source.name, papers, source.citations(list(papers)), now=now)
    return len(papers)


def store_citations(
    source: str, papers: Mapping[str, int], citations: Mapping[str, int], *, now: datetime
) -> None:
    """Store the counts of these papers; null for papers that the source does not know."""
    OutsideSignal.objects.bulk_create(
        [
            OutsideSignal(
                paper_id=key, source=source, citations=citations.get(arxiv_id), asked_at=now
            )
            for arxiv_id, key in papers.items()
        ],
        update_conflicts=True,
        unique_fields=["paper", "source"],
        update_fields=["citations", "asked_at"],
    )
