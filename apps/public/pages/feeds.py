"""Atom feeds: translations with their provenance and the disclaimer."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.public import wording
from apps.public.addresses import absolute, page_path, paper_page
from apps.public.content_language import content_language
from apps.public.keyset import newest_first
from apps.public.notices import current_notices
from apps.public.pages.caching import public_page
from apps.public.reading import Entry, entries_of, listed_translations
from apps.text.math_html import to_plain
from apps.text.taxonomy import CURRENT_CATEGORIES, category_name
from apps.translation.models import Segment
from apps.translation.querysets import TranslationQuerySet

ENTRIES = 50
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class PaperFeed(Atom1Feed):
    """Django's Atom feed, with every author and the translated abstract as content."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write what Django's entries lack, then Django's part."""
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})
        handler.addQuickElement(
            "link", "", {"rel": "via", "type": "text/html", "href": item["original"]}
        )


def _line(text: str) -> str:
    return _NOT_IN_XML.sub("", wording.one_direction(text))


@public_page
def latest(request: HttpRequest) -> HttpResponse:
    """The newest papers of all categories."""
    return feed_of(
        request,
        listed_translations(content_language()),
        title=settings.SITE_NAME,
        page=page_path("home"),
    )


@public_page
def category(request: HttpRequest, code: str) -> HttpResponse:
    """The newest papers of one category, cross-listed ones too."""
    translations = listed_translations(content_language()).in_category(code)
    if code not in CURRENT_CATEGORIES and not translations.exists():
        raise Http404(_("There is no category “%(code)s”.") % {"code": code})
    name = category_name(code)
    label = name.name_ja if get_language() == "ja" else name.name_en
    return feed_of(
        request,
        translations,
        title=f"{label} ({code}) - {settings.SITE_NAME}",
        page=page_path("category", code),
    )


def feed_of(
    request: HttpRequest,
    translations: TranslationQuerySet,
    *,
    title: str,
    page: str,
    address: str = "",
) -> HttpResponse:
    """Write the feed of the newest of the translations. Three queries and the notices'.

    page: the page that shows the same. address: the feed's own, where it is not just a path.
    """
    newest = list(newest_first(translations)[:ENTRIES])
    segments = _segments_of([translation.pk for translation in newest])
    disclaimer = current_notices(get_language() or "").get("disclaimer")
    rights = disclaimer.text if disclaimer else ""
    feed = PaperFeed(
        title=_line(title),
        link=absolute(page),
        description=None,
        subtitle=_("New research in your own language"),
        language=content_language(),
        feed_url=absolute(address or request.path),
        feed_copyright=rights,
        # Atom asks for an author, and some papers have none.
        author_name=settings.SITE_NAME,
    )
    for entry in entries_of(newest):
        _add(feed, entry, segments[entry.translation.pk], rights)
    if not newest:
        # A feed without entries has no date of its own, and Atom asks for one.
        feed.latest_post_date = timezone.now  # type: ignore[method-assign]
    content = feed.writeString("utf-8")
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _segments_of(translation_ids: Sequence[int]) -> dict[int, list[Segment]]:
    found: dict[int, list[Segment]] = defaultdict(list)
    rows = Segment.objects.filter(translation__in=translation_ids).only(
        "translation_id", "origin", "engine", "engine_version"
    )
    for segment in rows:
        found[segment.translation_id].append(segment)
    return found


def _add(feed: PaperFeed, entry: Entry, segments: list[Segment], rights: str) -> None:
    translation, paper = entry.translation, entry.paper
    context = {
        "entry": entry,
        "translation": translation,
        "paper": paper,
        "provenance": wording.provenance_sentence(segments),
        "rights": rights,
    }
    feed.add_item(
        title=_line(to_plain(translation.title)),
        link=absolute(page_path("paper", paper.arxiv_id)),
        description=_line(to_plain(translation.summary or translation.title)),
        pubdate=paper.submitted_at,
        updateddate=translation.updated_at,
        categories=paper.categories,
        item_copyright=rights,
        unique_id=paper_page(paper.arxiv_id),
        authors=[_line(name) for name in paper.author_names],
        content=_NOT_IN_XML.sub("", render_to_string("pages/feed_entry.html", context)),
        original=paper.identifier.abs_url,
    )
