"""Scores papers under a formula once their related papers and authors are known.

A paper keeps its score, which states what was known when the paper arrived.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from apps.discovery.models import Embedding, IndexedPaper, Score
from apps.discovery.scoring.features import PastScores, facts_about
from apps.discovery.scoring.formulas import Formula
from apps.discovery.scoring.rank import mark_ranks_due
from apps.papers.models import Paper


def without_score(formula: Formula, changed_since: datetime | None = None) -> QuerySet[Embedding]:
    """Select papers (as embeddings) that can be scored under `formula` and have no score.

    changed_since: only papers embedded since then; None for all.
    """
    scored = Score.objects.filter(paper=OuterRef("paper"), formula=formula.version)
    indexed = IndexedPaper.objects.filter(paper=OuterRef("paper"))
    ready = Embedding.objects.filter(~Exists(scored), Exists(indexed), related_at__isnull=False)
    if changed_since is not None:
        ready = ready.filter(embedded_at__gte=changed_since)
    return ready


def papers_to_score(formula: Formula, changed_since: datetime | None, limit: int) -> list[int]:
    """Return the keys of up to `limit` papers without a score, earliest first.

    So an author's earlier papers are scored before later ones.
    """
    ready = without_score(formula, changed_since).order_by("paper__submitted_at", "paper")
    return list(ready.values_list("paper", flat=True)[:limit])


def compute_scores(papers: Sequence[Paper], formula: Formula, past: PastScores) -> list[Score]:
    """Return the scores of papers under `formula`, unsaved and without a time."""
    facts = facts_about(papers, past)
    scores = []
    for paper in papers:
        value, components = formula.score(facts[paper.pk])
        scores.append(
            Score(paper=paper, formula=formula.version, value=value, components=components)
        )
    return scores


@transaction.atomic
def score_papers(paper_keys: Sequence[int], formula: Formula, *, now: datetime) -> int:
    """Score papers, mark their ranks as due and return how many; existing scores stay."""
    papers = list(Paper.objects.filter(pk__in=paper_keys).order_by("pk"))
    scores = compute_scores(papers, formula, PastScores(formula.version))
    for score in scores:
        score.scored_at = now
    Score.objects.bulk_create(scores, ignore_conflicts=True)
    mark_ranks_due(papers, now=now)
    return len(scores)
