"""Names of authors as links to the pages of their names."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.public.catalogue.authors import slug_of
from apps.public.site.page_urls import page_path

register = template.Library()


@register.filter
def as_author(name: str) -> SafeString:
    """A name as a link to its page; without one where it has no letters to be found by."""
    slug = slug_of(name)
    if not slug:
        return format_html("<bdi>{}</bdi>", name)
    return format_html('<a href="{}"><bdi>{}</bdi></a>', page_path("author", slug), name)


@register.filter
def as_authors(names: Iterable[str]) -> SafeString:
    """Names as links, in one line with commas."""
    return format_html_join(", ", "{}", ((as_author(name),) for name in names))
