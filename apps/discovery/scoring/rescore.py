"""Scores existing papers under another formula, or compares what that would change.

A late score uses the lists of today; `apps.discovery.scoring.formulas.topic` ignores neighbours
that arrived after the paper.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from apps.core.keyset import MOMENT, WHOLE, Ordering
from apps.discovery.models import IndexedPaper, Score, day_of
from apps.discovery.scoring.compare import Pair
from apps.discovery.scoring.features import PastScores
from apps.discovery.scoring.formulas import Formula
from apps.discovery.scoring.score import compute_scores, score_papers
from apps.papers.models import Paper

BATCH = 500
BY_SUBMISSION = Ordering("submitted_at", (("submitted_at", MOMENT), ("id", WHOLE)))

OnBatch = Callable[[int], None]
"""Called after each batch with its number of papers."""


def scorable_papers(since: datetime | None = None) -> QuerySet[Paper]:
    """Select papers submitted since `since` whose related papers and authors are known."""
    papers = Paper.objects.filter(
        Exists(IndexedPaper.objects.filter(paper=OuterRef("pk"))),
        embedding__related_at__isnull=False,
    )
    return papers if since is None else papers.filter(submitted_at__gte=since)


def papers_to_rescore(formula: Formula, since: datetime | None = None) -> QuerySet[Paper]:
    """Select scorable papers without a score under `formula`."""
    scored = Score.objects.filter(paper=OuterRef("pk"), formula=formula.version)
    return scorable_papers(since).filter(~Exists(scored))


def rescore(
    formula: Formula,
    *,
    clock: Callable[[], datetime],
    since: datetime | None = None,
    limit: int | None = None,
    on_batch: OnBatch = lambda done: None,
) -> int:
    """Score up to `limit` papers without a score under `formula`, earliest first; return how many.

    Each batch is a transaction, so a stopped run keeps its work.
    """
    done = 0
    for papers in _batches(papers_to_rescore(formula, since), limit):
        done += score_papers([paper.pk for paper in papers], formula, now=clock())
        on_batch(len(papers))
    return done


@dataclass(slots=True)
class Comparison:
    """Papers with both scores, and the number of papers without an earlier one.

    before: the versions of the formulas of the stored scores.
    """

    pairs: list[Pair] = field(default_factory=list)
    before: set[int] = field(default_factory=set)
    without_before: int = 0


def compare(
    formula: Formula,
    *,
    since: datetime | None = None,
    limit: int | None = None,
    on_batch: OnBatch = lambda done: None,
) -> Comparison:
    """Compare scores under `formula` with those of the latest other formula; write nothing.

    Scores of earlier papers count as if they were stored.
    """
    computed: dict[int, float] = {}
    past = PastScores(formula.version, computed)
    found = Comparison()
    for papers in _batches(scorable_papers(since), limit):
        fresh = {score.paper_id: score.value for score in compute_scores(papers, formula, past)}
        before = _latest_other_scores([paper.pk for paper in papers], formula)
        computed.update(fresh)
        for paper in papers:
            if paper.pk not in before:
                found.without_before += 1
                continue
            version, value = before[paper.pk]
            found.before.add(version)
            found.pairs.append(Pair(paper.pk, day_of(paper.submitted_at), value, fresh[paper.pk]))
        on_batch(len(papers))
    return found


def _latest_other_scores(paper_keys: list[int], formula: Formula) -> dict[int, tuple[int, float]]:
    others = (
        Score.objects.filter(paper__in=paper_keys)
        .exclude(formula=formula.version)
        .order_by("formula")
        .values_list("paper_id", "formula", "value")
    )
    return {paper: (version, value) for paper, version, value in others}


def _batches(papers: QuerySet[Paper], limit: int | None) -> Iterator[list[Paper]]:
    """Yield the papers in batches, by date of submission."""
    ordered, taken = BY_SUBMISSION.sorted(papers), 0
    while size := BATCH if limit is None else min(BATCH, limit - taken):
        batch = list(ordered[:size])
        if not batch:
            return
        yield batch
        taken += len(batch)
        last = BY_SUBMISSION.position_of(batch[-1])
        ordered = BY_SUBMISSION.sorted(BY_SUBMISSION.after(papers, last))
