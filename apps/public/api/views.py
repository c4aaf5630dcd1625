"""Base views: of all endpoints, and of those that only read."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from django.utils import translation as interface
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.public.api.conditional import (
    etag_of,
    not_modified_response,
    refuse_if_match,
    set_etag_from_body,
)
from apps.public.api.problems import problem_handler
from apps.public.api.queries import Query
from apps.public.api.throttling import count_request
from apps.public.catalogue.content_version import ContentVersion, content_version_of_site
from apps.public.site.content_language import content_languages, in_content_language

SECONDS_FRESH = 60
"""How long caches may reuse an answer."""


class PublicView(APIView):
    """Base of all endpoints: labels by Accept-Language, errors as problems."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Activate the language of labels and count the request."""
        interface.activate(interface.get_language_from_request(request))
        self._count(request)
        super().initial(request, *args, **kwargs)

    def _count(self, request: Request) -> None:
        now = timezone.now()
        try:
            token: Any = request.auth
        except AuthenticationFailed:
            count_request(request._request, None, now=now)
            raise
        count_request(request._request, token, now=now)

    def get_exception_handler(self) -> Any:
        return problem_handler

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Set who may cache the answer and how long; problems are not cached."""
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Accept", "Accept-Language"])
        if response.status_code >= 400 or request.method not in ("GET", "HEAD"):
            kept = "no-store"
        elif "Authorization" in request.headers:
            kept = f"private, max-age={SECONDS_FRESH}"
        else:
            kept = f"public, max-age={SECONDS_FRESH}"
        response.headers.setdefault("Cache-Control", kept)
        return response


class ReadingView(PublicView):
    """Base of the endpoints that only read; a subclass has `answer`.

    query: its parameters. With a `content_version` the ETag is known before the answer is made;
    otherwise it is a hash of the answer.
    """

    query: ClassVar[type[Query]] = Query

    def get(self, request: Request, **named: Any) -> HttpResponse:
        """Answer a valid query, or 304 if the client has the answer."""
        query = self.query.read(request)
        refuse_if_match(request)
        with in_content_language(query.get("language") or content_languages()[0]):
            version = self.content_version(timezone.now(), named)
            if version is None:
                # Ignored without a modification date (RFC 9110, 13.1.4).
                request.META.pop("HTTP_IF_UNMODIFIED_SINCE", None)
                answer = self.answer(request, query, **named)
                answer.add_post_render_callback(set_etag_from_body)
                return answer
            etag, changed_at = etag_of(request, version), int(version.changed_at.timestamp())
            response = not_modified_response(request, etag, changed_at) or self.answer(
                request, query, **named
            )
        response.headers["ETag"] = etag
        response.headers["Last-Modified"] = http_date(changed_at)
        return response

    def content_version(self, now: datetime, named: dict[str, Any]) -> ContentVersion | None:
        """Return the content version of the answer; None if there is none."""
        return None

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Answer a valid query. named: the parameters in the path."""
        raise NotImplementedError


class SiteView(ReadingView):
    """Base of the endpoints that any change on the site may affect, such as lists."""

    def content_version(self, now: datetime, named: dict[str, Any]) -> ContentVersion | None:
        return content_version_of_site(now)
