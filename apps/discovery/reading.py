"""What pages, feeds and the API ask of discovery: stored lists and scores, never the index."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from apps.discovery.models import OutsideSignal, RelatedPaper, Score
from apps.translation.models import Translation


@dataclass(frozen=True, slots=True)
class RelatedEntry:
    """One related paper as readers see it: its published translation, similarity and score."""

    translation: Translation
    similarity: float
    score: Score | None


def related_to(translation: Translation, limit: int = 10) -> list[RelatedEntry]:
    """Return up to `limit` related papers that are published in the same language, nearest first.

    Three queries, whatever the number of papers.
    """
    near = dict(
        RelatedPaper.objects.filter(paper=translation.paper_id)
        .order_by("-similarity", "other_id")
        .values_list("other_id", "similarity")
    )
    found = (
        Translation.objects.listed()
        .in_language(translation.language)
        .filter(paper__in=near)
        .select_related("paper")
    )
    nearest = sorted(found, key=lambda item: (-near[item.paper_id], item.paper_id))[:limit]
    scores = scores_of(item.paper_id for item in nearest)
    return [RelatedEntry(item, near[item.paper_id], scores.get(item.paper_id)) for item in nearest]


def scores_of(paper_keys: Iterable[int]) -> dict[int, Score]:
    """Return the scores of the papers under the current formula, by paper."""
    return {
        score.paper_id: score
        for score in Score.objects.filter(
            paper__in=list(paper_keys), formula=settings.SCORE_FORMULA
        )
    }


def score_history(paper_key: int) -> list[Score]:
    """Return the scores of one paper under every formula, the latest formula first, with ranks."""
    scores = Score.objects.filter(paper=paper_key).select_related("rank")
    return list(scores.order_by("-formula"))


def outside_signals(paper_key: int) -> list[OutsideSignal]:
    """Return what outside sources say about a paper, where they know it; empty by default."""
    return list(OutsideSignal.objects.known().filter(paper=paper_key).order_by("source"))
