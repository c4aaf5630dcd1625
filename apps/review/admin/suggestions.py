"""Readers' corrections in the admin: the list, and the page to accept or decline one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.paginator import CappedPaginator
from apps.core.admin_tools.read_only import ReadOnlyMixin
from apps.core.admin_tools.request_user import requesting_editor
from apps.core.admin_tools.row_keys import parse_row_key
from apps.core.labels import label_text
from apps.core.refusals import Refusal
from apps.review.corrections.offers import offers_of
from apps.review.history.labels import segment_label
from apps.review.models import LONGEST_TEXT, Decision, Suggestion, SuggestionState
from apps.review.models.suggestions import OLDEST_FIRST
from apps.review.permissions import Right
from apps.review.suggestions.service import accept, decline
from apps.review.templatetags.desk import word_diff
from apps.translation.pipeline.finish import check_segment, glossary_into


class AcceptForm(forms.Form):
    """Accepting a correction. seen: the sentence's text that the editor saw beside it."""

    text = forms.CharField(
        label=_("text to accept"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    with_credit = forms.BooleanField(label=_("show the reader's name"), required=False)


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("reason"),
        max_length=300,
        help_text=_("For the history; the reader does not see it."),
        widget=forms.TextInput(attrs={"data-key": "d", "size": 60}),
    )


class StateFilter(admin.SimpleListFilter):
    """Filter by state; without a choice, only open ones are listed."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*SuggestionState.choices[1:], ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        found = list(super().choices(changelist))
        found[0]["display"] = SuggestionState.OPEN.label
        return found

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Suggestion]
    ) -> QuerySet[Suggestion]:
        if self.value() == "all":
            return queryset
        if self.value() in SuggestionState.values:
            return queryset.filter(state=self.value())
        return queryset.filter(decided_at__isnull=True)


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """The list of readers' corrections, oldest first, and a page for each."""

    list_display = ("what_changes", "paper", "times", "state", "received_at")
    list_filter = (StateFilter, "segment__field", "received_at")
    list_select_related = ("segment__translation__paper",)
    search_fields = ("=segment__translation__paper__arxiv_id", "text", "credit")
    search_help_text = _("arXiv identifier, or words of the suggestion")
    show_full_result_count = False
    paginator = CappedPaginator
    list_per_page = 50
    actions = None

    class Media:
        css = {"all": ("papersite/word_diff.css", "papersite/answering.css")}
        js = ("papersite/answering.js",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(Right.ANSWER) or super().has_view_permission(request, obj)

    @admin.display(description=_("correction"))
    def what_changes(self, suggestion: Suggestion) -> SafeString:
        """Return the difference to the text that the reader saw."""
        return format_html(
            '<span class="diff" lang="{}">{}</span>',
            suggestion.segment.translation.language,
            word_diff(suggestion.base_text, suggestion.text),
        )

    @admin.display(description=_("paper"), ordering="segment__translation__paper__arxiv_id")
    def paper(self, suggestion: Suggestion) -> SafeString:
        """Link to all corrections of the paper, with the place of the sentence."""
        name = suggestion.segment.translation.paper.arxiv_id
        address = reverse("admin:review_suggestion_changelist")
        return format_html(
            '<a href="{}?state=all&q={}">{}</a><br>{}',
            address, name, name, segment_label(suggestion.segment),
        )  # fmt: skip

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a correction beside its sentence; a POST answers it and opens the next."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        suggestion = get_object_or_404(
            Suggestion.objects.select_related("segment__translation__paper", "decided_by"),
            pk=parse_row_key(object_id),
        )
        is_acceptance = "accept" in request.POST
        accepting = AcceptForm(
            request.POST if is_acceptance else None,
            initial={
                "text": suggestion.text,
                "seen": suggestion.segment.text,
                "with_credit": True,
            },
        )
        declining = DeclineForm(request.POST if "decline" in request.POST else None)
        if request.method == "POST" and self._answer(request, suggestion, accepting, declining):
            return HttpResponseRedirect(self._next_url(request, suggestion))
        if is_acceptance:
            # Keep the typed text, but compare it with the current one.
            typed = request.POST.copy()
            typed["seen"] = suggestion.segment.text
            accepting = AcceptForm(typed)
        segment = suggestion.segment
        accepting.fields["text"].widget.attrs["lang"] = segment.translation.language
        following = next_open(suggestion)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("A reader's correction"),
            "opts": self.opts,
            "media": self.media,
            "suggestion": suggestion,
            "segment": segment,
            "translation": segment.translation,
            "paper": segment.translation.paper,
            "place": segment_label(segment),
            "changed_since": segment.text != suggestion.base_text,
            "findings": findings_of(suggestion),
            "accepting": accepting,
            "declining": declining,
            "may_answer": request.user.has_perm(Right.ANSWER),
            "following": following and self._page(following),
        }
        return TemplateResponse(request, "admin/review/suggestion/answer.html", context)

    def _answer(
        self,
        request: HttpRequest,
        suggestion: Suggestion,
        accepting: AcceptForm,
        declining: DeclineForm,
    ) -> bool:
        """Accept or decline, as the pressed button says; return whether it was done."""
        actor, now = requesting_editor(request), timezone.now()
        try:
            if accepting.is_bound and accepting.is_valid():
                decision = accept(suggestion.pk, actor=actor, now=now, **accepting.cleaned_data)
                messages.success(
                    request, _accepted_message(decision, accepting.cleaned_data["text"])
                )
                return True
            if declining.is_bound and declining.is_valid():
                decline(suggestion.pk, actor=actor, now=now, **declining.cleaned_data)
                messages.success(request, gettext("Declined: %(text)s") % {"text": suggestion.text})
                return True
        except Refusal as error:
            messages.error(request, str(error))
            suggestion.refresh_from_db()
            suggestion.segment.refresh_from_db()
        return False

    def _next_url(self, request: HttpRequest, suggestion: Suggestion) -> str:
        """Return the URL of the next open correction, or of the list if none is left."""
        following = next_open(suggestion)
        if following is not None:
            return self._page(following)
        messages.info(request, gettext("There are no more open corrections."))
        return reverse("admin:review_suggestion_changelist")

    def _page(self, suggestion: Suggestion) -> str:
        return reverse("admin:review_suggestion_change", args=[suggestion.pk])


def _accepted_message(decision: Decision, accepted: str) -> SafeString:
    """Return the message, with a link for correcting the same error everywhere."""
    text = gettext("Accepted: %(text)s") % {"text": accepted}
    if not offers_of(decision):
        return format_html("{}", text)
    address = f"{reverse('admin:review_fix')}?decision={decision.pk}"
    offer = gettext("Correct an error everywhere")
    return format_html('{} <a href="{}">{}</a>', text, address, offer)


def next_open(suggestion: Suggestion) -> Suggestion | None:
    """Return the next newer open correction, or the oldest other one."""
    others = Suggestion.objects.filter(decided_at__isnull=True).exclude(pk=suggestion.pk)
    later = OLDEST_FIRST.after(others, OLDEST_FIRST.position_of(suggestion))
    return later.first() or others.first()


def findings_of(suggestion: Suggestion) -> list[tuple[str, str]]:
    """Check the proposed text; return (severity, message) of each finding, storing none."""
    segment = suggestion.segment
    translation = segment.translation
    terms = glossary_into(translation.language)
    found = check_segment(translation, segment, terms, text=suggestion.text)
    return [(item.severity.value, label_text(item.message)) for item in found]
