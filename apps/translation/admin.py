"""The translation memory in the admin; the glossary is in `glossary_admin`."""

from django.contrib import admin
from django.http import HttpRequest

from apps.translation.glossary_admin import GlossaryTermAdmin
from apps.translation.models import MemoryEntry

__all__ = ["GlossaryTermAdmin", "MemoryEntryAdmin"]


@admin.register(MemoryEntry)
class MemoryEntryAdmin(admin.ModelAdmin):
    """Entries can be looked up and deleted; corrections are made where the sentence stands."""

    list_display = ("source", "target", "target_language", "origin", "collection", "created_at")
    list_filter = ("origin", "target_language", "collection")
    search_fields = ("source", "target")
    fields = (
        "source",
        "target",
        "source_language",
        "target_language",
        "origin",
        "collection",
        "licence",
        "created_at",
        "created_by",
    )
    readonly_fields = fields
    list_select_related = ("created_by",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Entries come from approved sentences and imports."""
        return False
