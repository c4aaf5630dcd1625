"""Translations in the admin: the list, and the workbench as the page of each."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from apps.core.admin_tools.request_user import requesting_editor
from apps.core.admin_tools.row_keys import parse_row_key
from apps.core.refusals import Refusal
from apps.review.acts.claim import TakeClaim
from apps.review.acts.edit_sentences import EditSentences
from apps.review.acts.edit_summary import EditSummary
from apps.review.admin.history import HistoryPage
from apps.review.admin.queue_batch import show_outcome
from apps.review.editing.notes import leave_note
from apps.review.permissions import Right
from apps.review.publishing.actions import ACTS, DeskAction
from apps.review.publishing.bulk import act
from apps.review.refusals import CannotEdit
from apps.review.workbench.context import load_workbench
from apps.review.workbench.views import status_context, workbench_urls
from apps.translation.models import Finding, FindingSeverity, Translation
from apps.translation.pipeline.propose import engines_for_proposals


@admin.register(Translation)
class TranslationAdmin(HistoryPage, admin.ModelAdmin):
    """Calls the services of review for every change."""

    change_form_template = "admin/translation/translation/workbench.html"
    list_display = ("headline", "language", "version", "status", "blocking", "updated_at")
    list_filter = ("status", "language")
    list_select_related = ("paper",)
    search_fields = ("=paper__arxiv_id", "title", "paper__title")
    search_help_text = _("arXiv identifier, or words of the title")
    show_full_result_count = False
    list_per_page = 50
    actions = ("publish_unreviewed", "approve", "take_down", "hold_back", "send_back")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Translation]:
        """Annotate each row with its number of blocking findings."""
        count = (
            Finding.objects.filter(translation=OuterRef("pk"), severity=FindingSeverity.BLOCKING)
            .order_by()
            .values("translation")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return (
            super()
            .get_queryset(request)
            .annotate(blocking_count=Coalesce(Subquery(count, output_field=IntegerField()), 0))
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Translations are taken down, not deleted, to keep their history."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(Right.EDIT.value)

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(Right.APPROVE.value)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(Right.PUBLISH.value)

    def has_retranslate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(Right.RETRANSLATE.value)

    @admin.display(description=_("paper"), ordering="paper__arxiv_id")
    def headline(self, item: Translation) -> str:
        return f"{item.paper.arxiv_id} {item.title or item.paper.title}"

    @admin.display(description=_("blocking findings"), ordering="blocking_count")
    def blocking(self, item: Translation) -> int:
        return item.blocking_count  # type: ignore[attr-defined]

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        mine = [
            *workbench_urls(self.admin_site),
            path("<int:key>/decide/", guarded(require_POST(self.decide)), name="review_decide"),
            path("<int:key>/notes/", guarded(require_POST(self.leave_note)), name="review_note"),
        ]
        return [*mine, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the workbench; without JavaScript, a POST saves all changed texts."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        key = parse_row_key(object_id)
        if request.method == "POST" and self._save_all(request, key):
            return HttpResponseRedirect(request.get_full_path())
        found = Translation.objects.select_related("paper")
        item = get_object_or_404(found, pk=key)
        context = {
            **self.admin_site.each_context(request),
            **status_context(request, item),
            "title": f"{item.paper.arxiv_id}",
            "opts": self.opts,
            "original": item,
            "paper": item.paper,
            "bench": load_workbench(item, typed=_fields(request, "text-"), now=timezone.now()),
            "queue": request.GET.get("_queue", ""),
            "engines": engines_for_proposals(settings.TRANSLATION_ENGINES),
            "typed_summary": request.POST.get("summary"),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.change_form_template, context)

    def _save_all(self, request: HttpRequest, key: int) -> bool:
        """Save the changed texts of the form; return whether all were saved."""
        texts, seen = _fields(request, "text-"), _fields(request, "seen-")
        changed = {item: text for item, text in texts.items() if text != seen.get(item)}
        actor, now = requesting_editor(request), timezone.now()
        try:
            # First, because correcting sentences extracts a new summary from them.
            if request.POST.get("summary", "") != request.POST.get("seen-summary", ""):
                EditSummary(
                    text=request.POST["summary"],
                    seen=request.POST.get("seen-summary"),
                    actor=actor,
                    now=now,
                ).execute(key)
            if changed:
                EditSentences(texts=changed, seen=seen, actor=actor, now=now).execute(key)
        except Refusal as error:
            messages.error(request, str(error))
            return False
        return True

    def decide(self, request: HttpRequest, key: int) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        actor, now = requesting_editor(request), timezone.now()
        name, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
        back = _workbench_url(request, key)
        try:
            if name == TAKE_OVER:
                TakeClaim(actor=actor, now=now, take_over=True).execute(key)
            elif name in DeskAction:
                ACTS[DeskAction(name)](actor=actor, reason=reason, now=now).execute(key)
            else:
                raise CannotEdit(gettext("Choose an action."))
        except Refusal as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _DONE[name])
        return HttpResponseRedirect(back)

    def leave_note(self, request: HttpRequest, key: int) -> HttpResponse:
        """Save a note for the other editors."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        get_object_or_404(Translation, pk=key)
        back = _workbench_url(request, key)
        try:
            text = request.POST.get("note", "")
            leave_note(key, text, actor=requesting_editor(request), now=timezone.now())
        except Refusal as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(f"{back}#notes")

    @admin.action(description=DeskAction.PUBLISH.label, permissions=["publish"])
    def publish_unreviewed(self, request: HttpRequest, chosen: QuerySet[Translation]) -> None:
        self._act(request, chosen, DeskAction.PUBLISH)

    @admin.action(description=DeskAction.APPROVE.label, permissions=["approve"])
    def approve(self, request: HttpRequest, chosen: QuerySet[Translation]) -> None:
        self._act(request, chosen, DeskAction.APPROVE)

    @admin.action(description=DeskAction.TAKE_DOWN.label, permissions=["publish"])
    def take_down(self, request: HttpRequest, chosen: QuerySet[Translation]) -> None:
        self._act(request, chosen, DeskAction.TAKE_DOWN, gettext("taken down in the admin"))

    @admin.action(description=DeskAction.HOLD.label, permissions=["publish"])
    def hold_back(self, request: HttpRequest, chosen: QuerySet[Translation]) -> None:
        self._act(request, chosen, DeskAction.HOLD, gettext("held in the admin"))

    @admin.action(description=DeskAction.SEND_BACK.label, permissions=["retranslate"])
    def send_back(self, request: HttpRequest, chosen: QuerySet[Translation]) -> None:
        self._act(request, chosen, DeskAction.SEND_BACK)

    def _act(
        self,
        request: HttpRequest,
        chosen: QuerySet[Translation],
        action: DeskAction,
        reason: str = "",
    ) -> None:
        keys = list(chosen.values_list("pk", flat=True))
        outcome = act(
            action, keys, actor=requesting_editor(request), reason=reason, now=timezone.now()
        )
        show_outcome(request, outcome)


