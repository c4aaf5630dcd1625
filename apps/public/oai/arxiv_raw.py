"""The arXivRaw format: the paper alone, so that another site can harvest it from here.

Format: https://oaipmh.arxiv.org/OAI/arXivRaw.xsd.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from lxml import etree

from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.models import Notice
from apps.public.oai.elements import add_element, add_if_filled, root_element
from apps.public.site.labels import arxiv_date

NAMESPACE = "http://arxiv.org/OAI/arXivRaw/"
SCHEMA = "https://oaipmh.arxiv.org/OAI/arXivRaw.xsd"


def arxiv_raw(shown: PublishedPaper, notices: Sequence[Notice]) -> etree._Element:
    """Return the record of the paper, without its translation."""
    paper = shown.paper
    element = root_element(NAMESPACE, "arXivRaw", SCHEMA)
    add_element(element, "id", paper.arxiv_id)
    for number, submitted_at, size_kb in _versions(shown):
        version = add_element(element, "version", "", version=f"v{number}")
        add_element(version, "date", arxiv_date(submitted_at))
        if size_kb is not None:
            add_element(version, "size", f"{size_kb}kb")
    add_element(element, "title", paper.title)
    add_element(element, "authors", author_line(paper.authors))
    add_element(element, "categories", " ".join(paper.categories))
    add_if_filled(element, "comments", paper.comments)
    add_if_filled(element, "report-no", paper.report_number)
    add_if_filled(element, "journal-ref", paper.journal_ref)
    add_if_filled(element, "doi", paper.doi)
    add_if_filled(element, "license", paper.licence_url)
    add_element(element, "abstract", paper.abstract)
    return element


def author_line(authors: Sequence[Mapping[str, Any]]) -> str:
    """Return the authors on one line as arXiv does, affiliations in parentheses."""
    written = []
    for author in authors:
        places = ", ".join(author.get("affiliations") or ())
        written.append(f"{author['name']} ({places})" if places else author["name"])
    return ", ".join(written)


def _versions(shown: PublishedPaper) -> Iterator[tuple[int, datetime, int | None]]:
    if not shown.versions:
        # Records in arXiv's short format list no versions.
        yield shown.paper.latest_version, shown.paper.revised_at, None
    for version in shown.versions:
        yield version.number, version.submitted_at, version.size_kb
