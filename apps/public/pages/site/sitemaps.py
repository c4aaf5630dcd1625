"""The sitemap (https://www.sitemaps.org/protocol.html): index and sections.

Every page is listed in each interface language, with links to the others.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.public.calendar.weeks import BadWeek, parse_week, week_name
from apps.public.pages.caching import public_page
from apps.public.pages.site.sitemap_sections import (
    Address,
    addresses_of_week,
    latest_changes,
    other_addresses,
    weeks_with_papers,
)
from apps.public.site.content_language import content_languages, in_content_language
from apps.public.site.page_urls import absolute, page_path

OTHER_SECTION = "pages"
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """List all sections. Two queries for each content language."""
    lines = [f'<sitemapindex xmlns="{_SCHEMA}">']
    for language in content_languages():
        with in_content_language(language):
            changes = latest_changes()
            lines.append(f"<sitemap><loc>{_section(language, OTHER_SECTION)}</loc></sitemap>")
            lines += [
                f"<sitemap><loc>{_section(language, week_name(monday))}</loc>"
                f"{_changed(changes.get(monday))}</sitemap>"
                for monday in weeks_with_papers()
            ]
    return _xml([*lines, "</sitemapindex>"])


@public_page
def section(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Return a section: a week ("2025-W09"), or "pages" for the rest."""
    if language not in content_languages():
        raise Http404(_("There are no papers in the language “%(code)s”.") % {"code": language})
    with in_content_language(language), override(settings.LANGUAGE_CODE):
        try:
            addresses = (
                other_addresses() if name == OTHER_SECTION else addresses_of_week(parse_week(name))
            )
        except BadWeek as bad:
            raise Http404(str(bad)) from bad
        if not addresses:
            raise Http404(_("This site has no papers of this week."))
        roots = _roots()
        lines = [f'<urlset xmlns="{_SCHEMA}" xmlns:xhtml="{_XHTML}">']
        for address in addresses:
            lines += _entries(address, roots)
        return _xml([*lines, "</urlset>"])


def _roots() -> dict[str, str]:
    """Return the common prefix of all paths in each interface language."""
    roots = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            roots[code] = page_path("home")
    return roots


def _entries(address: Address, roots: dict[str, str]) -> Iterator[str]:
    """Return a page in each interface language, with links to all of them."""
    below = address.path.removeprefix(roots[settings.LANGUAGE_CODE])
    addresses = {code: escape(absolute(root + below)) for code, root in roots.items()}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in {**addresses, "x-default": addresses[settings.LANGUAGE_CODE]}.items()
    )
    changed = _changed(address.changed_at)
    return (f"<url><loc>{address}</loc>{changed}{links}</url>" for address in addresses.values())


def _section(language: str, name: str) -> str:
    return escape(absolute(reverse("sitemap-section", args=[language, name])))


def _changed(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return f"<lastmod>{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>"


def _xml(lines: list[str]) -> HttpResponse:
    body = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines, ""])
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
