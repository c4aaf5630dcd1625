"""Throttling logins: after some failures an account is locked for the address they came from."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


class ThrottledLogin(AxesStandaloneBackend):
    """Refuses logins that are locked out. Logs nobody in; the next backend does."""

    def authenticate(self, request: HttpRequest | None, *args: Any, **credentials: Any) -> None:
        """Raise PermissionDenied while the account is locked out for the request's address.

        Without a request nobody came over the network: a command, or a test.
        """
        if request is not None:
            super().authenticate(request, *args, **credentials)


def client_address(request: HttpRequest) -> str:
    """Return the address that a request came from, or "" where the web server does not say.

    Each of the TRUSTED_PROXIES has added to X-Forwarded-For who asked it, so the address is so
    many places from the end. What stands before that anybody may have written.
    """
    nearest: str = request.META.get("REMOTE_ADDR") or ""
    if not settings.TRUSTED_PROXIES:
        return nearest
    noted = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if len(noted) < settings.TRUSTED_PROXIES:
        return nearest
    found = noted[-settings.TRUSTED_PROXIES]
    return found if _is_address(found) else nearest


def login_address(request: HttpRequest) -> str | None:
    """Return the address by which logins are counted: of IPv6 the network that one customer has."""
    found = client_address(request)
    if not _is_address(found):
        return None
    address = ip_address(found)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address.packed, 64), strict=False).network_address)
    return str(address)


def locked_page(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Return the page that says for how long the account is locked for this address."""
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


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
