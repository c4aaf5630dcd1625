"""Scoring: every paper whose related papers are known gets a score under the formula in force.

A paper keeps its score: it says what was known when the paper came.
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
    """Return the papers (as their embeddings) that can be scored under `formula` and are not.

    Their related papers are known, and their authors are in the index, which takes papers in the
    order in which they came. With `changed_since` only papers embedded since then are looked at;
    None looks at all.
    """
    scored = Score.objects.filter(paper=OuterRef("paper"), formula=formula.version)
    indexed = IndexedPaper.objects.filter(paper=OuterRef("paper"))
    ready = Embedding.objects.filter(~Exists(scored), Exists(indexed), related_at__isnull=False)
    if changed_since is not None:
        ready = ready.filter(embedded_at__gte=changed_since)
    return ready


def papers_to_score(formula: Formula, changed_since: datetime | None, limit: int) -> list[int]:
    """Return the keys of up to `limit` papers of `without_score`, earliest submitted first.

    So an author's earlier papers have their scores when a later one comes.
    """
    ready = without_score(formula, changed_since).order_by("paper__submitted_at", "paper")
    return list(ready.values_list("paper", flat=True)[:limit])


def compute_scores(papers: Sequence[Paper], formula: Formula, past: PastScores) -> list[Score]:
    """Return the scores of the papers under `formula`, not yet stored and without a time."""
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
    """Score the papers and return how many; papers that have a score keep it.

    The ranks of their days are due from then on.
    """
    papers = list(Paper.objects.filter(pk__in=paper_keys).order_by("pk"))
    scores = compute_scores(papers, formula, PastScores(formula.version))
    for score in scores:
        score.scored_at = now
    Score.objects.bulk_create(scores, ignore_conflicts=True)
    mark_ranks_due(papers, now=now)
    return len(scores)
