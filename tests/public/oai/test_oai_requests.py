"""Errors of OAI-PMH."""

import pytest
from lxml import etree

from tests.support.factories import publish_paper
from tests.support.oai_answers import OAI, codes, record

pytestmark = pytest.mark.django_db

LIST = "verb=ListRecords&metadataPrefix=oai_dc"
WRONG = {
    "no verb": ("", "badVerb"),
    "another verb": ("verb=Sheep", "badVerb"),
    "a verb twice": ("verb=Identify&verb=Identify", "badVerb"),
    "an argument that the verb does not take": ("verb=Identify&set=cs", "badArgument"),
    "an argument twice": (f"{LIST}&set=cs&set=cs", "badArgument"),
    "no format": ("verb=ListRecords", "badArgument"),
    "an empty format": ("verb=ListRecords&metadataPrefix=", "badArgument"),
    "no identifier": ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
    "another format": ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
    "no date": (f"{LIST}&from=yesterday", "badArgument"),
    "no such day": (f"{LIST}&from=2026-02-30", "badArgument"),
    "minutes only": (f"{LIST}&from=2026-02-03T10:00Z", "badArgument"),
    "an empty date": (f"{LIST}&from=", "badArgument"),
    "two granularities": (f"{LIST}&from=2026-02-03&until=2026-02-04T00:00:00Z", "badArgument"),
    "from after until": (f"{LIST}&from=2026-02-04&until=2026-02-03", "badArgument"),
    "no name of a set": (f"{LIST}&set=c%20s", "badArgument"),
    "a zero byte": (f"{LIST}&set=cs%00", "badArgument"),
    "a token beside arguments": (f"{LIST}&resumptionToken=x", "badArgument"),
    "no token": ("verb=ListRecords&resumptionToken=sheep", "badResumptionToken"),
    "an empty token": ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
    "a token with another format": (
        "verb=ListRecords&resumptionToken=marc,,,,1.1.1", "badResumptionToken",
    ),
    "a token beyond time": (
        "verb=ListRecords&resumptionToken=oai_dc,,,,99999999999.1.1", "badResumptionToken",
    ),
    "a token of sets": ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
    "an identifier of another site": (
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:arXiv.org:2602.00001",
        "idDoesNotExist",
    ),
    "an identifier with a version": (
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:ja/2602.00001v1",
        "idDoesNotExist",
    ),
    "an identifier in another language": (
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:ko/2602.00001",
        "idDoesNotExist",
    ),
    "no identifier at all": (
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=%00", "idDoesNotExist",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("query", "code"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_invalid_request_gets_the_error_code_of_the_protocol(client, query, code, method):
    publish_paper(arxiv_id="2602.00001")
    record()
    if method == "get":
        response = client.get(f"/oai?{query}")
    else:
        kind = "application/x-www-form-urlencoded"
        response = client.post("/oai", query, content_type=kind)
    answer = etree.fromstring(response.content)
    assert codes(answer) == [code]
    request = answer.find(f"{OAI}request")
    assert request.text == "http://127.0.0.1:8000/oai"
    assert bool(request.attrib) == (code not in ("badVerb", "badArgument"))
