"""Sessions that last while an editor works: using the admin extends them."""

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

RENEWED = "renewed"
SECONDS = 60


class DeskSessionMiddleware(SessionMiddleware):
    """Extends the session of an editor who uses the admin, at most once a minute.

    Public pages do not touch the session, so readers get no cookie and cached answers have none.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match = request.resolver_match
        if match is not None and match.app_names == ["admin"] and SESSION_KEY in request.session:
            now = int(time.time())
            if now - _last_renewal(request) >= SECONDS:
                request.session[RENEWED] = now
        return super().process_response(request, response)


def _last_renewal(request: HttpRequest) -> float:
    """Return when the session was last extended or else began, as a Unix time."""
    began = getattr(request.user, "last_login", None)
    return request.session.get(RENEWED) or (began.timestamp() if began else 0)
