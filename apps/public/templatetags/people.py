"""Template filters for author names as links."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.public.catalogue.authors import slug_of
from apps.public.site.page_urls import page_path

register = template.Library()


@register.filter
def as_author(name: str) -> SafeString:
    """Return a name as a link to its page; without a link if it has no letters."""
    slug = slug_of(name)
    if not slug:
        return format_html("<bdi>{}</bdi>", name)
    return format_html('<a href="{}"><bdi>{}</bdi></a>', page_path("author", slug), name)


@register.filter
def as_authors(names: Iterable[str]) -> SafeString:
    """Return names as links, separated by commas."""
    return format_html_join(", ", "{}", ((as_author(name),) for name in names))
