"""Addresses that are valid outside of a page: in feeds, in the API, in link elements."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from apps.public.content_language import content_language, namespace_of


def absolute(path: str) -> str:
    """Return the whole address of a path of this site."""
    return str(urljoin(settings.SITE_URL, path))


def page_path(name: str, *args: object) -> str:
    """Return the path of a page for readers, in the active languages of interface and content."""
    return reverse(f"pages:{name}", args=args, current_app=namespace_of(content_language()))


def paper_page(arxiv_id: str) -> str:
    """Return the address of a paper's page for readers, in the default interface language."""
    with override(settings.LANGUAGE_CODE):
        return absolute(page_path("paper", arxiv_id))


def paper_document(arxiv_id: str) -> str:
    """Return the address of a paper's document in the API."""
    return absolute(reverse("api:paper", args=[arxiv_id]))
