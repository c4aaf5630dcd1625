"""Scoring what is there under another formula, or trying out what that would move.

Later papers, authors and lists are known by now, so a paper that is scored long after it came gets
what today's lists say about its time; `apps.discovery.scoring.formulas.topic` looks only at
neighbours that were there.
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
"""Told after each batch how many papers it had."""


def scorable_papers(since: datetime | None = None) -> QuerySet[Paper]:
    """Return the papers whose related papers and authors are known, submitted since `since`."""
    papers = Paper.objects.filter(
        Exists(IndexedPaper.objects.filter(paper=OuterRef("pk"))),
        embedding__related_at__isnull=False,
    )
    return papers if since is None else papers.filter(submitted_at__gte=since)


def papers_to_rescore(formula: Formula, since: datetime | None = None) -> QuerySet[Paper]:
    """Return those that have no score under `formula`: what is left of a run that was stopped."""
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
    """Score all papers that have no score under `formula`, earliest first; return how many.

    At most `limit` of them. Each batch is a transaction: what was done stays when it is stopped.
    """
    done = 0
    for papers in _batches(papers_to_rescore(formula, since), limit):
        done += score_papers([paper.pk for paper in papers], formula, now=clock())
        on_batch(len(papers))
    return done


@dataclass(slots=True)
class Comparison:
    """What became of a trial: the papers that have both scores, and how many have only one.

    before: the versions of the formulas whose stored scores they are compared with.
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
    """Compute scores under `formula` beside the stored ones of the latest other; write nothing.

    Earlier papers count with the scores computed on the way, as they would if they were stored.
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
    """Walk through the papers by the day they were submitted, a batch at a time, never twice."""
    ordered, taken = BY_SUBMISSION.sorted(papers), 0
    while size := BATCH if limit is None else min(BATCH, limit - taken):
        batch = list(ordered[:size])
        if not batch:
            return
        yield batch
        taken += len(batch)
        last = BY_SUBMISSION.position_of(batch[-1])
        ordered = BY_SUBMISSION.sorted(BY_SUBMISSION.after(papers, last))
