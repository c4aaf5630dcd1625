"""The content of a feed, independent of its format."""

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

    identity: its id, the URL of its page in the default interface language. address: its page.
    original: the paper on arXiv. summary: plain text. content: HTML.
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
    """A feed. page: the page with the same list. address: the feed itself. rights: disclaimer."""

    title: str
    subtitle: str
    language: str
    page: str
    address: str
    rights: str
    entries: list[FeedEntry]

    @property
    def updated_at(self) -> datetime | None:
        """The latest change of an entry; None without entries."""
        return max((entry.updated_at for entry in self.entries), default=None)


def feed_content(
    translations: TranslationQuerySet, *, title: str, page: str, address: str
) -> FeedContent:
    """Return the feed of the newest translations. Four queries.

    Args:
        translations: From `listed_translations`.
        title: The title of the feed.
        page: The path of the page with the same list.
        address: The path of the feed.
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
    """Return a line without bidirectional controls and characters that are invalid in XML."""
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
        content=strip_invalid_xml(render_to_string("pages/paper/feed_entry.html", context)),
        badges=[badge.label for badge in entry.badges],
        provenance=provenance,
        submitted_at=paper.submitted_at,
        updated_at=translation.updated_at,
    )
