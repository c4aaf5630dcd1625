"""Addresses that are valid outside of a page: in feeds, in the API, in link elements."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def absolute(path: str) -> str:
    """Return the whole address of a path of this site."""
    return str(urljoin(settings.SITE_URL, path))


def paper_page(arxiv_id: str) -> str:
    """Return the address of a paper's page for readers, in the site's default language."""
    with override(settings.LANGUAGE_CODE):
        return absolute(reverse("pages:paper", args=[arxiv_id]))


def paper_document(arxiv_id: str) -> str:
    """Return the address of a paper's document in the API."""
    return absolute(reverse("api:paper", args=[arxiv_id]))
