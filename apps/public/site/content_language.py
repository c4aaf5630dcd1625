"""The language that readers are shown papers in, besides that of the interface.

Addresses without a mark are in the first of `settings.TARGET_LANGUAGES`; each further language has
its own addresses under `/in/CODE/`, so that adding one moves no page. As with Django's languages of
the interface, one is active while a request is answered: `ContentLanguageMiddleware` reads it off
the address, and everything that reads or links to papers follows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_active: ContextVar[str | None] = ContextVar("content_language", default=None)


def content_languages() -> list[str]:
    """The languages that papers are translated into, the site's first one first."""
    return [str(code) for code in settings.TARGET_LANGUAGES]


def content_language() -> str:
    """The language that readers get translations in: the active one, or the site's first."""
    return _active.get() or content_languages()[0]


def namespace_of(language: str) -> str:
    """Return the name under which the pages with translations into `language` are addressed."""
    return "pages" if language == content_languages()[0] else f"pages-{language}"


@contextmanager
def in_content_language(language: str) -> Iterator[None]:
    """Read and link to translations into `language` inside."""
    token = _active.set(language)
    try:
        yield
    finally:
        _active.reset(token)


class ContentLanguageMiddleware:
    """Activates the content language that the address names, until the answer is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the address; the site's first where it names none."""
        parts = request.path_info.split("/", 4)[1:]
        if parts and parts[0] in dict(settings.LANGUAGES):
            parts = parts[1:]
        if len(parts) < 3 or parts[0] != "in" or parts[1] not in content_languages()[1:]:
            return self.get_response(request)
        with in_content_language(parts[1]):
            return self.get_response(request)
