"""Pages, tokens and errors of OAI-PMH, and everything that may come in place of them."""

import io
from datetime import date

import pytest

from apps.harvest.arxiv.oai import (
    BadResumptionToken,
    OaiError,
    OaiPage,
    list_records_url,
    resumption_url,
)
from apps.harvest.arxiv.responses import BadResponse
from apps.papers.records import SourceFormat
from tests.support import arxiv_responses as r

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 9))
    + ']><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>&a8;</ListRecords>'
    "</OAI-PMH>"
).encode()


def page_of(body: bytes) -> OaiPage:
    page = OaiPage(io.BytesIO(body), "https://oai.example.org/x")
    page.records = list(page.items())
    return page


def test_a_page_with_a_token():
    page = page_of(r.papers(1, 2, token="verb%3DListRecords%26skip%3D0"))
    assert len(page.records) == 2
    assert page.next_cursor == "verb%3DListRecords%26skip%3D0"
    assert page.response_day == date(2025, 3, 2)


@pytest.mark.parametrize("token", ["", None], ids=["empty token", "no token"])
def test_the_last_page(token):
    assert page_of(r.papers(1, token=token)).next_cursor is None


def test_the_size_of_the_list_where_the_server_tells_it():
    body = r.papers(1, token="t").replace(
        b"<resumptionToken>", b'<resumptionToken cursor="0" completeListSize="1234">'
    )
    assert page_of(body).total == 1234


def test_the_token_goes_verbatim_encoded_once_more():
    url = resumption_url("https://x.org/oai", "verb%3DListRecords%26skip%3D0")
    assert url == (
        "https://x.org/oai?verb=ListRecords&resumptionToken=verb%253DListRecords%2526skip%253D0"
    )


def test_the_address_of_a_list():
    url = list_records_url(
        "https://x.org/oai",
        source_format=SourceFormat.ARXIV_RAW,
        set_spec="cs:cs:CL",
        from_date=date(2025, 2, 1),
        until_date=date(2025, 2, 28),
    )
    assert url == (
        "https://x.org/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=cs%3Acs%3ACL"
        "&from=2025-02-01&until=2025-02-28"
    )


def test_no_records_match_is_an_empty_list_that_says_so():
    page = page_of(r.error("noRecordsMatch", "Nothing on that day."))
    assert (page.records, page.next_cursor) == ([], None)
    assert "Nothing on that day." in page.notes[0]


def test_an_expired_token_has_an_error_of_its_own():
    with pytest.raises(BadResumptionToken, match="expired"):
        page_of(r.error("badResumptionToken", "It has expired."))


@pytest.mark.parametrize(
    "code",
    ["badArgument", "badVerb", "cannotDisseminateFormat", "idDoesNotExist", "noSetHierarchy"],
)
def test_other_errors_name_the_address_the_code_and_the_words(code):
    with pytest.raises(OaiError, match=rf"oai.example.org/x: .*{code}: Reason: so\."):
        page_of(r.error(code, "Reason: so."))


WHOLE = r.papers(1, 2, token="t")
NOT_A_PAGE = {
    "empty": (b"", "an empty body"),
    "blank": (b"  \n ", "an empty body"),
    "HTML": (b"<!DOCTYPE html><html><body>503 Busy</body></html>", "an HTML page"),
    "HTML without doctype": (b"<html><head><title>Hi</title></head></html>", "an HTML page"),
    "XHTML": (b'<?xml version="1.0"?><html xmlns="x"><p/></html>', "an HTML page"),
    "plain text": (b"Rate exceeded.", "Rate exceeded."),
    "JSON": (b'{"error": 1}', "text that is not XML"),
    "other XML": (b"<feed><entry/></feed>", "the document <feed>"),
    "other namespace": (b"<OAI-PMH><ListRecords/></OAI-PMH>", "the document <OAI-PMH>"),
    "cut in a record": (WHOLE[: len(WHOLE) // 2], "broken or cut off"),
    "cut before the end": (WHOLE[:-5], "broken or cut off"),
    "trailing garbage": (WHOLE + b"<more/>", "broken or cut off"),
    "wrong encoding": (WHOLE.replace(b"trees", b"tr\xe9es"), "broken or cut off"),
    "unknown encoding": (WHOLE.replace(b"UTF-8", b"klingon"), "encoding"),
    "control character": (WHOLE.replace(b"trees", b"tr&#1;ees"), "broken or cut off"),
    "entity bomb": (BOMB, "document type"),
    "external entity": (
        WHOLE.replace(
            b"<OAI-PMH", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><OAI-PMH', 1
        ).replace(b"trees", b"&e;"),
        "document type",
    ),
    "undeclared entity": (WHOLE.replace(b"trees", b"&nbsp;"), "broken or cut off"),
    "another verb": (
        WHOLE.replace(b"ListRecords>", b"Identify>").replace(b"record>", b"x>"),
        "Identify names no papers",
    ),
    "no verb": (f"{r.OAI_HEAD}</OAI-PMH>".encode(), "neither ListRecords nor an error"),
    "error page inside": (b"<x>" + WHOLE.split(b"\n", 1)[1] + b"</x>", "the document <x>"),
}


@pytest.mark.parametrize(("body", "what"), NOT_A_PAGE.values(), ids=NOT_A_PAGE.keys())
def test_what_is_no_whole_page_is_refused_by_name(body, what):
    with pytest.raises(BadResponse, match=r"https://oai\.example\.org/x: ") as refusal:
        page_of(body)
    assert what in str(refusal.value)


def test_a_declared_latin_1_page_is_read():
    text = WHOLE.replace(b"UTF-8", b"ISO-8859-1").decode().replace("trees", "tr\u00e9es")
    assert page_of(text.encode("latin-1")).records[0].title == "On tr\u00e9es, part 1"


def test_utf_16_is_read():
    text = WHOLE.replace(b"UTF-8", b"UTF-16").decode()
    assert len(page_of(text.encode("utf-16")).records) == 2


def test_entities_of_xml_and_cdata_are_read():
    body = WHOLE.replace(b"trees", b"<![CDATA[a<b]]> &amp; &#233;")
    assert page_of(body).records[0].title == "On a<b & é, part 1"
