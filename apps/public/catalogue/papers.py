"""The translations that readers may see: in lists, by identifier, and in search engines.

Everything starts from `Translation.objects.published()`; `published_paper` loads their parts.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import F, OuterRef, Subquery

from apps.discovery.models import Score
from apps.translation.models import Translation, TranslationQuerySet
from apps.translation.status import TranslationStatus


def listed_translations(language: str) -> TranslationQuerySet:
    """Return the translations for lists, each with its paper."""
    return Translation.objects.listed().in_language(language).select_related("paper")


def published_translations(arxiv_ids: Sequence[str], *languages: str) -> TranslationQuerySet:
    """Return published translations with their papers, withdrawn papers included.

    Args:
        arxiv_ids: Identifiers without version.
        *languages: The languages of the translations.
    """
    published = Translation.objects.published().filter(language__in=languages)
    return published.filter(paper__arxiv_id__in=list(arxiv_ids)).select_related("paper")


def highest_scored(translations: TranslationQuerySet, limit: int) -> list[Translation]:
    """Return up to `limit` translations, highest score first."""
    score = Score.objects.filter(paper=OuterRef("paper"), formula=settings.SCORE_FORMULA)
    return list(
        translations.annotate(score_value=Subquery(score.values("value")[:1])).order_by(
            F("score_value").desc(nulls_last=True), "-paper__submitted_at", "-paper_id"
        )[:limit]
    )


def is_open_to_search_engines(status: str) -> bool:
    """Return whether search engines may index a published translation of this status."""
    return status == TranslationStatus.REVIEWED or not settings.NOINDEX_UNREVIEWED
