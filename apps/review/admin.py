"""Translations in the admin. Every change goes through the services; this only asks them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from apps.review.editing import CannotEdit, edit_segments, edit_summary, retranslate
from apps.review.history_admin import HistoryPage
from apps.review.journal_admin import DecisionAdmin
from apps.review.models import Decision
from apps.review.people_admin import FailedLoginAdmin, PersonAdmin, RoleAdmin
from apps.review.publishing import CannotPublish, hold, publish, unpublish
from apps.translation.models import FindingSeverity, Segment, Translation
from apps.translation.status import ForbiddenTransition

__all__ = ["DecisionAdmin", "FailedLoginAdmin", "PersonAdmin", "RoleAdmin", "TranslationAdmin"]


class SegmentForm(forms.ModelForm):
    """The text of one sentence."""

    class Meta:
        model = Segment
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "cols": 60, "lang": "ja"})}


class SegmentInline(admin.TabularInline):
    """Source and target sentence by sentence, with what the checks say."""

    model = Segment
    form = SegmentForm
    extra = 0
    can_delete = False
    fields = ("source_text", "text", "where_from", "what_checks_say")
    readonly_fields = ("source_text", "where_from", "what_checks_say")
    verbose_name_plural = _("sentences")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Sentences come from the paper."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Segment]:
        """Fetch the findings along."""
        return super().get_queryset(request).prefetch_related("findings")

    @admin.display(description=_("source"))
    def source_text(self, segment: Segment) -> SafeString:
        """Return the sentence of the paper."""
        return format_html('<span lang="en">{}</span>', segment.source)

    @admin.display(description=_("origin"))
    def where_from(self, segment: Segment) -> str:
        """Return who or what made the text."""
        parts = [segment.get_origin_display() or segment.get_state_display(), segment.engine]
        if segment.approved_at:
            parts.append(gettext("approved"))
        if segment.last_error:
            parts.append(segment.last_error)
        return " / ".join(part for part in parts if part)

    @admin.display(description=_("findings"))
    def what_checks_say(self, segment: Segment) -> str | SafeString:
        """Return the findings, gravest first."""
        japanese = (translation.get_language() or "ja").startswith("ja")
        rows = (
            (item.get_severity_display(), item.message_ja if japanese else item.message_en)
            for item in segment.findings.all()
        )
        return format_html_join("", "<p><strong>{}</strong> {}</p>", rows) or "–"


class DecisionInline(admin.TabularInline):
    """The history of a translation."""

    model = Decision
    extra = 0
    can_delete = False
    fields = ("decided_at", "kind", "actor", "status_before", "status_after", "reason")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Decisions are made by actions."""
        return False


