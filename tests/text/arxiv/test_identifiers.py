"""Valid and invalid spellings of arXiv identifiers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.arxiv.identifiers import LONGEST_INPUT, ArxivId, InvalidArxivId

READ = {
    "new style, five digits": ("2502.21321", "2502.21321", None),
    "new style, four digits": ("0704.0001", "0704.0001", None),
    "last month of four digits": ("1412.9999", "1412.9999", None),
    "first month of five digits": ("1501.00001", "1501.00001", None),
    "version": ("2502.21321v2", "2502.21321", 2),
    "capital V": ("2502.21321V2", "2502.21321", 2),
    "version of two digits": ("0704.0001v12", "0704.0001", 12),
    "old style": ("hep-th/9901001", "hep-th/9901001", None),
    "old style with subject class": ("math.GT/0309136", "math/0309136", None),
    "old style with version": ("cs/0001024v2", "cs/0001024", 2),
    "old style in capitals": ("HEP-TH/9901001", "hep-th/9901001", None),
    "last old month": ("math/0703999", "math/0703999", None),
    "prefix": ("arXiv:2502.21321v1", "2502.21321", 1),
    "prefix and space": ("arxiv: 2502.21321", "2502.21321", None),
    "OAI identifier": ("oai:arXiv.org:cs/0001024", "cs/0001024", None),
    "abs address": ("https://arxiv.org/abs/2502.21321v3", "2502.21321", 3),
    "http and www": ("http://www.arxiv.org/abs/hep-th/9901001", "hep-th/9901001", None),
    "pdf address": ("https://arxiv.org/pdf/2502.21321v2.pdf", "2502.21321", 2),
    "pdf address without suffix": ("https://arxiv.org/pdf/2502.21321", "2502.21321", None),
    "html address": ("https://arxiv.org/html/2502.21321v1", "2502.21321", 1),
    "format address": ("https://arxiv.org/format/cs/0001024", "cs/0001024", None),
    "export host, query": ("http://export.arxiv.org/abs/0704.0001?context=cs", "0704.0001", None),
    "fragment": ("https://arxiv.org/html/2502.21321v1#S1", "2502.21321", 1),
    "no scheme": ("arxiv.org/abs/2502.21321", "2502.21321", None),
    "trailing slash": ("https://arxiv.org/abs/2502.21321/", "2502.21321", None),
    "percent-encoded slash": ("https://arxiv.org/abs/hep-th%2F9901001", "hep-th/9901001", None),
    "white space around": ("  2502.21321\n", "2502.21321", None),
    "full-width digits": ("２５０２．２１３２１", "2502.21321", None),
}


@pytest.mark.parametrize(("text", "base", "version"), READ.values(), ids=READ.keys())
def test_reads(text: str, base: str, version: int | None) -> None:
    assert ArxivId.parse(text) == ArxivId(base, version)


REFUSED = {
    "empty": ("", "empty"),
    "only white space": (" \n ", "empty"),
    "month 13": ("2513.00001", "13 is not a month"),
    "month 0": ("2500.00001", "00 is not a month"),
    "old style month 13": ("hep-th/9913001", "13 is not a month"),
    "four digits after 2014": ("1501.0001", "5 digits are needed"),
    "five digits before 2015": ("1412.00001", "4 digits are needed"),
    "six digits": ("2502.213210", "neither"),
    "three digits": ("0704.001", "neither"),
    "new style before April 2007": ("0703.0001", "starts with 0704"),
    "old style after March 2007": ("math/0704001", "1991 to March 2007"),
    "number zero": ("2502.00000", "number is zero"),
    "version zero": ("2502.21321v0", "versions start at v1"),
    "trailing words": ("2502.21321 and more", "neither"),
    "no archive": ("/9901001", "neither"),
    "another host": ("https://example.org/abs/2502.21321", "neither"),
    "huge": ("2" * (LONGEST_INPUT + 1), "longer than"),
    "a DOI": ("10.1000/182", "neither"),
    "Arabic digits": ("٢٥٠٢.٢١٣٢١", "neither"),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_refuses_and_says_what_is_expected(text: str, reason: str) -> None:
    with pytest.raises(InvalidArxivId) as caught:
        ArxivId.parse(text)
    message = str(caught.value)
    assert reason in message
    assert "expected an arXiv identifier such as 2502.21321" in message
    assert len(message) < 400


def test_a_refusal_is_a_value_error() -> None:
    assert issubclass(InvalidArxivId, ValueError)


def test_addresses_of_a_version() -> None:
    paper = ArxivId("2502.21321", 2)
    assert str(paper) == "2502.21321v2"
    assert paper.abs_url == "https://arxiv.org/abs/2502.21321v2"
    assert paper.pdf_url == "https://arxiv.org/pdf/2502.21321v2"
    assert paper.oai_identifier == "oai:arXiv.org:2502.21321"
    assert paper.unversioned == ArxivId("2502.21321")


def test_addresses_of_an_old_paper() -> None:
    paper = ArxivId("hep-th/9901001")
    assert str(paper) == "hep-th/9901001"
    assert paper.abs_url == "https://arxiv.org/abs/hep-th/9901001"
    assert paper.unversioned is paper


@st.composite
def papers(draw: st.DrawFn) -> ArxivId:
    version = draw(st.none() | st.integers(1, 999))
    month = draw(st.integers(1, 12))
    if draw(st.booleans()):
        archive = draw(st.sampled_from(["cs", "math", "hep-th", "astro-ph", "q-bio"]))
        year = draw(st.integers(91, 99))
        return ArxivId(f"{archive}/{year}{month:02d}{draw(st.integers(1, 999)):03d}", version)
    year = draw(st.integers(8, 99))
    digits = 5 if year >= 15 else 4
    number = draw(st.integers(1, 10**digits - 1))
    return ArxivId(f"{year:02d}{month:02d}.{number:0{digits}d}", version)


@given(papers())
def test_every_written_form_reads_back(paper: ArxivId) -> None:
    assert ArxivId.parse(str(paper)) == paper
    assert ArxivId.parse(paper.abs_url) == paper
    assert ArxivId.parse(paper.pdf_url) == paper
    assert ArxivId.parse(paper.oai_identifier) == paper.unversioned


@given(st.text(alphabet="0123456789./v-arxiv:hepth \n%?#"))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        paper = ArxivId.parse(text)
    except InvalidArxivId:
        return
    assert ArxivId.parse(str(paper)) == paper
