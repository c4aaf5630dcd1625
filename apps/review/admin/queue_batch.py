"""The preview of an action on many translations, and its outcome."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.admin_tools.row_keys import parse_row_key
from apps.review.publishing.actions import DeskAction
from apps.review.publishing.bulk import MOST_AT_ONCE, WITH_REASON, Outcome, Planned, act, plan
from apps.review.queue.filters import BadFilter, QueueFilter
from apps.text.tex.html import to_plain

NAMED = 20
"""So many refused translations are named in messages; the others are counted."""


def batch_view(request: HttpRequest, editor: User, context: dict[str, Any]) -> HttpResponse:
    """Show the plan of an action, or with the field `confirmed` carry it out.

    `action` is a DeskAction. Each `key` is a translation; the field `all` takes those that `query`
    lists instead, at most MOST_AT_ONCE.
    """
    now = timezone.now()
    query = QueryDict(request.POST.get("query", "")[:2000])
    try:
        action = DeskAction(request.POST.get("action", ""))
    except ValueError:
        messages.warning(request, _("Choose an action first."))
        return _redirect_to_queue(query)
    keys = _chosen_keys(request, query, editor, now)
    if not keys:
        messages.warning(request, _("Choose at least one translation first."))
        return _redirect_to_queue(query)
    if "confirmed" in request.POST:
        reason = request.POST.get("reason", "").strip()[:500]
        show_outcome(request, act(action, keys, actor=editor, reason=reason, now=now))
        return _redirect_to_queue(query)
    planned = plan(action, keys, actor=editor, now=now)
    possible = [item for item in planned if not item.obstacle]
    context |= {
        "title": action.label,
        "subtitle": None,
        "action": action,
        "asks_for_reason": action in WITH_REASON,
        "possible": [_line(item) for item in possible],
        "impossible": [_line(item) for item in planned if item.obstacle],
        "query": query.urlencode(),
        "most": MOST_AT_ONCE,
        "is_cut": "all" in request.POST and len(keys) == MOST_AT_ONCE,
    }
    return TemplateResponse(request, "admin/review/queueentry/batch.html", context)


def _line(item: Planned) -> dict[str, Any]:
    return {
        "item": item,
        "title": to_plain(item.translation.title or item.translation.paper.title),
        "before": item.translation.get_status_display(),
        "after": item.after.label if item.after else "",
    }


def _chosen_keys(request: HttpRequest, query: QueryDict, editor: User, now: datetime) -> list[int]:
    if "all" in request.POST:
        try:
            entries = QueueFilter.parse(query).entries(editor=editor, now=now)
        except BadFilter:
            return []
        return list(entries.riskiest_first().values_list("pk", flat=True)[:MOST_AT_ONCE])
    given = request.POST.getlist("key")[:MOST_AT_ONCE]
    return [key for key in map(parse_row_key, given) if key]


def show_outcome(request: HttpRequest, outcome: Outcome) -> None:
    """Add messages: how many translations changed, and which did not and why."""
    if outcome.done:
        text = ngettext("%(n)s translation changed.", "%(n)s translations changed.", outcome.done)
        messages.success(request, text % {"n": outcome.done})
    for translation, why in outcome.refused[:NAMED]:
        messages.error(request, f"{translation.paper.arxiv_id}: {why}")
    more = len(outcome.refused) - NAMED
    if more > 0:
        text = ngettext(
            "%(n)s further translation was not changed.",
            "%(n)s further translations were not changed.",
            more,
        )
        messages.error(request, text % {"n": more})


def _redirect_to_queue(query: QueryDict) -> HttpResponseRedirect:
    address = reverse("admin:review_queueentry_changelist")
    written = query.urlencode()
    return HttpResponseRedirect(f"{address}?{written}" if written else address)
