"""What a feed says, before anybody writes it down: the same for every form of feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.papers.orderings import NEWEST
from apps.public.catalogue.published_paper import Part, PublishedPaper, load_papers
from apps.public.site import labels
from apps.public.site.content_language import content_language
from apps.public.site.notices import current_notices
from apps.public.site.page_urls import absolute, page_path, paper_url
from apps.text.render.xml_characters import strip_invalid_xml
from apps.text.tex.html import to_plain
from apps.translation.models import TranslationQuerySet

ENTRIES = 50


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One paper in a feed.

    address: its page, which is also what it is known by (`identity`, always in the site's first
    language of the interface). original: the paper on arXiv. summary: plain text. content: HTML.
    """

    identity: str
    address: str
    original: str
    title: str
    authors: list[str]
    categories: list[str]
    summary: str
    content: str
    badges: list[str]
    provenance: str
    submitted_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class FeedContent:
    """A feed. page: the page that shows the same. rights: the disclaimer. updated_at: None where
    there is no entry to tell."""

    title: str
    subtitle: str
    language: str
    page: str
    address: str
    rights: str
    entries: list[FeedEntry]

    @property
    def updated_at(self) -> datetime | None:
        """When the newest change of an entry was made."""
        return max((entry.updated_at for entry in self.entries), default=None)


def feed_content(
    translations: TranslationQuerySet, *, title: str, page: str, address: str
) -> FeedContent:
    """Return the feed of the newest of the translations. Three queries and the notices'.

    translations: of `listed_translations`. page, address: paths of this site.
    """
    newest = load_papers(NEWEST.sorted(translations)[:ENTRIES], {Part.PROVENANCE, Part.SCORE})
    disclaimer = current_notices(get_language() or "").get("disclaimer")
    rights = disclaimer.text if disclaimer else ""
    return FeedContent(
        title=clean_line(title),
        subtitle=_("New research in your own language"),
        language=content_language(),
        page=absolute(page),
        address=absolute(address),
        rights=rights,
        entries=[_entry(entry, rights) for entry in newest],
    )


def clean_line(text: str) -> str:
    """Return a line without marks that reorder text and without what XML cannot hold."""
    return strip_invalid_xml(labels.one_direction(text))


def _entry(entry: PublishedPaper, rights: str) -> FeedEntry:
    translation, paper, provenance = entry.translation, entry.paper, entry.provenance
    context = {
        "entry": entry,
        "translation": translation,
        "paper": paper,
        "source_language": settings.SOURCE_LANGUAGE,
        "provenance": provenance,
        "rights": rights,
    }
    return FeedEntry(
        identity=paper_url(paper.arxiv_id),
        address=absolute(page_path("paper", paper.arxiv_id)),
        original=paper.identifier.abs_url,
        title=clean_line(to_plain(translation.title)),
        authors=[clean_line(name) for name in paper.author_names],
        categories=list(paper.categories),
        summary=clean_line(to_plain(translation.summary or translation.title)),
        content=strip_invalid_xml(render_to_string("pages/feed_entry.html", context)),
        badges=[badge.label for badge in entry.badges],
        provenance=provenance,
        submitted_at=paper.submitted_at,
        updated_at=translation.updated_at,
    )
