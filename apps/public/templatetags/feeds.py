"""Template tag for the links to the feeds of a page."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from apps.public.pages.feeds.views import MEDIA_TYPES, FeedForm, feed_name
from apps.public.site.page_urls import page_path

register = template.Library()


@register.simple_tag
def feed_links(title: str, name: str, *args: object, query: str = "") -> SafeString:
    """Return the link elements of a feed in all formats. name, args: of the feed's URL pattern."""
    return format_html_join(
        "",
        '<link rel="alternate" type="{}" title="{}" href="{}{}">\n',
        (
            (
                MEDIA_TYPES[form],
                title if form == FeedForm.ATOM else f"{title} (JSON Feed)",
                page_path(feed_name(name, form), *args),
                f"?{query}" if query else "",
            )
            for form in FeedForm
        ),
    )
