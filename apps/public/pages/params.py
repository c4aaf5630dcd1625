"""Parameters in URLs of pages: a day, a cursor. An invalid one is a 404."""

from datetime import date

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from apps.core.keyset import BrokenCursor, Position
from apps.papers.orderings import NEWEST


def day_param(written: str) -> date:
    """Return the day in a URL. Raises Http404 if it does not exist."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Http404(_("There is no day “%(day)s”.") % {"day": written}) from None


def position_param(request: HttpRequest, parameter: str = "after") -> Position | None:
    """Return the position in a cursor; None without one. Raises Http404 if it is broken."""
    written = request.GET.get(parameter)
    try:
        return None if written is None else NEWEST.decode(written)
    except BrokenCursor as broken:
        raise Http404(
            _(
                "“%(cursor)s” is not a cursor of this site. Omit the parameter to start from the "
                "newest paper, or use the URL of the next page unchanged."
            )
            % {"cursor": broken.text}
        ) from broken
