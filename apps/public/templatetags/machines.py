"""Template tags for meta elements, JSON-LD, citations and sharing."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.pages.citations.bibtex import reference
from apps.public.pages.paper import meta_tags as head
from apps.public.pages.paper.json_ld import linked_data
from apps.public.pages.paper.share_links import mail_address, share_links
from apps.public.site import labels
from apps.public.site.page_urls import absolute, page_path

register = template.Library()
register.simple_tag(linked_data)
register.simple_tag(reference)


@register.simple_tag
def meta_tags(record: PublishedPaper) -> SafeString:
    """Return the meta elements of a paper's page."""
    return mark_safe("\n".join(_meta(tag) for tag in head.tags_of(record)))


def _meta(tag: head.Tag) -> str:
    # A page has about forty of them; a template would take longer than the rest of the page.
    language = format_html(' lang="{}"', tag.language) if tag.language else ""
    return format_html('<meta {}="{}"{} content="{}">', tag.key, tag.name, language, tag.content)


@register.simple_tag
def sharing(record: PublishedPaper) -> dict[str, Any]:
    """Return the URL of a paper's page and the links to share it."""
    address = absolute(page_path("paper", record.paper.arxiv_id))
    title = labels.plain(record.translation.title)
    return {
        "address": address,
        "title": title,
        "mail": mail_address(title, address),
        "ways": share_links(title, address),
    }
