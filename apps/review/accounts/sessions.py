"""Sessions that last while somebody works: each page of the admin begins their time anew."""

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

RENEWED = "renewed"
SECONDS = 60


class DeskSessionMiddleware(SessionMiddleware):
    """Django's, which renews the session of an editor in the admin, once a minute at most.

    Public pages neither renew nor read a session: readers get no cookie, and what caches may keep
    never carries one.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Renew the session, then do as Django does."""
        match = request.resolver_match
        if match is not None and match.app_names == ["admin"] and SESSION_KEY in request.session:
            now = int(time.time())
            if now - _renewed(request) >= SECONDS:
                request.session[RENEWED] = now
        return super().process_response(request, response)


def _renewed(request: HttpRequest) -> float:
    """Return when the session was renewed last, or else began, in seconds."""
    began = getattr(request.user, "last_login", None)
    return request.session.get(RENEWED) or (began.timestamp() if began else 0)
