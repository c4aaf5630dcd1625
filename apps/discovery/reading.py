"""What pages, feeds and the API ask of discovery: stored lists and scores, never the index."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from apps.discovery.choosing import choices_of, pinned_first
from apps.discovery.models import OutsideSignal, RelatedPaper, Score
from apps.discovery.shared_terms import SharedTerm
from apps.translation.models import Translation


@dataclass(frozen=True, slots=True)
class RelatedEntry:
    """One related paper as readers see it: its published translation, and why it is here.

    similarity: cosine, None where an editor chose a paper that the machine did not find.
    """

    translation: Translation
    score: Score | None
    similarity: float | None
    shared_terms: list[SharedTerm]
    is_pinned: bool
    is_later: bool


SHOWN_OF_RELATED = (
    "language",
    "title",
    "summary",
    "paper__arxiv_id",
    "paper__title",
    "paper__source_format",
    "paper__latest_version",
    "paper__submitted_at",
)


def related_to(translation: Translation, limit: int = 10) -> list[RelatedEntry]:
    """Return up to `limit` related papers that are published in the same language.

    Those that editors pinned come first, then the most related; what they hid is left out. Four
    queries, whatever the number of papers.
    """
    choices = choices_of(translation.paper_id)
    near = {
        row.other_id: row
        for row in RelatedPaper.objects.filter(paper=translation.paper_id).order_by(
            "-nearness", "-similarity", "other_id"
        )
    }
    order = pinned_first(near, choices)
    found = {
        item.paper_id: item
        for item in Translation.objects.listed()
        .in_language(translation.language)
        .filter(paper__in=order)
        .select_related("paper")
        .only(*SHOWN_OF_RELATED)
    }
    shown = _different_works(translation, [found[other] for other in order if other in found])
    shown = shown[:limit]
    scores = scores_of(item.paper_id for item in shown)
    return [
        RelatedEntry(
            translation=item,
            score=scores.get(item.paper_id),
            similarity=near[item.paper_id].similarity if item.paper_id in near else None,
            shared_terms=near[item.paper_id].shared_terms if item.paper_id in near else [],
            is_pinned=item.paper_id in choices,
            is_later=item.paper.submitted_at > translation.paper.submitted_at,
        )
        for item in shown
    ]


def _different_works(translation: Translation, found: list[Translation]) -> list[Translation]:
    """Leave out further editions of a work: two of them may have entered a list on their own."""
    seen = {_work(translation)}
    different = []
    for item in found:
        if _work(item) not in seen:
            different.append(item)
            seen.add(_work(item))
    return different


def _work(translation: Translation) -> str:
    return " ".join(translation.paper.title.casefold().split())


def scores_of(paper_keys: Iterable[int]) -> dict[int, Score]:
    """Return the scores of the papers under the current formula, by paper, without components."""
    scores = Score.objects.filter(paper__in=list(paper_keys), formula=settings.SCORE_FORMULA)
    return {score.paper_id: score for score in scores.defer("components")}


def score_history(paper_key: int) -> list[Score]:
    """Return the scores of one paper under every formula, the latest formula first, with ranks."""
    scores = Score.objects.filter(paper=paper_key).select_related("rank")
    return list(scores.order_by("-formula"))


def outside_signals(paper_key: int) -> list[OutsideSignal]:
    """Return what outside sources say about a paper, where they know it; empty by default."""
    return list(OutsideSignal.objects.known().filter(paper=paper_key).order_by("source"))