TAKE_OVER = "take_over"
_DONE: dict[str, Any] = {
    DeskAction.APPROVE: _("Approved and published."),
    DeskAction.PUBLISH: _("Published, marked as not reviewed."),
    DeskAction.TAKE_DOWN: _("Taken down."),
    DeskAction.HOLD: _("Held."),
    DeskAction.SEND_BACK: _(
        "Sent back to machine translation. Sentences that a person wrote are kept."
    ),
    DeskAction.CLAIM: _("You have claimed this translation."),
    TAKE_OVER: _("You have taken this translation over."),
    DeskAction.RELEASE: _("You have released this translation."),
}


def _workbench_url(request: HttpRequest, key: int) -> str:
    """Return the URL of a workbench, with the filter of the queue it was opened from."""
    address = reverse("admin:translation_translation_change", args=[key])
    queue = request.POST.get("_queue", "")
    return f"{address}?{urlencode({'_queue': queue})}" if queue else address


def _fields(request: HttpRequest, prefix: str) -> dict[int, str]:
    """Return key -> text of the fields named `prefix` and a key, with line ends as stored."""
    return {
        key: str(value).replace("\r\n", "\n")
        for name, value in request.POST.items()
        if name.startswith(prefix) and (key := parse_row_key(name.removeprefix(prefix)))
    }
