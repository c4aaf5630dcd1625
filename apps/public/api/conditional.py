"""Conditional requests: ETags come from the content version, so a 304 needs no body.

ETags are weak: while the site is changing, two answers with the same content version may differ
(`apps.public.catalogue.content_version`).
"""

from __future__ import annotations

from hashlib import blake2b

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from apps.public.catalogue.content_version import ContentVersion


class PreconditionFailed(APIException):
    """412: a condition of the request does not hold."""

    status_code = 412

    def __init__(self) -> None:
        super().__init__(
            _(
                "The condition of this request is not met. ETags of this site are weak, so "
                "If-Match never matches: use If-None-Match or If-Modified-Since."
            )
        )


def etag_of(request: Request, version: ContentVersion) -> str:
    """Return the ETag of an answer: of a content version, a URL and a language."""
    parts = (
        version.name,
        str(version.changed_at.timestamp()),
        str(settings.RELEASED_AT.timestamp()),
        get_language() or "",
        request.get_full_path(),
    )
    return f'W/"{blake2b(chr(10).join(parts).encode(), digest_size=12).hexdigest()}"'


def not_modified_response(request: Request, etag: str, changed_at: int) -> HttpResponse | None:
    """Return a 304 if the client has the answer with this ETag, else None.

    Raises PreconditionFailed (412) as RFC 9110, 13.2.2 requires.
    """
    response = get_conditional_response(request, etag, changed_at)
    if response is not None and response.status_code >= 400:
        raise PreconditionFailed
    return response


def refuse_if_match(request: Request) -> None:
    """Raise PreconditionFailed for If-Match: it compares strong ETags only (RFC 9110, 13.1.1)."""
    if request.headers.get("If-Match", "*").strip() != "*":
        raise PreconditionFailed


def set_etag_from_body(response: HttpResponse) -> None:
    """Set the ETag of a rendered answer from its body."""
    if response.status_code < 400:
        digest = blake2b(response.content, digest_size=12).hexdigest()
        response.headers["ETag"] = f'W/"{digest}"'
