"""Rate limits: counted in Redis, reported in RateLimit headers, enforced with 429.

The headers follow the IETF draft "RateLimit header fields for HTTP": a policy (`q` requests in `w`
seconds) and what is left of it (`r` requests for `t` seconds).
"""

import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from apps.core.rate_limits import CannotCount, Limit, Taken, count
from apps.review.accounts.api_tokens import rate_limit_of
from apps.review.accounts.client_ip import client_address
from apps.review.models import ApiToken
from apps.review.suggestions.sender_hash import hash_sender

SECONDS = 60
RETRY_SECONDS = 5.0
"""Seconds without counting after Redis failed, so that not every request waits for it."""

_ATTRIBUTE = "_papersite_rate"


class TooManyRequests(APIException):
    """429: the limit is reached."""

    status_code = 429

    def __init__(self, taken: Taken) -> None:
        super().__init__(
            _(
                "More than %(most)d requests were sent within a minute. Wait %(wait)d seconds, "
                "then send them more slowly."
            )
            % {"most": taken.limit.most, "wait": taken.resets_in}
        )
        self.wait = taken.resets_in


class CannotCountNow(APIException):
    """503: requests cannot be counted, so changes are refused."""

    status_code = 503
    wait = 30

    def __init__(self) -> None:
        super().__init__(
            _(
                "Requests cannot be counted at the moment, so changes are not accepted. Try "
                "again later."
            )
        )


class _Redis:
    away_until = 0.0


def limit_for(request: HttpRequest, token: ApiToken | None) -> tuple[Limit, str]:
    """Return the limit of a request, and the key to count by: of the token or the IP address."""
    if token is not None:
        return Limit("token", rate_limit_of(token), SECONDS), str(token.pk)
    most: int = settings.API_ANONYMOUS_PER_MINUTE
    return Limit("anonymous", most, SECONDS), hash_sender(client_address(request))


def count_request(
    request: HttpRequest,
    token: ApiToken | None,
    *,
    now: datetime,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Count a request towards its limit, and note what is left for `RateLimitMiddleware`.

    Args:
        request: The request, of any view.
        token: Its token; None to count by IP address.
        now: The time of the request.
        clock: Seconds of a monotonic clock, for the pause after Redis failed.

    Raises:
        TooManyRequests: The limit is exceeded.
        CannotCountNow: Redis does not answer and the request is a write; reads go uncounted.
    """
    limit, who = limit_for(request, token)
    if not limit.most:
        return
    try:
        taken = _count(limit, who, now, clock)
    except CannotCount as error:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return
        raise CannotCountNow from error
    setattr(request, _ATTRIBUTE, taken)
    if taken.is_over:
        raise TooManyRequests(taken)


def _count(limit: Limit, who: str, now: datetime, clock: Callable[[], float]) -> Taken:
    if clock() < _Redis.away_until:
        raise CannotCount
    try:
        return count(limit, who, now=now)
    except CannotCount:
        _Redis.away_until = clock() + RETRY_SECONDS
        raise


class RateLimitMiddleware:
    """Add the RateLimit headers to the answer of every counted request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        taken: Taken | None = getattr(request, _ATTRIBUTE, None)
        if taken is not None:
            limit = taken.limit
            response["RateLimit-Policy"] = f'"{limit.name}";q={limit.most};w={limit.seconds}'
            response["RateLimit"] = f'"{limit.name}";r={taken.left};t={taken.resets_in}'
        return response
