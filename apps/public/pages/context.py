"""The context processor for all templates."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from apps.public.site.content_language import content_language, content_languages, namespace_of
from apps.public.site.notices import current_notices
from apps.public.site.page_urls import absolute


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, its notices, and the URLs of this page in each language.

    Notices and URLs are computed only when a template uses them, which the admin does not.
    """
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL.rstrip("/"),
        "contact_email": settings.CONTACT_EMAIL,
        "content_language": content_language(),
        "source_language": settings.SOURCE_LANGUAGE,
        "notices": SimpleLazyObject(lambda: current_notices(get_language() or "")),
        "language_versions": SimpleLazyObject(lambda: _language_versions(request)),
        "content_versions": SimpleLazyObject(lambda: _content_versions(request)),
    }


def _language_versions(request: HttpRequest) -> list[dict[str, str]]:
    return [
        {
            "code": code,
            "name": name,
            "path": path,
            "url": absolute(path),
        }
        for code, name in settings.LANGUAGES
        for path in [translate_url(request.path, code)]
    ]


def _content_versions(request: HttpRequest) -> list[dict[str, str]]:
    """Return this page in each of the other content languages."""
    match, others = request.resolver_match, content_languages()
    if len(others) < 2 or match is None or match.app_name != "pages":
        return []
    return [
        {
            "code": code,
            "path": reverse(f"{namespace_of(code)}:{match.url_name}", kwargs=match.kwargs),
        }
        for code in others
        if code != content_language()
    ]
