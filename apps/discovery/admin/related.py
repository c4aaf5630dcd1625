"""Related papers in the admin: editors view a list, pin papers to it and hide papers from it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.admin_tools.paginator import CappedPaginator
from apps.core.admin_tools.request_user import requesting_editor
from apps.discovery.models import RelatedChoice, RelatedDecision, RelatedPaper
from apps.discovery.related.curation import (
    PERMISSION,
    CannotChoose,
    choices_of_each,
    choose,
    find_paper,
)
from apps.papers.models import Paper


class ChoiceForm(forms.Form):
    """A choice about one paper, given by its arXiv identifier or address."""

    other = forms.CharField(label=gettext_lazy("arXiv identifier or address"), max_length=200)
    decision = forms.ChoiceField(
        choices=[*RelatedDecision.choices, ("", gettext_lazy("use the automatic result"))],
        required=False,
        label=gettext_lazy("decision"),
    )


@admin.register(RelatedChoice)
class RelatedChoiceAdmin(admin.ModelAdmin):
    """All choices, and one page for the list of each paper."""

    list_display = ("list_of", "decision", "other_paper", "chosen_by", "chosen_at")
    list_display_links = None
    list_filter = ("decision", "chosen_at")
    list_select_related = ("paper", "other", "chosen_by")
    search_fields = ("paper__arxiv_id__exact", "other__arxiv_id__exact")
    search_help_text = gettext_lazy("An arXiv identifier, without version.")
    paginator = CappedPaginator
    show_full_result_count = False
    change_list_template = "admin/discovery/relatedchoice/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Existing choices are not edited; a new one replaces them."""
        return obj is None and super().has_change_permission(request, obj)

    @admin.display(description=gettext_lazy("list of"), ordering="paper__arxiv_id")
    def list_of(self, choice: RelatedChoice) -> SafeString:
        """Return the paper whose list it is, linked to that list."""
        address = reverse("admin:discovery_related_list", args=[choice.paper.pk])
        return format_html('<a href="{}">{}</a>', address, choice.paper)

    @admin.display(description=gettext_lazy("paper"), ordering="other__arxiv_id")
    def other_paper(self, choice: RelatedChoice) -> str:
        return str(choice.other)

    def get_urls(self) -> list[URLPattern]:
        mine = [
            path("find/", self.admin_site.admin_view(self.find), name="discovery_related_find"),
            path(
                "list/<int:key>/",
                self.admin_site.admin_view(self.edit_list),
                name="discovery_related_list",
            ),
        ]
        return [*mine, *super().get_urls()]

    def find(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the list of the paper in `?paper=`."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            paper = find_paper(request.GET.get("paper", ""))
        except CannotChoose as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:discovery_relatedchoice_changelist"))
        return HttpResponseRedirect(reverse("admin:discovery_related_list", args=[paper.pk]))

    def edit_list(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show the list of a paper; POST makes one choice."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        paper = get_object_or_404(Paper, pk=key)
        form = ChoiceForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._choose(request, paper, form.cleaned_data)
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Papers related to %(paper)s") % {"paper": paper.arxiv_id},
            "opts": self.opts,
            "paper": paper,
            "rows": _rows(paper),
            "form": form,
            "may_choose": request.user.has_perm(PERMISSION),
        }
        return render(request, "admin/discovery/relatedchoice/list.html", context)

    def _choose(self, request: HttpRequest, paper: Paper, given: dict[str, str]) -> None:
        decision = RelatedDecision(given["decision"]) if given["decision"] else None
        try:
            other = find_paper(given["other"])
            choose(paper, other, decision, actor=requesting_editor(request), now=timezone.now())
        except CannotChoose as error:
            messages.error(request, str(error))
            return
        label = decision.label if decision else _("use the automatic result")
        self.log_change(request, paper, f"{other.arxiv_id}: {label}")
        messages.success(request, f"{other.arxiv_id}: {label}")


def _rows(paper: Paper) -> list[dict[str, Any]]:
    """Return the automatic list and the choices of editors, in the order of the page."""
    choices = choices_of_each([paper.pk])[paper.pk]
    found = {
        row.other_id: row
        for row in RelatedPaper.objects.filter(paper=paper)
        .select_related("other")
        .order_by("-nearness", "-similarity", "other_id")
    }
    chosen = Paper.objects.in_bulk([key for key in choices if key not in found])
    order = [*choices, *(key for key in found if key not in choices)]
    return [
        {
            "paper": found[key].other if key in found else chosen[key],
            "similarity": found[key].similarity if key in found else None,
            "shared_terms": found[key].shared_terms if key in found else [],
            "decision": choices.get(key),
        }
        for key in order
    ]
