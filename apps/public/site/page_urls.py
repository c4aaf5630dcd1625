"""URLs of pages and API resources, for use in feeds, the API and link elements."""

from functools import lru_cache
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from apps.public.site.content_language import content_language, content_languages, namespace_of


def absolute(path: str) -> str:
    """Return the absolute URL of a path of this site."""
    return str(urljoin(settings.SITE_URL, path))


def page_path(name: str, *args: object) -> str:
    """Return the path of a page in the active interface and content languages."""
    return reverse(f"pages:{name}", args=args, current_app=namespace_of(content_language()))


def page_url(name: str, *args: object) -> str:
    """Return the URL of a page in the default interface language."""
    with override(settings.LANGUAGE_CODE):
        return absolute(page_path(name, *args))


def api_url(name: str, *args: object, **query: object) -> str:
    """Return the URL of an API resource in the active content language, with query parameters."""
    language = content_language()
    if language != content_languages()[0]:
        query["language"] = language
    path = absolute(reverse(f"api:{name}", args=args))
    return f"{path}?{urlencode(query)}" if query else path


def paper_url(arxiv_id: str) -> str:
    """Return the URL of a paper's page in the default interface language."""
    return arxiv_id.join(_around_identifier("page", *_url_settings()))


def paper_api_url(arxiv_id: str) -> str:
    """Return the URL of a paper in the API."""
    return arxiv_id.join(_around_identifier("document", *_url_settings()))


_SAMPLE = "0704.0001"


def _url_settings() -> tuple[str, str, str, str]:
    first = content_languages()[0]
    return settings.SITE_URL, settings.ROOT_URLCONF, first, content_language()


@lru_cache(maxsize=64)
def _around_identifier(kind: str, *depends_on: str) -> tuple[str, ...]:
    """Return the parts of a paper's URL before and after the identifier.

    Cached, as lists hold hundreds of these URLs; identifiers need no escaping.
    """
    sample = api_url("paper", _SAMPLE) if kind == "document" else page_url("paper", _SAMPLE)
    return tuple(sample.split(_SAMPLE))
