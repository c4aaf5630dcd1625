"""The content language: the language of the translations on a page, besides that of the interface.

The first of `settings.TARGET_LANGUAGES` has the plain URLs; each further language has its own below
`/in/CODE/`, so that adding one moves no page. `ContentLanguageMiddleware` activates the language of
the URL while a request is answered.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_active: ContextVar[str | None] = ContextVar("content_language", default=None)


def content_languages() -> list[str]:
    """Return the languages that papers are translated into.

    Returns:
        Their codes, the default language of the site first.
    """
    return [str(code) for code in settings.TARGET_LANGUAGES]


def content_language() -> str:
    """Return the active content language, or the site's first."""
    return _active.get() or content_languages()[0]


def namespace_of(language: str) -> str:
    """Return the URL namespace of the pages with translations into a language.

    Args:
        language: A content language.

    Returns:
        The name of the instance of the "pages" namespace.
    """
    return "pages" if language == content_languages()[0] else f"pages-{language}"


@contextmanager
def in_content_language(language: str) -> Iterator[None]:
    """Make `language` the active content language inside the block."""
    token = _active.set(language)
    try:
        yield
    finally:
        _active.reset(token)


class ContentLanguageMiddleware:
    """Activates the content language of the URL while the request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        parts = request.path_info.split("/", 4)[1:]
        if parts and parts[0] in dict(settings.LANGUAGES):
            parts = parts[1:]
        if len(parts) < 3 or parts[0] != "in" or parts[1] not in content_languages()[1:]:
            return self.get_response(request)
        with in_content_language(parts[1]):
            return self.get_response(request)