def editor_of(request: HttpRequest) -> User:
    """Return who is logged in; the admin lets nobody else in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


Decide = Callable[[int], object]


@admin.register(Translation)
class TranslationAdmin(HistoryPage, admin.ModelAdmin):
    """The list and the page of translations."""

    list_display = ("headline", "language", "version", "status", "blocking", "updated_at")
    list_filter = ("status", "language", "findings__name", "segments__origin")
    search_fields = ("paper__arxiv_id__exact", "title", "paper__title")
    search_help_text = _("arXiv identifier, or words of the title")
    show_full_result_count = False
    list_per_page = 50
    fields = (
        "paper_link",
        "public_link",
        "status",
        "status_reason",
        "version",
        "title",
        "abstract",
        "summary",
        "published_at",
        "updated_at",
    )
    readonly_fields = tuple(name for name in fields if name != "summary")
    inlines = (SegmentInline, DecisionInline)
    actions = ("publish_unreviewed", "approve", "take_down", "hold_back", "send_back")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Translation]:
        """Fetch the papers along and count blocking findings."""
        grave = Count("findings", filter=Q(findings__severity=FindingSeverity.BLOCKING))
        return super().get_queryset(request).select_related("paper").annotate(grave=grave)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Translations are opened by the pipeline."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Translations are taken down, not deleted: their history stays."""
        return False

    @admin.display(description=_("paper"), ordering="paper__arxiv_id")
    def headline(self, item: Translation) -> str:
        """Return identifier and title."""
        return f"{item.paper.arxiv_id} {item.title or item.paper.title}"

    @admin.display(description=_("blocking findings"), ordering="grave")
    def blocking(self, item: Translation) -> int:
        """Return how many blocking findings there are."""
        return item.grave  # type: ignore[attr-defined]

    @admin.display(description=_("paper"))
    def paper_link(self, item: Translation) -> SafeString:
        """Return a link to the paper in the admin."""
        address = reverse("admin:papers_paper_change", args=[item.paper_id])
        return format_html('<a href="{}">{}</a>', address, item.paper)

    @admin.display(description=_("public page"))
    def public_link(self, item: Translation) -> str | SafeString:
        """Return a link to the public page, once there is one."""
        if not item.is_public:
            return "–"
        return format_html('<a href="/papers/{0}/">/papers/{0}/</a>', item.paper.arxiv_id)

    def save_model(self, request: HttpRequest, obj: Translation, form: Any, change: bool) -> None:
        """Give a changed summary to the service; the other fields cannot be changed here."""
        if "summary" in form.changed_data:
            edit_summary(
                obj.pk, form.cleaned_data["summary"], actor=editor_of(request), now=timezone.now()
            )

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseInlineFormSet, change: bool
    ) -> None:
        """Give the changed sentences to the service."""
        formset.save(commit=False)
        if formset.model is not Segment:
            return
        texts = {segment.pk: segment.text for segment, _changed in formset.changed_objects}
        if not texts:
            return
        try:
            edit_segments(form.instance.pk, texts, actor=editor_of(request), now=timezone.now())
        except CannotEdit as error:
            messages.error(request, str(error))

    @admin.action(
        description=_("Publish as unreviewed machine translation"), permissions=["change"]
    )
    def publish_unreviewed(self, request: HttpRequest, chosen: QuerySet[Translation]) -> None:
        """Publish the chosen translations unless a finding blocks."""
        self._each(
            request,
            chosen,
            lambda key: publish(key, actor=editor_of(request), reviewed=False, now=timezone.now()),
        )

    @admin.action(description=_("Approve after reading, and publish"), permissions=["change"])
    def approve(self, request: HttpRequest, chosen: QuerySet[Translation]) -> None:
        """Approve and publish the chosen translations."""
        self._each(
            request,
            chosen,
            lambda key: publish(key, actor=editor_of(request), reviewed=True, now=timezone.now()),
        )

    @admin.action(description=_("Take down"), permissions=["change"])
    def take_down(self, request: HttpRequest, chosen: QuerySet[Translation]) -> None:
        """Take the chosen translations down."""
        reason = gettext("taken down in the admin")
        self._each(
            request,
            chosen,
            lambda key: unpublish(key, actor=editor_of(request), reason=reason, now=timezone.now()),
        )

    @admin.action(description=_("Hold for an editor"), permissions=["change"])
    def hold_back(self, request: HttpRequest, chosen: QuerySet[Translation]) -> None:
        """Hold the chosen translations."""
        reason = gettext("held in the admin")
        self._each(
            request,
            chosen,
            lambda key: hold(key, actor=editor_of(request), reason=reason, now=timezone.now()),
        )

    @admin.action(description=_("Translate again by machine"), permissions=["change"])
    def send_back(self, request: HttpRequest, chosen: QuerySet[Translation]) -> None:
        """Send what no person wrote back to the machine."""
        self._each(
            request,
            chosen,
            lambda key: retranslate(key, actor=editor_of(request), now=timezone.now()),
        )

    def _each(self, request: HttpRequest, chosen: QuerySet[Translation], decide: Decide) -> None:
        """Decide each by itself, so that one that cannot be changed does not stop the others."""
        done = 0
        for item in chosen:
            try:
                decide(item.pk)
            except (CannotEdit, CannotPublish, ForbiddenTransition) as error:
                messages.error(request, f"{item.paper.arxiv_id}: {error}")
            else:
                done += 1
        if done:
            messages.success(
                request,
                ngettext("%(n)s translation changed.", "%(n)s translations changed.", done)
                % {"n": done},
            )
