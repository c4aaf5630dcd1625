"""The site's own format: a translation sentence by sentence, with provenance.

Schema: static/papersite/oai/record.xsd. The score is left out because it changes daily.
"""

from collections.abc import Sequence

from django.conf import settings
from django.templatetags.static import static
from lxml import etree

from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.models import Notice
from apps.public.oai.elements import add_element, add_if_filled, root_element, timestamp
from apps.public.site.page_urls import absolute, paper_api_url, paper_url
from apps.translation.models import Segment

NAMESPACE = "urn:papersite:record:1"
SCHEMA = "papersite/oai/record.xsd"


def papersite_record(shown: PublishedPaper, notices: Sequence[Notice]) -> etree._Element:
    """Return the record of a translation."""
    paper, version = shown.paper, shown.identifier
    element = root_element(NAMESPACE, "record", absolute(static(SCHEMA)))
    add_element(element, "arxivId", paper.arxiv_id)
    if version.version is not None:
        add_element(element, "version", str(version.version))
    add_element(element, "page", paper_url(paper.arxiv_id))
    add_element(element, "document", paper_api_url(paper.arxiv_id))
    add_element(element, "arxiv", version.abs_url)
    add_element(element, "submitted", timestamp(paper.submitted_at))
    add_element(element, "revised", timestamp(paper.revised_at))
    if paper.withdrawn_at:
        add_element(element, "withdrawn", timestamp(paper.withdrawn_at))
    add_element(element, "title", paper.title, language=settings.SOURCE_LANGUAGE)
    add_element(element, "abstract", paper.abstract, language=settings.SOURCE_LANGUAGE)
    for name in paper.author_names:
        add_element(element, "author", name)
    for code in paper.categories:
        primary = {"primary": "true"} if code == paper.primary_category else {}
        add_element(element, "category", code, **primary)
    add_if_filled(element, "comments", paper.comments)
    add_if_filled(element, "journalReference", paper.journal_ref)
    add_if_filled(element, "doi", paper.doi)
    add_if_filled(element, "licence", paper.licence_url)
    _add_translation(element, shown)
    for notice in notices:
        kind, number = notice.key, str(notice.version)
        add_element(
            element, "notice", notice.text, language=notice.language, kind=kind, version=number
        )
    return element


def _add_translation(parent: etree._Element, shown: PublishedPaper) -> None:
    translation = shown.translation
    element = add_element(
        parent,
        "translation",
        "",
        language=translation.language,
        status=translation.status,
        updated=timestamp(translation.updated_at),
    )
    if translation.published_at is not None:
        element.set("published", timestamp(translation.published_at))
    for badge in shown.badges:
        add_element(element, "mark", badge.label, code=badge.code)
    add_element(element, "title", translation.title)
    add_element(element, "abstract", translation.abstract)
    if translation.summary:
        add_element(element, "summary", translation.summary, origin=translation.summary_origin)
    for licence in shown.licences:
        address = {"url": licence.url} if licence.url else {}
        add_element(element, "licence", licence.spdx, **address)
    add_element(element, "provenance", shown.provenance)
    for segment in shown.segments:
        _add_segment(element, segment)


def _add_segment(parent: etree._Element, segment: Segment) -> None:
    element = add_element(
        parent,
        "segment",
        "",
        field=segment.field,
        position=str(segment.position),
        paragraph=str(segment.paragraph),
        origin=segment.origin,
    )
    facts = {
        "engine": segment.engine,
        "engineVersion": segment.engine_version,
        "translated": "" if segment.translated_at is None else timestamp(segment.translated_at),
        "approved": "" if segment.approved_at is None else timestamp(segment.approved_at),
    }
    for name, value in facts.items():
        if value:
            element.set(name, value)
    add_element(element, "source", segment.source)
    add_element(element, "text", segment.text)
