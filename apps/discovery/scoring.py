"""Scoring: every related paper gets a score under the current formula."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from apps.discovery.formulas import Facts, Formula
from apps.discovery.models import Embedding, RelatedPaper, Score
from apps.papers.models import Paper


def papers_to_score(formula: Formula, changed_since: datetime | None, limit: int) -> list[int]:
    """Return the keys of up to `limit` papers with related papers but no score of `formula`.

    With `changed_since` only papers embedded since then are looked at; None looks at all.
    """
    scored = Score.objects.filter(paper=OuterRef("paper"), formula=formula.version)
    ready = Embedding.objects.filter(~Exists(scored), related_at__isnull=False)
    if changed_since is not None:
        ready = ready.filter(embedded_at__gte=changed_since)
    return list(ready.order_by("-paper").values_list("paper", flat=True)[:limit])


@transaction.atomic
def score_papers(paper_keys: list[int], formula: Formula, *, now: datetime) -> int:
    """Score the papers and return how many; papers that have a score keep it."""
    papers = list(Paper.objects.filter(pk__in=paper_keys).order_by("pk"))
    near: dict[int, list[tuple[float, datetime]]] = defaultdict(list)
    for key, similarity, submitted in (
        RelatedPaper.objects.filter(paper__in=paper_keys)
        .order_by("paper", "-similarity")
        .values_list("paper_id", "similarity", "other__submitted_at")
    ):
        near[key].append((similarity, submitted))
    scores = []
    for paper in papers:
        value, components = formula.score(facts_about(paper, near[paper.pk]))
        scores.append(
            Score(
                paper=paper,
                formula=formula.version,
                value=value,
                components=components,
                scored_at=now,
            )
        )
    Score.objects.bulk_create(scores, ignore_conflicts=True)
    return len(scores)


def facts_about(paper: Paper, near: list[tuple[float, datetime]]) -> Facts:
    """Return what the formula may look at; `near` is (similarity, submitted), nearest first."""
    return Facts(
        submitted_at=paper.submitted_at,
        abstract=paper.abstract,
        comments=paper.comments,
        journal_ref=paper.journal_ref,
        authors=len(paper.authors),
        categories=len(paper.categories),
        similarities=[similarity for similarity, _ in near],
        neighbour_dates=[submitted for _, submitted in near],
    )
