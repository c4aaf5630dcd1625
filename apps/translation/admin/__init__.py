"""The translation memory in the admin; `glossary` registers the glossary."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.paginator import CappedPaginator
from apps.text.hygiene.normalise import source_hash
from apps.translation.admin.glossary import GlossaryTermAdmin, TermRevisionAdmin
from apps.translation.memory.deletion import log_deletions
from apps.translation.memory.fuzzy_match import fuzzy_matches
from apps.translation.models import MemoryEntry

__all__ = ["GlossaryTermAdmin", "MemoryEntryAdmin", "TermRevisionAdmin"]

MOST_SIMILAR = 20
"""How many similar entries are listed."""


class LanguageFilter(admin.SimpleListFilter):
    """Filter by the languages of the site, without a query for distinct values."""

    title = _("target language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, code) for code in settings.TARGET_LANGUAGES]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[MemoryEntry]
    ) -> QuerySet[MemoryEntry]:
        return queryset.filter(target_language=self.value()) if self.value() else queryset


@admin.register(MemoryEntry)
class MemoryEntryAdmin(admin.ModelAdmin):
    """Look up and delete entries. Editors correct a sentence on the workbench."""

    list_display = ("source", "target", "target_language", "origin", "collection", "created_at")
    list_filter = (LanguageFilter,)
    search_fields = ("source",)
    search_help_text = _(
        "a whole sentence of the source language: finds its translations and similar sentences"
    )
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
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    # Only the primary key has an index for sorting millions of entries.
    sortable_by = ()
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[MemoryEntry], search_term: str
    ) -> tuple[QuerySet[MemoryEntry], bool]:
        """Find a sentence by its hash, and similar sentences by their sketches."""
        if not search_term.strip():
            return queryset, False
        keys: set[int] = set()
        for language in settings.TARGET_LANGUAGES:
            pair = settings.SOURCE_LANGUAGE, language
            same = MemoryEntry.objects.exact([source_hash(search_term)], *pair)
            keys.update(same.values_list("pk", flat=True)[:MOST_SIMILAR])
            like = fuzzy_matches(search_term, *pair, limit=MOST_SIMILAR, at_least=0.3)
            keys.update(match.entry for match in like)
        return queryset.filter(pk__in=keys), False

    def log_deletions(self, request: HttpRequest, queryset: Iterable[MemoryEntry]) -> Any:
        """Log the full text of each deleted pair."""
        return log_deletions(queryset, actor_key=request.user.pk)
