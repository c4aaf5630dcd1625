"""The page cache of a web process, by content version.

Within `settings.PAGE_CHECK_SECONDS` a cached page is served without a query. After that one query
gets its content version: if it is the same the page is served again, else it is rendered. Nothing
is purged: changed content has another version, and the least recently used pages make room.

A change is visible everywhere within a minute: twice those seconds and the slot of an unsettled
site in here, SECONDS_FRESH in browsers and proxies.
"""

import gzip
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from apps.public.catalogue.content_version import (
    ContentVersion,
    content_version_of_paper,
    content_version_of_site,
)
from apps.public.site.content_language import content_language
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId

SECONDS_FRESH = 30
"""How long browsers and proxies may serve a page without revalidating it."""
MAX_AGE = timedelta(minutes=10)
"""How long a page is served at most, in case a content version misses a change."""
COMPRESSION = 4
ROOM_FOR_HEADERS = 2048
_UNCACHED_HEADERS = frozenset({"content-length", "content-encoding", "date", "etag", "vary"})

View = Callable[..., HttpResponse]
VersionOf = Callable[[datetime, dict[str, object]], ContentVersion | None]


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page as it is sent, its body compressed."""

    version: ContentVersion
    headers: tuple[tuple[str, str], ...]
    etag: str
    body: bytes
    made_at: datetime
    checked_at: datetime

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the page, or 304 if the client has it."""
        response = HttpResponse(headers=dict(self.headers))
        response.headers["ETag"] = self.etag
        response.headers["Vary"] = "Accept-Encoding"
        if takes_gzip(request):
            response.content = self.body
            response.headers["Content-Encoding"] = "gzip"
        else:
            response.content = gzip.decompress(self.body)
        response.headers["Content-Length"] = str(len(response.content))
        answer = get_conditional_response(
            request, self.etag, int(self.version.changed_at.timestamp()), response
        )
        assert isinstance(answer, HttpResponse)
        return answer


class PageCache:
    """The cached pages of a process, by URL, `size` bytes in all; least recently used go first."""

    def __init__(self, size: int) -> None:
        self._pages: LRUCache[str, CachedPage] = LRUCache(size, getsizeof=_size)
        self._lock = threading.Lock()

    def get(self, address: str) -> CachedPage | None:
        """Return the page of a URL, whatever its content version."""
        with self._lock:
            return self._pages.get(address)

    def put(self, address: str, page: CachedPage) -> None:
        """Cache a page, unless it is larger than the whole cache."""
        with self._lock:
            if _size(page) <= self._pages.maxsize:
                self._pages[address] = page

    def forget(self, address: str) -> None:
        with self._lock:
            self._pages.pop(address, None)


def _size(page: CachedPage) -> int:
    return len(page.body) + ROOM_FOR_HEADERS


page_cache = PageCache(settings.PAGE_CACHE_MB << 20)


class RenderedPage(HttpResponse):
    """A page just rendered by a view, with its content version."""

    def __init__(self, response: HttpResponse, version: ContentVersion, made_at: datetime) -> None:
        super().__init__(response.content, headers=dict(response.items()))
        self.headers["Last-Modified"] = http_date(version.changed_at.timestamp())
        self.version = version
        self.made_at = made_at


def cached_by(version_of: VersionOf) -> Callable[[View], View]:
    """Return a decorator for views of public pages: GET and HEAD only, cached by content version.

    version_of: returns the content version for the time and URL arguments; None if the page must
    not be cached. Responses with "no-store" are not cached either.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @require_safe
        def cached_or_rendered(request: HttpRequest, **arguments: object) -> HttpResponse:
            now = timezone.now()
            current = version_of(now, arguments)
            page = page_cache.get(request.get_full_path())
            if page and page.version == current and now - page.made_at < MAX_AGE:
                page = replace(page, checked_at=now)
                page_cache.put(request.get_full_path(), page)
                return page.answer(request)
            response: HttpResponse = view(request, **arguments)
            response.headers.setdefault("Cache-Control", f"public, max-age={SECONDS_FRESH}")
            is_whole = "no-store" not in response.headers["Cache-Control"]
            if current is None or response.status_code != HTTPStatus.OK or not is_whole:
                return response
            return RenderedPage(response, current, now)

        return cached_or_rendered

    return decorate


def site_version(now: datetime, arguments: dict[str, object]) -> ContentVersion | None:
    """Return the content version of pages that list papers."""
    return content_version_of_site(now)


def paper_version(now: datetime, arguments: dict[str, object]) -> ContentVersion | None:
    """Return the content version of the paper in a URL; None if the URL is not canonical."""
    spelling = str(arguments["spelling"])
    try:
        identifier = ArxivId.parse(spelling)
    except InvalidArxivId:
        return None
    if spelling not in (identifier.base, str(identifier)):
        return None
    return content_version_of_paper(identifier.base, content_language())


def no_version(now: datetime, arguments: dict[str, object]) -> ContentVersion | None:
    """Return None: the page may change at any time."""
    return None


public_page = cached_by(site_version)
"""For views whose pages depend on the whole site."""

paper_page = cached_by(paper_version)
"""For views of one paper, which the URL names as `spelling`."""

momentary_page = cached_by(no_version)
"""For views whose pages are never cached."""


class PageCacheMiddleware:
    """Serves cached pages before anything else runs, and caches rendered pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        address, now = request.get_full_path(), timezone.now()
        page = page_cache.get(address)
        if page and now - page.checked_at < timedelta(seconds=settings.PAGE_CHECK_SECONDS):
            return page.answer(request)
        claimed = page and replace(page, checked_at=now)
        if claimed:
            # One request checks; others meanwhile get the cached page.
            page_cache.put(address, claimed)
        response = self.get_response(request)
        if isinstance(response, RenderedPage):
            page = cached_page(response)
            page_cache.put(address, page)
            return page.answer(request)
        if claimed and page_cache.get(address) is claimed:
            # The page is gone or could not be rendered: do not serve the old one.
            page_cache.forget(address)
        return response


def cached_page(response: RenderedPage) -> CachedPage:
    """Return a rendered page as it is cached."""
    body = response.content
    headers = tuple(
        (name, value) for name, value in response.items() if name.lower() not in _UNCACHED_HEADERS
    )
    return CachedPage(
        version=response.version,
        headers=headers,
        # Weak, because the page is sent both compressed and not.
        etag=f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        body=gzip.compress(body, COMPRESSION, mtime=0),
        made_at=response.made_at,
        checked_at=response.made_at,
    )


def takes_gzip(request: HttpRequest) -> bool:
    """Return whether the client accepts gzip (RFC 9110, 12.5.3; a quality of 0 refuses)."""
    for choice in request.headers.get("Accept-Encoding", "").split(","):
        name, _semicolon, quality = choice.replace(" ", "").lower().partition(";q=")
        if name in ("gzip", "*"):
            return quality.rstrip("0.") != "" or not quality
    return False
