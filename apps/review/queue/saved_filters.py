"""Saved filters: filters of the queue under a name of the editor's choice."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from apps.core.refusals import Refusal
from apps.review.models import SavedFilter
from apps.review.queue.filters import QueueFilter

MOST_FILTERS = 30


class CannotSave(Refusal):
    """The filter cannot be saved; the message says what to do."""

    code = "cannot-save-filter"


def filters_of(editor: User) -> list[SavedFilter]:
    """Return an editor's own filters, by name."""
    return list(SavedFilter.objects.filter(editor=editor).order_by("name"))


def save_filter(name: str, query: Mapping[str, str], *, editor: User, now: datetime) -> SavedFilter:
    """Save the filters in a query string under a name, replacing the one of that name.

    Raises:
        CannotSave: without a name, with a filter too long, or with too many filters.
        BadFilter: a parameter has an impossible value.
    """
    label = " ".join(name.split())[:60]
    if not label or "\0" in label:
        raise CannotSave(_("Give the filter a name."))
    others = SavedFilter.objects.filter(editor=editor).exclude(name=label)
    if others.count() >= MOST_FILTERS:
        raise CannotSave(
            _("You have %d saved filters. Delete one before you save another.") % MOST_FILTERS
        )
    written = urlencode(QueueFilter.parse(query).parameters())
    if len(written) > 1000:
        raise CannotSave(_("The filter is too long to be saved. Shorten the search."))
    saved, _created = SavedFilter.objects.update_or_create(
        editor=editor, name=label, defaults={"query": written, "saved_at": now}
    )
    return saved


def delete_filter(key: int, *, editor: User) -> None:
    """Delete a filter if it belongs to the editor."""
    SavedFilter.objects.filter(pk=key, editor=editor).delete()
