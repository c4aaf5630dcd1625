"""The meta elements of a paper's page, for reference managers and social networks.

Reference managers get the paper on arXiv, in its own language: Highwire Press tags
(https://scholar.google.com/intl/en/scholar/inclusion.html#indexing) and Dublin Core
(https://www.dublincore.org/specifications/dublin-core/dcq-html/). Social networks get this page, as
Open Graph. Zotero reads URL and abstract from Open Graph unless Highwire tags have them.

The translated title is DC.title.alternative, because Zotero reads DCTERMS.alternative as the
abbreviated name of a journal.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from apps.papers.models import Paper
from apps.public.catalogue.papers import is_open_to_search_engines
from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.pages.citations.bibtex import doi_of
from apps.public.pages.citations.people import family_name_first, people_of
from apps.public.site import labels
from apps.public.site.labels import plain
from apps.public.site.page_urls import absolute, page_path
from apps.text.arxiv.author_strings import Author

CARD_SIZE = (1200, 630)
_LOCALES = {"ja": "ja_JP", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A meta element. key: "name" or, for Open Graph, "property". language: of the content."""

    name: str
    content: str
    key: str = "name"
    language: str = ""


def tags_of(record: PublishedPaper) -> list[Tag]:
    """Return the meta elements of a paper's page, without empty ones."""
    tags = [*_about_the_page(record), *_highwire(record.paper), *_dublin_core(record)]
    return [tag for tag in tags if tag.content]


def _about_the_page(record: PublishedPaper) -> list[Tag]:
    paper, translation = record.paper, record.translation
    title, summary = plain(translation.title), plain(translation.summary)
    width, height = CARD_SIZE
    language = translation.language
    return [
        Tag("robots", "" if is_open_to_search_engines(translation.status) else "noindex"),
        Tag("description", summary, language=language),
        Tag("og:type", "article", "property"),
        Tag("og:site_name", settings.SITE_NAME, "property"),
        Tag("og:title", title, "property", language),
        Tag("og:description", summary, "property", language),
        Tag("og:url", absolute(page_path("paper", paper.arxiv_id)), "property"),
        Tag("og:locale", _LOCALES.get(language, language), "property"),
        Tag("og:image", absolute(page_path("card", paper.arxiv_id)), "property"),
        Tag("og:image:type", "image/png", "property"),
        Tag("og:image:width", str(width), "property"),
        Tag("og:image:height", str(height), "property"),
        Tag("og:image:alt", f"{title} ({_badge_labels(record)})", "property", language),
        Tag("twitter:card", "summary_large_image"),
    ]


def _badge_labels(record: PublishedPaper) -> str:
    return " / ".join(badge.label for badge in record.badges)


def _highwire(paper: Paper) -> list[Tag]:
    source = settings.SOURCE_LANGUAGE
    identifier = paper.identifier.unversioned
    return [
        Tag("citation_title", plain(paper.title), language=source),
        *(Tag("citation_author", name, language=source) for name in _authors(paper)),
        Tag("citation_publication_date", f"{paper.submitted_at:%Y/%m/%d}"),
        Tag("citation_online_date", f"{paper.revised_at:%Y/%m/%d}"),
        Tag("citation_language", source),
        Tag("citation_publisher", "arXiv"),
        Tag("citation_arxiv_id", paper.arxiv_id),
        Tag("citation_technical_report_number", f"arXiv:{paper.arxiv_id}"),
        Tag("citation_doi", doi_of(paper)),
        Tag("citation_abstract", plain(paper.abstract), language=source),
        Tag("citation_abstract_html_url", identifier.abs_url),
        Tag("citation_public_url", identifier.abs_url),
        Tag("citation_pdf_url", identifier.pdf_url),
    ]


def _authors(paper: Paper) -> list[str]:
    people = people_of(paper)
    names = [_highwire_name(author) for author in people]
    if len(people) == 1 and " " in people[0].keyname and " " in names[0].partition(", ")[2]:
        # A single "van der Berg, Jan Pieter" would be read as two people without the separator.
        return [f"{names[0]};"]
    return names


def _highwire_name(author: Author) -> str:
    """Return "Last, First"; a group ends in a comma, else its last word is a family name."""
    name = labels.one_direction(family_name_first(author))
    return f"{name}," if not author.forenames and " " in name else name


def _dublin_core(record: PublishedPaper) -> list[Tag]:
    paper, source = record.paper, settings.SOURCE_LANGUAGE
    translation = record.translation
    return [
        Tag("DC.title", plain(paper.title), language=source),
        Tag("DC.title.alternative", plain(translation.title), language=translation.language),
        *(
            Tag("DC.creator", labels.one_direction(family_name_first(author)), language=source)
            for author in people_of(paper)
        ),
        Tag("DC.date", f"{paper.submitted_at:%Y-%m-%d}"),
        Tag("DC.type", "preprint"),
        Tag("DC.language", source),
        Tag("DC.publisher", "arXiv"),
        Tag("DC.identifier", paper.identifier.unversioned.abs_url),
        Tag("DC.rights", paper.licence.url),
        *(
            Tag("DC.subject", labels.category_title(code, "en"), language="en")
            for code in paper.categories
        ),
    ]
