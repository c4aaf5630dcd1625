"""The translation memory in the admin."""

from django.contrib import admin
from django.http import HttpRequest

from apps.translation.models import MemoryEntry


@admin.register(MemoryEntry)
class MemoryEntryAdmin(admin.ModelAdmin):
    """Entries can be looked up and deleted; corrections are made where the sentence stands."""

    list_display = ("source", "target", "target_language", "origin", "collection", "created_at")
    list_filter = ("origin", "target_language", "collection")
    search_fields = ("source", "target")
    readonly_fields = [field.name for field in MemoryEntry._meta.fields]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Entries come from approved sentences and imports."""
        return False
