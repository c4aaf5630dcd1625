"""Which translations readers are shown: for lists, by name, and to search engines.

Everything starts from `Translation.objects.published()`; `published_paper` loads what belongs to
them. Pages, feeds, OAI-PMH and the API read through both, so that they cannot say different things.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import F, OuterRef, Subquery

from apps.discovery.models import Score
from apps.translation.models import Translation, TranslationQuerySet
from apps.translation.status import TranslationStatus


def listed_translations(language: str) -> TranslationQuerySet:
    """Translations for lists, each with its paper."""
    return Translation.objects.listed().in_language(language).select_related("paper")


def published_translations(arxiv_ids: Sequence[str], *languages: str) -> TranslationQuerySet:
    """The published translations of papers that an address names, withdrawn papers included.

    arxiv_ids: without version. Each translation comes with its paper.
    """
    published = Translation.objects.published().filter(language__in=languages)
    return published.filter(paper__arxiv_id__in=list(arxiv_ids)).select_related("paper")


def highest_scored(translations: TranslationQuerySet, limit: int) -> list[Translation]:
    """Return up to `limit` of the translations, those of the highest scored papers first."""
    score = Score.objects.filter(paper=OuterRef("paper"), formula=settings.SCORE_FORMULA)
    return list(
        translations.annotate(score_value=Subquery(score.values("value")[:1])).order_by(
            F("score_value").desc(nulls_last=True), "-paper__submitted_at", "-paper_id"
        )[:limit]
    )


def is_open_to_search_engines(status: str) -> bool:
    """Whether search engines may list the page of a published translation of this status.

    One that nobody has reviewed only where the site lets them.
    """
    return status == TranslationStatus.REVIEWED or not settings.NOINDEX_UNREVIEWED
