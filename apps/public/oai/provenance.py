"""The provenance of a record: the repository from which its metadata was harvested.

Guidelines: https://www.openarchives.org/OAI/2.0/guidelines-provenance.htm.
"""

from django.conf import settings
from lxml import etree

from apps.papers.models import Paper
from apps.papers.records import SourceFormat
from apps.public.oai.elements import add_element, root_element, timestamp
from apps.text.arxiv.identifiers import ArxivId

NAMESPACE = "http://www.openarchives.org/OAI/2.0/provenance"
SCHEMA = "http://www.openarchives.org/OAI/2.0/provenance.xsd"
_HARVESTED_AS = {
    SourceFormat.ARXIV_RAW: "http://arxiv.org/OAI/arXivRaw/",
    SourceFormat.ARXIV: "http://arxiv.org/OAI/arXiv/",
}


def provenance(paper: Paper) -> etree._Element | None:
    """Return the provenance of a paper; None if it was not harvested by OAI-PMH."""
    namespace = _HARVESTED_AS.get(SourceFormat(paper.source_format))
    if namespace is None or paper.datestamp is None:
        return None
    element = root_element(NAMESPACE, "provenance", SCHEMA)
    origin = etree.SubElement(
        element,
        f"{{{NAMESPACE}}}originDescription",
        {"harvestDate": timestamp(paper.changed_at), "altered": "true"},
    )
    add_element(origin, "baseURL", settings.ARXIV_OAI_URL)
    add_element(origin, "identifier", ArxivId(paper.arxiv_id).oai_identifier)
    add_element(origin, "datestamp", paper.datestamp.isoformat())
    add_element(origin, "metadataNamespace", namespace)
    return element
