"""Queries of pages, feeds and the API: related papers, scores and outside signals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings

from apps.discovery.models import OutsideSignal, RelatedPaper, Score
from apps.discovery.related.curation import choices_of_each, pinned_first
from apps.discovery.related.shared_terms import SharedTerm
from apps.translation.models import Translation

T = TypeVar("T", Score, OutsideSignal)


@dataclass(frozen=True, slots=True)
class RelatedEntry:
    """One related paper: its published translation, and why it is related.

    similarity: cosine; None for a pinned paper that is not in the automatic list.
    """

    translation: Translation
    score: Score | None
    similarity: float | None
    shared_terms: list[SharedTerm]
    is_pinned: bool
    is_later: bool


SHOWN_OF_RELATED = (
    "language",
    "status",
    "title",
    "summary",
    "paper__arxiv_id",
    "paper__title",
    "paper__source_format",
    "paper__latest_version",
    "paper__submitted_at",
)


def related_to_each(
    translations: Sequence[Translation], limit: int = 10
) -> dict[int, list[RelatedEntry]]:
    """Return the related papers of translations, in four queries.

    Args:
        translations: Translations in one language, with their papers.
        limit: The most related papers for each.

    Returns:
        By key of the translation: related papers published in its language, pinned ones first,
        then the most related, without hidden ones.
    """
    keys = [translation.paper_id for translation in translations]
    choices = choices_of_each(keys)
    near: dict[int, dict[int, RelatedPaper]] = {key: {} for key in keys}
    rows = RelatedPaper.objects.filter(paper__in=keys)
    for row in rows.order_by("-nearness", "-similarity", "other_id"):
        near[row.paper_id][row.other_id] = row
    orders = {key: pinned_first(near[key], choices[key]) for key in keys}
    found = {
        item.paper_id: item
        for item in Translation.objects.listed()
        .filter(language__in={translation.language for translation in translations})
        .filter(paper__in={other for order in orders.values() for other in order})
        .select_related("paper")
        .only(*SHOWN_OF_RELATED)
    }
    shown = {
        translation.pk: _different_works(
            translation,
            [found[other] for other in orders[translation.paper_id] if other in found],
        )[:limit]
        for translation in translations
    }
    scores = scores_of({item.paper_id for items in shown.values() for item in items})
    return {
        translation.pk: [
            _related_entry(
                translation,
                item,
                scores.get(item.paper_id),
                near[translation.paper_id].get(item.paper_id),
                is_pinned=item.paper_id in choices[translation.paper_id],
            )
            for item in shown[translation.pk]
        ]
        for translation in translations
    }


def _related_entry(
    translation: Translation,
    item: Translation,
    score: Score | None,
    row: RelatedPaper | None,
    *,
    is_pinned: bool,
) -> RelatedEntry:
    return RelatedEntry(
        translation=item,
        score=score,
        similarity=None if row is None else row.similarity,
        shared_terms=[] if row is None else row.shared_terms,
        is_pinned=is_pinned,
        is_later=item.paper.submitted_at > translation.paper.submitted_at,
    )


def _different_works(translation: Translation, found: list[Translation]) -> list[Translation]:
    """Leave out duplicates: two may have entered a list separately."""
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
    """Return the scores of papers under the current formula.

    Args:
        paper_keys: The keys of the papers.

    Returns:
        The scores by paper, without components.
    """
    scores = Score.objects.filter(paper__in=list(paper_keys), formula=settings.SCORE_FORMULA)
    return {score.paper_id: score for score in scores.defer("components")}


def score_histories(paper_keys: Sequence[int]) -> dict[int, list[Score]]:
    """Return the scores of papers under every formula, with their ranks. One query.

    Args:
        paper_keys: The keys of the papers.

    Returns:
        For each paper its scores, the latest formula first.
    """
    scores = Score.objects.filter(paper__in=paper_keys).select_related("rank").order_by("-formula")
    return _by_paper(paper_keys, scores)


def outside_signals_of_each(paper_keys: Sequence[int]) -> dict[int, list[OutsideSignal]]:
    """Return the outside signals of papers. One query.

    Args:
        paper_keys: The keys of the papers.

    Returns:
        For each paper the signals of the sources that know it.
    """
    signals = OutsideSignal.objects.with_citations().filter(paper__in=paper_keys).order_by("source")
    return _by_paper(paper_keys, signals)


def _by_paper(paper_keys: Sequence[int], rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {key: [] for key in paper_keys}
    for row in rows:
        found[row.paper_id].append(row)
    return found
