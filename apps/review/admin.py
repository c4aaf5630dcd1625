"""The editors' desk in the admin, a file for each part; and the journal of decisions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.review.fixing_admin import FixAdmin
from apps.review.models import Decision
from apps.review.queue_admin import QueueEntryAdmin
from apps.review.suggestion_admin import SuggestionAdmin
from apps.review.translation_admin import TranslationAdmin

__all__ = [
    "DecisionAdmin",
    "FixAdmin",
    "QueueEntryAdmin",
    "SuggestionAdmin",
    "TranslationAdmin",
]


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """The history of all translations, read only."""

    list_display = ("decided_at", "translation", "kind", "actor", "status_before", "status_after")
    list_filter = ("kind", "status_after")
    list_select_related = ("translation", "actor")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Decisions are made by actions."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Decisions are never edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Decisions are never deleted."""
        return False
