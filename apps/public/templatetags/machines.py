"""What pages tell programs, and what they hand on: meta elements, JSON-LD, citations, sharing."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from apps.papers.models import Paper
from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.pages.citations.bibtex import reference as reference_line
from apps.public.pages.paper import json_ld
from apps.public.pages.paper import meta_tags as head
from apps.public.pages.paper.share_links import mail_address, share_links
from apps.public.site import labels
from apps.public.site.page_urls import absolute, page_path

register = template.Library()


@register.simple_tag
def meta_tags(record: PublishedPaper) -> SafeString:
    """The meta elements of a paper's page."""
    return mark_safe("\n".join(_meta(tag) for tag in head.tags_of(record)))


def _meta(tag: head.Tag) -> str:
    # There are some forty on each page, and a template would take longer than all that it says.
    language = format_html(' lang="{}"', tag.language) if tag.language else ""
    return format_html('<meta {}="{}"{} content="{}">', tag.key, tag.name, language, tag.content)


@register.simple_tag
def linked_data(record: PublishedPaper) -> SafeString:
    """The JSON-LD of a paper's page."""
    return json_ld.linked_data(record)


@register.simple_tag
def reference(paper: Paper) -> str:
    """A paper's entry in a list of references."""
    return reference_line(paper)


@register.simple_tag
def sharing(record: PublishedPaper) -> dict[str, Any]:
    """The address of a paper's page, and the ways to hand it on."""
    address = absolute(page_path("paper", record.paper.arxiv_id))
    title = labels.plain(record.translation.title)
    return {
        "address": address,
        "title": title,
        "mail": mail_address(title, address),
        "ways": share_links(title, address),
    }
