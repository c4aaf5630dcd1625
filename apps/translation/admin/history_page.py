"""A readable history page in the admin: who did what, when and why, with restore."""

from itertools import groupby
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.core.admin_tools.row_keys import parse_row_key
from apps.core.keyset import LATEST_ADDED, Page
from apps.core.refusals import Refusal
from apps.translation.history_entries import HistoryEntry

PER_PAGE = 50


class CannotRestore(Refusal):
    """Something cannot be restored; the message says why and what to do."""

    code = "cannot-restore"


class ReadableHistory(admin.ModelAdmin):
    """A base class: subclasses implement `history_of` and `restore`."""

    history_template = "admin/desk/history.html"

    def subject(self, request: HttpRequest, object_id: str) -> Model | None:
        """Return the object whose history is shown."""
        return self.get_object(request, object_id)

    def subject_name(self, obj: Any) -> str:
        """Return the name of the object on the page."""
        return str(obj)

    def history_of(self, request: HttpRequest, obj: Any, before: int | None) -> Page[HistoryEntry]:
        """Return a page of entries, the latest first: those before the row key `before`."""
        raise NotImplementedError

    def may_restore(self, request: HttpRequest, obj: Any) -> bool:
        """Whether restoring is offered."""
        return self.has_change_permission(request, obj)

    def restore(
        self, request: HttpRequest, obj: Any, wanted: str, *, seen: str, reason: str
    ) -> str:
        """Restore and return the message to show.

        Args:
            request: the editor's request.
            obj: the object whose history is shown.
            wanted: the `restore` of the chosen entry.
            seen: the `seen` of that entry when the page was made.
            reason: the editor's reason.

        Raises:
            Refusal: it cannot be restored.
        """
        raise NotImplementedError

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the history, or restore on POST. A refused POST keeps the typed reason."""
        obj = self.subject(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        failed: dict[str, str] = {}
        if request.method == "POST":
            if not self.may_restore(request, obj):
                raise PermissionDenied
            wanted, reason = request.POST.get("restore", ""), request.POST.get("reason", "")
            seen = request.POST.get("seen", "").replace("\r\n", "\n")
            try:
                done = self.restore(request, obj, wanted, seen=seen, reason=reason.strip())
            except Refusal as error:
                messages.error(request, str(error))
                failed = {"restore": wanted, "reason": reason}
            else:
                messages.success(request, done)
                return HttpResponseRedirect(request.path)
        before = parse_row_key(request.GET.get("before", "")) or None
        page = self.history_of(request, obj, before)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % self.subject_name(obj),
            "subject": self.subject_name(obj),
            "subtitle": None,
            "days": [
                (day, list(found)) for day, found in groupby(page.rows, lambda item: item.day)
            ],
            "language": getattr(obj, "language", ""),
            "older": LATEST_ADDED.next_cursor(page),
            "before": before,
            "failed": failed,
            "may_restore": self.may_restore(request, obj),
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "object": obj,
            "is_gone": obj._state.adding,
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        status = 409 if failed else 200
        return TemplateResponse(request, self.history_template, context, status=status)
