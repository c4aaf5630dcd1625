"""Saved filters: an editor names what they look at, to come back to it."""

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
    """Save a filter of the queue under a name; one of that name is replaced.

    query: the parameters of an address, of which what is no filter is left out. Raises CannotSave
    without a name, and when the editor has as many as a page can show; BadFilter.
    """
    called = " ".join(name.split())[:60]
    if not called or "\0" in called:
        raise CannotSave(_("Give the filter a name."))
    others = SavedFilter.objects.filter(editor=editor).exclude(name=called)
    if others.count() >= MOST_FILTERS:
        raise CannotSave(
            _("You have %d saved filters. Delete one before you save another.") % MOST_FILTERS
        )
    written = urlencode(QueueFilter.parse(query).parameters())
    if len(written) > 1000:
        raise CannotSave(_("The filter is too long to be saved. Shorten the search."))
    saved, _created = SavedFilter.objects.update_or_create(
        editor=editor, name=called, defaults={"query": written, "saved_at": now}
    )
    return saved


def delete_filter(key: int, *, editor: User) -> None:
    """Delete one of the editor's own filters; those of others stay."""
    SavedFilter.objects.filter(pk=key, editor=editor).delete()
