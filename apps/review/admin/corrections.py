"""Corrections everywhere in the admin: the form, a preview of all changes, result and undo."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from apps.core.admin_tools.paginator import CappedPaginator
from apps.core.admin_tools.read_only import ReadOnlyMixin
from apps.core.admin_tools.request_user import requesting_editor
from apps.core.admin_tools.row_keys import parse_row_key
from apps.review.corrections.apply import MOST_AT_ONCE, Outcome, apply_fix, undo_batch
from apps.review.corrections.find import TooGeneral, find_same_error
from apps.review.corrections.forms import FixForm, parse_choice, preview_row
from apps.review.corrections.glossary import save_corrected_term
from apps.review.corrections.offers import offers_of, phrases_of
from apps.review.models import Decision, DecisionKind, Fix
from apps.review.permissions import Right
from apps.translation.models import Segment

_MOST_NAMED = 20


@admin.register(Fix)
class FixAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """The list has one row for each translation that a correction changed, latest first."""

    list_display = ("decided_at", "change", "paper", "actor", "whole")
    list_display_links = None
    list_select_related = ("translation__paper", "actor")
    show_full_result_count = False
    paginator = CappedPaginator
    list_per_page = 50
    change_list_template = "admin/review/fix/change_list.html"
    actions = None

    class Media:
        css = {"all": ("papersite/word_diff.css", "papersite/answering.css")}
        js = ("papersite/answering.js",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fix]:
        return super().get_queryset(request).filter(kind=DecisionKind.FIX)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(Right.EDIT)

    @admin.display(description=_("correction"))
    def change(self, fix: Fix) -> str:
        return fix.reason

    @admin.display(description=_("paper"))
    def paper(self, fix: Fix) -> SafeString:
        address = reverse("admin:translation_translation_change", args=[fix.translation_id])
        return format_html('<a href="{}">{}</a>', address, fix.translation.paper.arxiv_id)

    @admin.display(description=_("all of it"))
    def whole(self, fix: Fix) -> SafeString:
        """Link to the page of the whole correction, where it can be undone."""
        address = reverse("admin:review_fix_batch", args=[fix.batch])
        return format_html('<a href="{}">{}</a>', address, gettext("show, take back"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("begin/", view(self.begin), name="review_fix"),
            path("preview/", view(self.preview), name="review_fix_preview"),
            path("batches/<uuid:batch>/", view(self.result), name="review_fix_batch"),
            *super().get_urls(),
        ]

    def begin(self, request: HttpRequest) -> HttpResponse:
        """Show the form, filled in from the edit `?decision=`, or for the sentence `?segment=`."""
        self._require_right(request)
        decision = _decision_of(request.GET.get("decision", ""))
        offers = offers_of(decision) if decision else []
        chosen = _offer_number(request.GET.get("offer", ""), below=len(offers))
        initial: dict[str, Any] = {"add_term": False, "forbid": True}
        if offers:
            offer = offers[chosen]
            initial |= {
                "wrong": offer.wrong,
                "right": offer.right,
                "source_term": offer.source_term,
            }
        segment = _segment_of(request.GET.get("segment", ""), decision)
        if segment is not None:
            initial["language"] = segment.translation.language
        return self._form_page(
            request,
            FixForm(initial=initial),
            {"decision": decision, "offers": offers, "chosen": chosen, "segment": segment},
        )

    def preview(self, request: HttpRequest) -> HttpResponse:
        """Show all sentences with the error; a POST corrects the chosen ones."""
        self._require_right(request)
        form = FixForm(request.POST if request.method == "POST" else request.GET)
        if not form.is_valid():
            return self._form_page(request, form, {})
        given = form.cleaned_data
        if request.method == "POST":
            return self._apply(request, form)
        try:
            found = find_same_error(
                given["wrong"],
                given["source_term"],
                given["language"],
                right=given["right"],
                limit=MOST_AT_ONCE,
                now=timezone.now(),
            )
        except TooGeneral as error:
            form.add_error("wrong", str(error))
            return self._form_page(request, form, {})
        rows = [preview_row(segment, given) for segment in found.segments]
        context = self._context(request, gettext("What the correction changes")) | {
            "form": form,
            "given": given,
            "entry": form.entry,
            "rows": rows,
            "is_all": found.is_all,
            "most": MOST_AT_ONCE,
            "published": sum(row["is_public"] for row in rows),
            "back": f"{reverse('admin:review_fix')}?{request.GET.urlencode()}",
        }
        return TemplateResponse(request, "admin/review/fix/preview.html", context)

    def result(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        """Show the changes of a correction; a POST undoes them."""
        self._require_right(request)
        if request.method == "POST":
            outcome = undo_batch(batch, actor=requesting_editor(request), now=timezone.now())
            _show_skipped(request, outcome)
            messages.success(
                request,
                ngettext(
                    "%(n)d sentence restored.",
                    "%(n)d sentences restored.",
                    outcome.sentences,
                )
                % {"n": outcome.sentences},
            )
            return HttpResponseRedirect(request.path)
        decisions = list(
            Decision.objects.filter(batch=batch)
            .select_related("translation__paper", "actor")
            .order_by("pk")
        )
        fixes = [item for item in decisions if item.kind == DecisionKind.FIX]
        if not fixes:
            raise Http404
        undone = [item for item in decisions if item.kind == DecisionKind.UNDO]
        context = self._context(request, gettext("A correction made everywhere")) | {
            "fixes": fixes,
            "first": fixes[0],
            "fix": fixes[0].detail["fix"],
            "sentences": sum(len(item.detail["segments"]) for item in fixes),
            "undone": undone[-1] if undone else None,
            "undone_sentences": sum(len(item.detail["segments"]) for item in undone),
            "undone_keys": {
                change["segment"] for item in undone for change in item.detail["segments"]
            },
        }
        return TemplateResponse(request, "admin/review/fix/result.html", context)

    def _apply(self, request: HttpRequest, form: FixForm) -> HttpResponse:
        """Correct the chosen sentences, add the term, and redirect to the result."""
        given, actor, now = form.cleaned_data, requesting_editor(request), timezone.now()
        chosen = dict(
            parse_choice(value) for value in request.POST.getlist("chosen")[:MOST_AT_ONCE]
        )
        batch = uuid4()
        if form.entry is not None:
            term = save_corrected_term(form.entry, actor=actor, now=now)
            messages.success(request, gettext("Added to the glossary: %(term)s") % {"term": term})
        outcome = apply_fix(
            given["wrong"],
            given["right"],
            chosen,
            source_term=given["source_term"],
            actor=actor,
            batch=batch,
            now=now,
        )
        _show_skipped(request, outcome)
        if not outcome.decisions:
            messages.info(request, gettext("No sentence was changed."))
            return HttpResponseRedirect(reverse("admin:review_fix_changelist"))
        messages.success(
            request,
            ngettext("%(n)d sentence corrected.", "%(n)d sentences corrected.", outcome.sentences)
            % {"n": outcome.sentences},
        )
        return HttpResponseRedirect(reverse("admin:review_fix_batch", args=[batch]))

    def _form_page(self, request: HttpRequest, form: FixForm, more: dict[str, Any]) -> HttpResponse:
        segment = more.get("segment")
        context = self._context(request, gettext("Correct an error everywhere")) | {
            "form": form,
            "phrases": phrases_of(segment) if segment else [],
            "may_keep_terms": request.user.has_perm(Right.TERMS),
            **more,
        }
        return TemplateResponse(request, "admin/review/fix/begin.html", context)

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media,
        }

    def _require_right(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def _decision_of(key: str) -> Decision | None:
    return Decision.objects.filter(pk=parse_row_key(key)).first()


def _segment_of(key: str, decision: Decision | None) -> Segment | None:
    """Return the sentence with this key, or the first one that the decision changed."""
    if not key and decision is not None:
        changes = decision.detail.get("segments") or [{}]
        key = str(changes[0].get("segment", ""))
    segments = Segment.objects.select_related("translation__paper")
    return segments.filter(pk=parse_row_key(key)).first()


def _offer_number(text: str, *, below: int) -> int:
    number = parse_row_key(text)
    return number if number < below else 0


def _show_skipped(request: HttpRequest, outcome: Outcome) -> None:
    for item in outcome.skipped[:_MOST_NAMED]:
        messages.warning(
            request,
            gettext("%(paper)s was not changed: %(why)s") % {"paper": item.paper, "why": item.why},
        )
    more = len(outcome.skipped) - _MOST_NAMED
    if more > 0:
        messages.warning(
            request,
            ngettext(
                "%(n)d more sentence was not changed.",
                "%(n)d more sentences were not changed.",
                more,
            )
            % {"n": more},
        )
