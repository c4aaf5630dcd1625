"""QuerySets of the editors' lists, with related rows in a fixed number of queries."""

from collections.abc import Collection

from django.db.models import Prefetch, QuerySet

from apps.review.models import Suggestion, SuggestionState
from apps.translation.models import Finding, Segment, Translation


def segments_for(members: Collection[str]) -> QuerySet[Segment]:
    """Return all sentences, unordered, with the data of members of `DeskSegment`."""
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
    """Return all translations, unordered, with the data of members of `DeskTranslation`."""
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
    """Return all readers' corrections, unordered, with the data of `DeskSuggestion`."""
    return Suggestion.objects.select_related("segment", "decided_by")
