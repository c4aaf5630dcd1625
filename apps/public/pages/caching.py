"""How long browsers and proxies may keep a page."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

SECONDS_FRESH = 60
"""How long caches may serve a page unasked: within this time a taken-down text is gone."""

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Let browsers and proxies keep the page for a moment; only GET and HEAD."""
    return wraps(view)(require_safe(cache_control(public=True, max_age=SECONDS_FRESH)(view)))
