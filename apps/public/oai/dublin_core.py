"""The Dublin Core format (oai_dc), which every harvester reads.

Schema: http://www.openarchives.org/OAI/2.0/oai_dc.xsd.
"""

from collections.abc import Sequence

from django.conf import settings
from lxml import etree

from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.models import Notice
from apps.public.oai.elements import add_element, root_element
from apps.public.site import labels
from apps.public.site.page_urls import paper_url

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"


def dublin_core(shown: PublishedPaper, notices: Sequence[Notice]) -> etree._Element:
    """Return the record of a translation, with labels in the active language."""
    paper, translation = shown.paper, shown.translation
    element = root_element(NAMESPACE, "dc", SCHEMA, prefix="oai_dc")
    into, source = translation.language, settings.SOURCE_LANGUAGE

    def dc(name: str, text: str, language: str = "") -> None:
        if text:
            add_element(element, name, text, language=language, namespace=DC)

    dc("title", translation.title, into)
    dc("title", paper.title, source)
    for name in paper.author_names:
        dc("creator", name)
    for code in paper.categories:
        dc("subject", labels.category_title(code, settings.LANGUAGE_CODE))
    dc("description", translation.abstract, into)
    dc("description", translation.summary, into)
    dc("description", paper.abstract, source)
    dc("description", shown.provenance)
    dc("publisher", settings.SITE_NAME)
    dc("date", paper.submitted_at.date().isoformat())
    dc("type", "text")
    dc("identifier", paper_url(paper.arxiv_id))
    dc("source", shown.identifier.abs_url)
    if paper.doi:
        dc("relation", f"https://doi.org/{paper.doi.split()[0]}")
    dc("language", into)
    for licence in shown.licences:
        dc("rights", licence.url or licence.spdx)
    for badge in shown.badges:
        dc("rights", f"{badge.label}: {badge.meaning}")
    for notice in notices:
        dc("rights", notice.text, notice.language)
    return element
