"""Pages are kept, in each web process, under the edition that they show.

Three steps, from the cheapest: within `settings.PAGE_CHECK_SECONDS` a page is served as it was, by
no query; after that its edition is asked for, by one query, and the page served while that is the
same; else it is made anew. Nothing is ever purged: what changed has another edition, and what
nobody asks for makes room by itself.

A change is seen everywhere within a minute: twice those seconds and the slot of an unsettled site
in here, SECONDS_FRESH in browsers and proxies.
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
"""How long browsers and proxies may serve a page unasked."""
MAX_AGE = timedelta(minutes=10)
"""How long a page is served before it is made anew, should an edition ever miss a change."""
COMPRESSION = 4
ROOM_FOR_HEADERS = 2048
_UNCACHED_HEADERS = frozenset({"content-length", "content-encoding", "date", "etag", "vary"})

View = Callable[..., HttpResponse]
VersionOf = Callable[[datetime, dict[str, object]], ContentVersion | None]


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page as it is sent: its headers and its compressed body."""

    edition: ContentVersion
    headers: tuple[tuple[str, str], ...]
    etag: str
    body: bytes
    made_at: datetime
    checked_at: datetime

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the page, or 304 where the asker has it already."""
        response = HttpResponse(headers=dict(self.headers))
        response.headers["ETag"] = self.etag
        response.headers["Vary"] = "Accept-Encoding"
        if takes_gzip(request):
            response.content = self.body
            response.headers["Content-Encoding"] = "gzip"
        else:
            response.content = gzip.decompress(self.body)
        response.headers["Content-Length"] = str(len(response.content))
        known = get_conditional_response(
            request, self.etag, int(self.edition.changed_at.timestamp()), response
        )
        assert isinstance(known, HttpResponse)
        return known


class PageCache:
    """The pages that a process keeps, by address; what was asked for longest ago goes first."""

    def __init__(self, size: int) -> None:
        """Keep pages of `size` bytes in all."""
        self._kept: LRUCache[str, CachedPage] = LRUCache(size, getsizeof=_size)
        self._lock = threading.Lock()

    def get(self, address: str) -> CachedPage | None:
        """Return the page of an address, whatever its edition."""
        with self._lock:
            return self._kept.get(address)

    def put(self, address: str, page: CachedPage) -> None:
        """Keep a page. One that is larger than all the room there is stays out."""
        with self._lock:
            if _size(page) <= self._kept.maxsize:
                self._kept[address] = page

    def forget(self, address: str) -> None:
        """Keep nothing for an address any more."""
        with self._lock:
            self._kept.pop(address, None)


def _size(page: CachedPage) -> int:
    return len(page.body) + ROOM_FOR_HEADERS


page_cache = PageCache(settings.PAGE_CACHE_MB << 20)


class RenderedPage(HttpResponse):
    """A page that a view has just made, with the edition under which it may be kept."""

    def __init__(self, made: HttpResponse, edition: ContentVersion, made_at: datetime) -> None:
        """Take over what was made."""
        super().__init__(made.content, headers=dict(made.items()))
        self.headers["Last-Modified"] = http_date(edition.changed_at.timestamp())
        self.edition = edition
        self.made_at = made_at


def cached_by(edition: VersionOf) -> Callable[[View], View]:
    """Make a view's pages ones that may be kept: the same for everybody, only GET and HEAD.

    edition: what the page shows an edition of; gets the moment and what the address named.
    It returns None where there is no such page, which is then made and not kept. Nor is a page kept
    that its view made in part only, and marked as not to be stored.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @require_safe
        def kept_or_made(request: HttpRequest, **found: object) -> HttpResponse:
            now = timezone.now()
            current = edition(now, found)
            page = page_cache.get(request.get_full_path())
            if page and page.edition == current and now - page.made_at < MAX_AGE:
                page = replace(page, checked_at=now)
                page_cache.put(request.get_full_path(), page)
                return page.answer(request)
            response: HttpResponse = view(request, **found)
            response.headers.setdefault("Cache-Control", f"public, max-age={SECONDS_FRESH}")
            is_whole = "no-store" not in response.headers["Cache-Control"]
            if current is None or response.status_code != HTTPStatus.OK or not is_whole:
                return response
            return RenderedPage(response, current, now)

        return kept_or_made

    return decorate


def site_version(now: datetime, found: dict[str, object]) -> ContentVersion | None:
    """The edition of what lists papers."""
    return content_version_of_site(now)


def paper_version(now: datetime, found: dict[str, object]) -> ContentVersion | None:
    """The edition of the paper that an address names; None where the address is not canonical."""
    spelling = str(found["spelling"])
    try:
        identifier = ArxivId.parse(spelling)
    except InvalidArxivId:
        return None
    if spelling not in (identifier.base, str(identifier)):
        return None
    return content_version_of_paper(identifier.base, content_language())


def no_version(now: datetime, found: dict[str, object]) -> ContentVersion | None:
    """No edition: what the page shows may change with every moment."""
    return None


public_page = cached_by(site_version)
"""For views of pages that may change whenever anything on the site does."""

paper_page = cached_by(paper_version)
"""For views of one paper, whose address names it as `spelling`."""

momentary_page = cached_by(no_version)
"""For views whose pages are made anew each time they are asked for."""


class PageCacheMiddleware:
    """Serves kept pages before anything else is done, and keeps what views of pages made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from what is kept, or pass on."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        address, now = request.get_full_path(), timezone.now()
        page = page_cache.get(address)
        if page and now - page.checked_at < timedelta(seconds=settings.PAGE_CHECK_SECONDS):
            return page.answer(request)
        claimed = page and replace(page, checked_at=now)
        if claimed:
            # One asker checks; those who come meanwhile get the page as it was.
            page_cache.put(address, claimed)
        response = self.get_response(request)
        if isinstance(response, RenderedPage):
            page = cached_page(response)
            page_cache.put(address, page)
            return page.answer(request)
        if claimed and page_cache.get(address) is claimed:
            # What was there is gone, or could not be made: nobody may see the former page.
            page_cache.forget(address)
        return response


def cached_page(response: RenderedPage) -> CachedPage:
    """Return what a view of a page made, in the form in which it is kept."""
    body = response.content
    headers = tuple(
        (name, value) for name, value in response.items() if name.lower() not in _UNCACHED_HEADERS
    )
    return CachedPage(
        edition=response.edition,
        headers=headers,
        # Weak, as the same page is sent compressed and not.
        etag=f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        body=gzip.compress(body, COMPRESSION, mtime=0),
        made_at=response.made_at,
        checked_at=response.made_at,
    )


def takes_gzip(request: HttpRequest) -> bool:
    """Whether the asker takes a compressed answer (RFC 9110, 12.5.3; a quality of 0 refuses)."""
    for choice in request.headers.get("Accept-Encoding", "").split(","):
        name, _semicolon, quality = choice.replace(" ", "").lower().partition(";q=")
        if name in ("gzip", "*"):
            return quality.rstrip("0.") != "" or not quality
    return False
