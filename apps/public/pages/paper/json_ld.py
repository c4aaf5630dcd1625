"""A paper's page as JSON-LD: the translation, its original, and its translators.

Vocabulary: https://schema.org/ScholarlyArticle, https://schema.org/translationOfWork.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.papers.models import Paper
from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.pages.citations.bibtex import doi_of
from apps.public.pages.citations.people import people_of
from apps.public.site import labels
from apps.public.site.labels import plain
from apps.public.site.page_urls import absolute, page_path
from apps.text.arxiv.author_strings import Author
from apps.translation.models import Segment, SegmentOrigin

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def linked_data(record: PublishedPaper) -> SafeString:
    """Return the JSON-LD of a paper's page, escaped for a script element."""
    text = json.dumps(translated_article(record), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))


def translated_article(record: PublishedPaper) -> dict[str, Any]:
    """Return the translation as a ScholarlyArticle, without empty properties."""
    translation, paper = record.translation, record.paper
    page = absolute(page_path("paper", paper.arxiv_id))
    site = {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL}
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "ScholarlyArticle",
            "@id": page,
            "url": page,
            "headline": plain(translation.title),
            "inLanguage": translation.language,
            "abstract": plain(translation.abstract),
            "author": [_author(author) for author in people_of(paper)],
            "translator": _translators(record.segments, site),
            "translationOfWork": _original(paper),
            "isBasedOn": record.identifier.abs_url,
            "publisher": site,
            "datePublished": translation.published_at and translation.published_at.isoformat(),
            "dateModified": translation.updated_at.isoformat(),
            "creativeWorkStatus": [badge.label for badge in record.badges],
            "creditText": record.provenance,
            "license": f"{absolute(page_path('about'))}#reuse",
            "usageInfo": absolute(page_path("disclaimer")),
            "isAccessibleForFree": True,
            "image": absolute(page_path("card", paper.arxiv_id)),
        }
    )


def _original(paper: Paper) -> dict[str, Any]:
    doi = doi_of(paper)
    address = paper.identifier.unversioned.abs_url
    return _without_empty(
        {
            "@type": "ScholarlyArticle",
            "@id": address,
            "url": address,
            "headline": plain(paper.title),
            "inLanguage": settings.SOURCE_LANGUAGE,
            "author": [_author(author) for author in people_of(paper)],
            "datePublished": f"{paper.submitted_at:%Y-%m-%d}",
            "dateModified": f"{paper.revised_at:%Y-%m-%d}",
            "identifier": {
                "@type": "PropertyValue",
                "propertyID": "arXiv",
                "value": paper.arxiv_id,
            },
            "sameAs": f"https://doi.org/{doi}" if doi else "",
            "license": paper.licence.url,
            "publisher": {"@type": "Organization", "name": "arXiv", "url": "https://arxiv.org/"},
        }
    )


def _author(author: Author) -> dict[str, str]:
    kind = "Person" if author.forenames or " " not in author.name else "Organization"
    return {"@type": kind, "name": labels.one_direction(author.name)}


def _translators(segments: Iterable[Segment], site: dict[str, str]) -> list[dict[str, str]]:
    """Return the translators without duplicates; editors, who are not named, as the site."""
    found: dict[str, dict[str, str]] = {}
    for segment in segments:
        name = labels.origin_label(segment)
        if segment.origin == SegmentOrigin.PERSON:
            found[name] = site | {"description": _("editors of this site")}
        else:
            found[name] = {"@type": "SoftwareApplication", "name": name}
    return list(found.values())


def _without_empty(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value}
