"""Papers in the admin, read-only: only a harvest changes a paper."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.paginator import CappedPaginator
from apps.core.admin_tools.read_only import ReadOnlyMixin
from apps.papers.models import Paper, PaperChange, PaperVersion


class VersionInline(ReadOnlyMixin, admin.TabularInline):
    model = PaperVersion
    fields = ("number", "submitted_at", "size_kb", "title")
    extra = 0


class ChangeInline(ReadOnlyMixin, admin.TabularInline):
    model = PaperChange
    fields = ("seen_at", "kind", "before", "after")
    extra = 0


@admin.register(Paper)
class PaperAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """Search by identifier and title. Nothing is counted, so it stays fast with millions."""

    list_display = (
        "arxiv_id",
        "title",
        "primary_category",
        "latest_version",
        "submitted_at",
        "changed_at",
        "withdrawn",
    )
    list_filter = (("withdrawn_at", admin.EmptyFieldListFilter), "source_format")
    search_fields = ("=arxiv_id", "title")
    search_help_text = _("an arXiv identifier without version, or words of the title")
    change_form_template = "admin/papers/paper/change_form.html"
    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    inlines = (VersionInline, ChangeInline)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Show the authors' names in place of their JSON."""
        fields = [field.name for field in Paper._meta.fields if field.name != "id"]
        return ["people" if name == "authors" else name for name in fields]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.get_fields(request, obj)

    @admin.display(description=_("authors"))
    def people(self, paper: Paper) -> str:
        return ", ".join(paper.author_names)

    @admin.display(description=_("withdrawn"), boolean=True)
    def withdrawn(self, paper: Paper) -> bool:
        return paper.is_withdrawn

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Search titles only if the term is not the identifier of a paper."""
        by_identifier = queryset.filter(arxiv_id=search_term.strip())
        if search_term.strip() and by_identifier.exists():
            return by_identifier, False
        return super().get_search_results(request, queryset, search_term)
