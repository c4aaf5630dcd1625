"""Login throttling: after some failures, an account is locked for the address they came from."""

from datetime import timedelta
from math import ceil
from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apps.review.accounts.client_ip import client_address, client_network


class ThrottledLogin(AxesStandaloneBackend):
    """Refuses locked logins; the next backend checks the password of others."""

    def authenticate(self, request: HttpRequest | None, *args: Any, **credentials: Any) -> None:
        """Raise PermissionDenied while the account is locked for the address of the request.

        A login without a request is by a command or a test, not over the network.
        """
        if request is not None:
            super().authenticate(request, *args, **credentials)


def login_address(request: HttpRequest) -> str | None:
    """Return the address or network by which failures are counted."""
    return client_network(client_address(request))


def locked_page(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Return the page that says how long the account is locked for this address."""
    now = timezone.now()
    seconds = _seconds_left(request, (credentials or {}).get("username", ""), now)
    context = admin.site.each_context(request) | {"minutes": max(1, ceil(seconds / 60))}
    page = render(request, "admin/locked.html", context, status=429)
    page["Retry-After"] = str(max(1, ceil(seconds)))
    return page


def _seconds_left(request: HttpRequest, username: str, now: Any) -> float:
    cool_off: timedelta = settings.AXES_COOLOFF_TIME
    failures = AccessAttempt.objects.filter(
        username=username, ip_address=login_address(request)
    ).order_by("-attempt_time")
    last = failures.values_list("attempt_time", flat=True).first()
    return ((last or now) + cool_off - now).total_seconds()
