"""Rows with all that their shapes show, in a number of queries that no number of rows changes."""

from collections.abc import Collection

from django.db.models import Prefetch, QuerySet

from apps.review.models import Suggestion, SuggestionState
from apps.translation.models import Finding, Segment, Translation


def segments_for(members: Collection[str]) -> QuerySet[Segment]:
    """Return all sentences, in no order, with what the members of `DeskSegment` need."""
    segments = Segment.objects.select_related("approved_by")
    if "findings" in members:
        segments = segments.prefetch_related(Prefetch("findings", Finding.objects.order_by("id")))
    if "suggestions" in members:
        proposed = Suggestion.objects.filter(state=SuggestionState.OPEN).select_related(
            "decided_by"
        )
        segments = segments.prefetch_related(
            Prefetch(
                "suggestions", proposed.order_by("received_at", "id"), to_attr="open_suggestions"
            )
        )
    return segments


def translations_for(members: Collection[str]) -> QuerySet[Translation]:
    """Return all translations, in no order, with what the members of `DeskTranslation` need."""
    translations = Translation.objects.select_related("paper", "claim__editor")
    if "segments" in members:
        everything = segments_for(("findings", "suggestions")).order_by("-field", "position")
        translations = translations.prefetch_related(Prefetch("segments", everything))
    if "findings" in members:
        translations = translations.prefetch_related("findings")
    if "notes" in members:
        translations = translations.prefetch_related("notes__author")
    return translations


def all_suggestions() -> QuerySet[Suggestion]:
    """Return all readers' corrections, in no order, with what `DeskSuggestion` shows."""
    return Suggestion.objects.select_related("segment", "decided_by")
