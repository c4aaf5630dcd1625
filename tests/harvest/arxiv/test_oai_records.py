"""Records of OAI-PMH, field by field."""

import io
from datetime import UTC, date, datetime

import pytest

from apps.harvest.arxiv.oai import OaiPage
from apps.harvest.arxiv.pages import Rejection
from apps.harvest.arxiv.responses import BadResponse
from apps.papers.records import SourceFormat, VersionStamp
from tests.support import arxiv_responses as r


def read(body: bytes):
    return list(OaiPage(io.BytesIO(body), "memory").items())


def read_one(metadata: str):
    (item,) = read(r.page(r.record(metadata)))
    return item


def reason(metadata: str) -> str:
    item = read_one(metadata)
    assert isinstance(item, Rejection)
    return item.reason


ARXIV = (
    f"<{r.ARXIV}><id>hep-th/9901001</id><created>1999-01-02</created><updated>2001-03-04</updated>"
    "<authors><author><keyname>Garcia</keyname><forenames>A.</forenames><suffix>Jr</suffix>"
    "<affiliation>CSIC</affiliation></author><author><keyname>CDF Collaboration</keyname></author>"
    "</authors><title>On $α$-trees</title><categories>hep-th math-ph</categories>"
    "<journal-ref>J. 1 (1999)</journal-ref><doi>10.1/2</doi><report-no>TR-7</report-no>"
    "<abstract>  First.\n  Second.</abstract></arXiv>"
)


def test_arxivraw():
    paper = read_one(r.raw_metadata(7, versions=2))
    assert (paper.arxiv_id, paper.source_format) == ("2502.00007", SourceFormat.ARXIV_RAW)
    assert paper.title == "On trees, part 7"
    assert paper.abstract == "We grow $\\alpha$-trees in Schrödinger's garden."
    assert [author.name for author in paper.authors] == ["Ana García", "Bo Li"]
    assert paper.authors[0].affiliations == ("CSIC",)
    assert paper.categories == ("cs.CL", "cs.LG")
    first = datetime(2025, 2, 3, 10, 20, 30, tzinfo=UTC)
    second = datetime(2025, 2, 4, 10, 20, 30, tzinfo=UTC)
    assert paper.versions == (VersionStamp(1, first, 10), VersionStamp(2, second, 20))
    assert (paper.submitted_at, paper.revised_at) == (first, second)
    assert paper.licence_url == "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"
    assert (paper.comments, paper.journal_ref, paper.doi) == ("12 pages", "", "")
    assert paper.datestamp == date(2025, 3, 1)


def test_arxiv():
    paper = read_one(ARXIV)
    assert (paper.arxiv_id, paper.source_format) == ("hep-th/9901001", SourceFormat.ARXIV)
    assert paper.versions == ()
    assert paper.latest_version is None
    assert paper.submitted_at == datetime(1999, 1, 2, tzinfo=UTC)
    assert paper.revised_at == datetime(2001, 3, 4, tzinfo=UTC)
    assert [author.name for author in paper.authors] == ["A. Garcia Jr", "CDF Collaboration"]
    assert paper.authors[0].affiliations == ("CSIC",)
    assert paper.abstract == "First.\n\nSecond."
    assert (paper.journal_ref, paper.doi, paper.report_number) == ("J. 1 (1999)", "10.1/2", "TR-7")
    assert paper.licence_url == ""


def test_a_title_over_two_lines_is_one_line():
    assert read_one(r.raw_metadata(title="On\n  trees")).title == "On trees"


def test_versions_come_out_in_order_whatever_the_order_in_the_record():
    turned = r.raw_metadata(versions=3)
    first, second = turned.index("<version "), turned.index('<version version="v2"')
    turned = turned[:first] + turned[second:].replace("<id>", turned[first:second] + "<id>", 1)
    assert [stamp.number for stamp in read_one(turned).versions] == [1, 2, 3]


def test_characters_that_reorder_or_hide_text_do_not_come_in():
    paper = read_one(r.raw_metadata(title="On \u202etrees\u200b"))
    assert paper.title == "On trees"


REJECTED = {
    "no identifier": (r.raw_metadata(id=""), "no arXiv identifier"),
    "wrong identifier": (r.raw_metadata(id="about/trees"), "not an arXiv identifier"),
    "no title": (r.raw_metadata(title=""), "no title"),
    "no version": (r.raw_metadata(versions=0), "lists no version"),
    "wrong time": (r.raw_metadata().replace("Feb", "Foo"), "is not a time"),
    "impossible day": (r.raw_metadata().replace("03 Feb", "31 Feb"), "is not a time"),
    "wrong version": (r.raw_metadata().replace('"v1"', '"one"'), "is not a version"),
    "licence too long": (r.raw_metadata(license="http://x/" + "y" * 300), "licence is longer"),
    "category too long": (r.raw_metadata(categories="c" * 40), "category is longer"),
    "arXiv without a day": (ARXIV.replace("1999-01-02", "yesterday"), "is not a day"),
    "no metadata": ("", "no metadata"),
}


@pytest.mark.parametrize(("metadata", "why"), REJECTED.values(), ids=REJECTED.keys())
def test_what_is_no_paper_is_rejected_with_its_name_and_why(metadata, why):
    text = reason(metadata)
    assert why in text
    assert "oai:arXiv.org:2502.00001" in text


def test_a_deleted_record_is_rejected():
    body = r.papers(1).replace(b"<header>", b'<header status="deleted">')
    assert "deleted at the source" in read(body)[0].reason


def test_a_wrong_datestamp_is_rejected():
    body = r.papers(1).replace(b"2025-03-01</datestamp>", b"soon</datestamp>")
    assert "datestamp" in read(body)[0].reason


def test_another_metadata_format_is_refused_by_name():
    other = '<dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"><title>T</title></dc>'
    with pytest.raises(BadResponse, match="format dc; ask for arXivRaw or arXiv"):
        read(r.page(r.record(other)))
