"""Scores in the admin, read-only: why a paper has its score and rank."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.paginator import CappedPaginator
from apps.discovery.admin.formulas import FormulasPage
from apps.discovery.models import Score, ScoreRank
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.selectors import outside_signals_of_each
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES

_ROW_OF_THREE = '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>'


class FormulaFilter(admin.SimpleListFilter):
    """By formula, from the code instead of a query over all scores."""

    title = _("formula")
    parameter_name = "formula"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        for version in sorted(FORMULAS, reverse=True):
            in_force = version == settings.SCORE_FORMULA
            yield str(version), gettext("%d (in force)") % version if in_force else str(version)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Score]) -> QuerySet[Score]:
        chosen = self.value() or ""
        return queryset.filter(formula=int(chosen)) if chosen.isdecimal() else queryset


class RankedFilter(admin.SimpleListFilter):
    """By rank within day and category."""

    title = _("place")
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [
            ("1", gettext("first")),
            ("10", gettext("first ten")),
            ("none", gettext("not ranked")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Score]) -> QuerySet[Score]:
        chosen = self.value() or ""
        if chosen == "none":
            return queryset.filter(rank__isnull=True)
        return queryset.filter(rank__place__lte=int(chosen)) if chosen.isdecimal() else queryset


@admin.register(Score)
class ScoreAdmin(FormulasPage, admin.ModelAdmin):
    """All scores; for each its components, its history and outside signals."""

    change_list_template = "admin/discovery/score/change_list.html"

    list_display = ("arxiv_id", "title", "points", "formula", "place", "category", "day")
    list_filter = (FormulaFilter, RankedFilter)
    list_select_related = ("paper", "rank")
    # No index supports other orders of millions of scores.
    sortable_by = ()
    search_fields = ("paper__arxiv_id__exact",)
    search_help_text = _(
        "arXiv identifier without version; or a day, a category or both, to see that day's "
        "ranks: cs.CL 2025-02-28"
    )
    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    # Newest first, along the primary key.
    ordering = ("-id",)
    fields = (
        *("arxiv_id", "title", "points", "formula", "scored_at", "standing"),
        *("made_of", "history", "outside"),
    )
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A score states what was known when the paper arrived."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=_("arXiv identifier"))
    def arxiv_id(self, score: Score) -> str:
        return score.paper.arxiv_id

    @admin.display(description=_("title"))
    def title(self, score: Score) -> str:
        return score.paper.title

    @admin.display(description=_("score"))
    def points(self, score: Score) -> str:
        return f"{score.value:.1f}"

    @admin.display(description=_("place"))
    def place(self, score: Score) -> str:
        rank = rank_of(score)
        return "–" if rank is None else f"{rank.place} / {rank.papers}"

    @admin.display(description=_("primary category"))
    def category(self, score: Score) -> str:
        rank = rank_of(score)
        return "" if rank is None else rank.category

    @admin.display(description=_("day of submission"))
    def day(self, score: Score) -> str:
        rank = rank_of(score)
        return "" if rank is None else rank.day.isoformat()

    @admin.display(description=_("place"))
    def standing(self, score: Score) -> str | SafeString:
        """Return the rank, with a link to all ranks of that day and category."""
        rank = rank_of(score)
        if rank is None:
            return gettext("not ranked (only published papers that are not withdrawn are ranked)")
        group = f"{rank.category} {rank.day}".strip()
        query = urlencode({"q": group, "formula": score.formula})
        address = f"{reverse('admin:discovery_score_changelist')}?{query}"
        return format_html('{} / {} (<a href="{}">{}</a>)', rank.place, rank.papers, address, group)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Score], search_term: str
    ) -> tuple[QuerySet[Score], bool]:
        """Search by identifier, or by days and categories with the index of ranks."""
        words = search_term.split()
        days, codes = (
            [w for w in words if _is_iso_date(w)],
            [w for w in words if w in CURRENT_CATEGORIES],
        )
        if not words or len(days) + len(codes) < len(words):
            return super().get_search_results(request, queryset, search_term)
        if days:
            queryset = queryset.filter(rank__day__in=days)
        if codes:
            queryset = queryset.filter(rank__category__in=codes)
        return queryset.order_by("-rank__day", "rank__category", "rank__place", "pk"), False

    @admin.display(description=_("why it has this score"))
    def made_of(self, score: Score) -> SafeString:
        formula = FORMULAS.get(score.formula)
        known = {} if formula is None else {part.name: part for part in formula.components}
        rows = []
        for stored in score.components:
            part = known.get(stored["name"])
            fact = stored.get("fact", {})
            most = f" / {part.weight}" if part else ""
            rows.append(
                (
                    part.label if part else stored["name"],
                    part.meaning if part else "",
                    (part.fact_label(fact) if part else "") or "–",
                    f"{stored['value']:.2f}",
                    f"{stored['points']:.1f}{most}",
                )
            )
        body = format_html_join(
            "",
            '<tr><th scope="row">{}<br><small>{}</small></th>'
            "<td>{}</td><td>{}</td><td>{}</td></tr>",
            rows,
        )
        return _table((_("component"), _("fact"), _("value"), _("points")), body)

    @admin.display(description=_("scores by formula"))
    def history(self, score: Score) -> SafeString:
        scores = Score.objects.filter(paper=score.paper_id).order_by("-formula")
        rows = (
            (item.formula, f"{item.value:.1f}", f"{item.scored_at:%Y-%m-%d %H:%M}")
            for item in scores
        )
        body = format_html_join("", _ROW_OF_THREE, rows)
        return _table((_("formula"), _("score"), _("scored")), body)

    @admin.display(description=_("outside signals (not part of the score)"))
    def outside(self, score: Score) -> str | SafeString:
        signals = outside_signals_of_each([score.paper_id])[score.paper_id]
        if not signals:
            return gettext("none (set the sources in OUTSIDE_SIGNALS)")
        rows = (
            (signal.source, signal.citations, f"{signal.asked_at:%Y-%m-%d}") for signal in signals
        )
        body = format_html_join("", _ROW_OF_THREE, rows)
        return _table((_("source"), _("citations"), _("asked")), body)


def rank_of(score: Score) -> ScoreRank | None:
    return getattr(score, "rank", None)


def _is_iso_date(word: str) -> bool:
    try:
        date.fromisoformat(word)
    except ValueError:
        return False
    return True


def _table(heads: Iterable[Any], body: SafeString) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((text,) for text in heads))
    return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, body)
