"""Parameters of pages' addresses: a day, a place in a list. An invalid one is a 404."""

from datetime import date

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from apps.public.catalogue.keyset import BrokenCursor, Place


def day_param(written: str) -> date:
    """Return the day in an address. Raises Http404 for one that does not exist."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Http404(_("There is no day “%(day)s”.") % {"day": written}) from None


def place_param(request: HttpRequest, parameter: str = "after") -> Place | None:
    """Return where the page of a list begins; None for its start. Raises Http404 if broken."""
    written = request.GET.get(parameter)
    try:
        return None if written is None else Place.parse(written)
    except BrokenCursor as broken:
        raise Http404(str(broken)) from broken
