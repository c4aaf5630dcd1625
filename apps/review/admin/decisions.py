"""The list of all decisions in the admin, latest first, with links to their translations."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.paginator import CappedPaginator
from apps.core.admin_tools.read_only import ReadOnlyMixin
from apps.core.admin_tools.row_keys import parse_row_key
from apps.review.history.labels import actor_label, decision_label, status_change_label
from apps.review.models import Decision
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.translation.history_entries import account_name

POLICY = "policy"


class WhoFilter(admin.SimpleListFilter):
    """Filter by who decided: an editor, or the site's policy."""

    title = _("who")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        yield POLICY, gettext("the site's policy")
        for user in User.objects.filter(is_staff=True).order_by("username")[:200]:
            yield str(user.pk), account_name(user)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        chosen = self.value() or ""
        if chosen == POLICY:
            return queryset.filter(actor__isnull=True)
        account = parse_row_key(chosen)
        return queryset.filter(actor=account) if account else queryset


class DayFilter(admin.SimpleListFilter):
    """Filter by day (UTC). For older days, type the day into the search."""

    title = _("when")
    parameter_name = "day"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        today = timezone.now().astimezone(UTC).date()
        days = [today - timedelta(days=number) for number in range(7)]
        return [(day.isoformat(), day.isoformat()) for day in days]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        day = _parse_day(self.value() or "")
        return queryset if day is None else _filter_day(queryset, day)


@admin.register(Decision)
class DecisionAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """Sorted by an index and without full counts, so it stays fast with millions of rows."""

    list_display = ("decided_at", "who", "described", "paper", "status_change", "reason")
    list_display_links = None
    list_filter = ("kind", WhoFilter, DayFilter, "status_after")
    list_select_related = ("translation__paper", "actor")
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    sortable_by = ()
    search_fields = ("translation__paper__arxiv_id__exact",)
    search_help_text = _("an arXiv identifier, or a day: 2026-03-02")
    fields = (
        "paper", "decided_at", "who", "described", "status_change", "reason", "detail", "batch",
    )  # fmt: skip

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Decision], search_term: str
    ) -> tuple[QuerySet[Decision], bool]:
        """Find the decisions of a day, or on a paper by any spelling of its identifier."""
        words = search_term.strip()
        day = _parse_day(words)
        if day is not None:
            return _filter_day(queryset, day), False
        if words:
            try:
                words = str(ArxivId.parse(words).unversioned)
            except InvalidArxivId:
                return queryset.none(), False
        return super().get_search_results(request, queryset, words)

    @admin.display(description=_("who"))
    def who(self, decision: Decision) -> str:
        return actor_label(decision)

    @admin.display(description=_("what"))
    def described(self, decision: Decision) -> str:
        return decision_label(decision)

    @admin.display(description=_("paper"))
    def paper(self, decision: Decision) -> SafeString:
        """Link to the decision in the history of its translation."""
        item = decision.translation
        address = reverse("admin:translation_translation_history", args=[item.pk])
        return format_html(
            '<a href="{}?before={}#entry-{}">{}</a> {}',
            address,
            decision.pk + 1,
            decision.pk,
            item.paper.arxiv_id,
            item.title or item.paper.title,
        )

    @admin.display(description=_("status"))
    def status_change(self, decision: Decision) -> str:
        return status_change_label(decision)


def _parse_day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _filter_day(decisions: QuerySet[Decision], day: date) -> QuerySet[Decision]:
    start = datetime.combine(day, time(), UTC)
    return decisions.filter(decided_at__gte=start, decided_at__lt=start + timedelta(days=1))
