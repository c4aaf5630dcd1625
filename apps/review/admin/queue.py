"""The review queue in the admin: translations that need a person, riskiest first.

The list does not use Django's change list, which runs a query for each choice of each filter and
pages by offset. Its URLs, permissions and styles are the admin's.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.core.admin_tools.read_only import ReadOnlyMixin
from apps.core.admin_tools.request_user import requesting_editor
from apps.core.admin_tools.row_keys import parse_row_key
from apps.core.refusals import Refusal
from apps.review.acts.claim import ReleaseClaim, TakeClaim
from apps.review.admin.queue_batch import batch_view
from apps.review.models import QueueEntry
from apps.review.models.queue import RISKIEST_FIRST
from apps.review.permissions import Right
from apps.review.publishing.actions import allowed_actions
from apps.review.queue.facet_counts import MOST_COUNTED, count_entries
from apps.review.queue.facets import choice_groups
from apps.review.queue.filters import BadFilter, QueueFilter
from apps.review.queue.index import next_entry
from apps.review.queue.pagination import parse_position, queue_page
from apps.review.queue.saved_filters import delete_filter, filters_of, save_filter
from apps.translation.models import Translation

QUEUE = "admin:review_queueentry_changelist"


@admin.register(QueueEntry)
class QueueEntryAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """The queue. An entry has no page of its own, but redirects to its translation."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("begin/", view(self.begin), name="review_queue_begin"),
            path("claim/", view(self.claim_one), name="review_queue_claim"),
            path("batch/", view(self.batch), name="review_queue_batch"),
            path("filters/", view(self.keep_filter), name="review_queue_filters"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        editor = self._editor(request)
        now = timezone.now()
        try:
            wanted = QueueFilter.parse(request.GET)
            after = request.GET.get("after", "")
            position = parse_position(after) if after else None
        except BadFilter as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse(QUEUE))
        page = queue_page(wanted, position, editor=editor, now=now)
        counts = count_entries(wanted, editor=editor, now=now)
        query = urlencode(wanted.parameters())
        context = self._context(request) | {
            "title": capfirst(self.opts.verbose_name_plural),
            "subtitle": None,
            "page": page,
            "counts": counts,
            "most_counted": MOST_COUNTED,
            "groups": choice_groups(wanted, counts, languages=len(settings.TARGET_LANGUAGES)),
            "wanted": wanted,
            "query": query,
            "others": {name: text for name, text in wanted.parameters().items() if name != "q"},
            "next_query": urlencode(
                wanted.parameters() | {"after": RISKIEST_FIRST.encode(page.next)}
            )
            if page.next
            else "",
            "is_first": position is None,
            "row_query": urlencode({"_queue": query}) if query else "",
            "saved": filters_of(editor),
            "actions": allowed_actions(editor),
            "may_claim": editor.has_perm(Right.EDIT.value),
        }
        template = "admin/review/queueentry/change_list.html"
        return TemplateResponse(request, template, context | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._editor(request)
        return HttpResponseRedirect(_translation_url(object_id, {}))

    def begin(self, request: HttpRequest) -> HttpResponse:
        """Open the riskiest unclaimed translation of the list, or the next one behind `after`.

        A POST also claims it, so that two editors who start at once do not get the same one.
        """
        editor = self._editor(request)
        given = request.POST if request.method == "POST" else request.GET
        query = _parameters(given)
        now = timezone.now()
        try:
            after = parse_row_key(given.get("after", "")) or None
            entry = next_entry(editor=editor, query=query, after=after, now=now)
            if entry is not None and request.method == "POST":
                TakeClaim(actor=editor, now=now).execute(entry.pk)
        except Refusal as error:
            messages.error(request, str(error))
            return _redirect_to_queue(query)
        if entry is None:
            messages.info(
                request,
                _("This was the last unclaimed translation in this list.")
                if after
                else _("All translations in this list are claimed. Clear the filter."),
            )
            return _redirect_to_queue(query)
        return HttpResponseRedirect(_translation_url(entry.pk, query))

    def claim_one(self, request: HttpRequest) -> HttpResponse:
        """Claim a translation, take it over, or release its claim."""
        editor = self._editor(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        query = _parameters_of(request.POST.get("query", ""))
        for verb in ("claim", "take_over", "release"):
            key = parse_row_key(request.POST.get(verb, ""))
            if key:
                self._claim(request, verb, key, editor)
        return _redirect_to_queue(query)

    def batch(self, request: HttpRequest) -> HttpResponse:
        """Preview an action on the chosen translations, or carry it out once confirmed."""
        editor = self._editor(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return batch_view(request, editor, self._context(request))

    def keep_filter(self, request: HttpRequest) -> HttpResponse:
        """Save the current filter under a name, or delete a saved one."""
        editor = self._editor(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        query = _parameters_of(request.POST.get("query", ""))
        unwanted = parse_row_key(request.POST.get("delete", ""))
        if unwanted:
            delete_filter(unwanted, editor=editor)
            return _redirect_to_queue(query)
        try:
            saved = save_filter(
                request.POST.get("name", ""), query, editor=editor, now=timezone.now()
            )
        except Refusal as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The filter “%s” is saved.") % saved.name)
        return _redirect_to_queue(query)

    def _claim(self, request: HttpRequest, verb: str, key: int, editor: User) -> None:
        now = timezone.now()
        try:
            if verb == "release":
                ReleaseClaim(actor=editor, now=now).execute(key)
            else:
                TakeClaim(actor=editor, now=now, take_over=verb == "take_over").execute(key)
        except Refusal as error:
            messages.error(request, str(error))
        except Translation.DoesNotExist:
            messages.error(request, _("This translation no longer exists."))

    def _editor(self, request: HttpRequest) -> User:
        """Return the editor. Raises PermissionDenied if they may not see the queue."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return requesting_editor(request)

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}


def _parameters(given: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of a request: in the field `query`, or as its own parameters."""
    written = given.get("query")
    return dict(given.items()) if written is None else _parameters_of(written)


def _parameters_of(query: str) -> dict[str, str]:
    """Return the filters of a query string from a form; none if it is invalid."""
    try:
        return QueueFilter.parse(QueryDict(query[:2000])).parameters()
    except BadFilter:
        return {}


def _redirect_to_queue(query: Mapping[str, str]) -> HttpResponseRedirect:
    address = reverse(QUEUE)
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)


def _translation_url(key: int | str, query: Mapping[str, str]) -> str:
    address = reverse("admin:translation_translation_change", args=[key])
    return f"{address}?{urlencode({'_queue': urlencode(query)})}" if query else address
