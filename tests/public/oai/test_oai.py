"""OAI-PMH 2.0 as a data provider, verb by verb."""

from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from lxml import etree

from apps.papers.models import Paper, PaperVersion
from apps.public.models import PublicRecord
from apps.public.oai import verbs
from apps.translation.models import Segment, SegmentOrigin
from tests.support.acts import unpublish
from tests.support.builders import NOW
from tests.support.factories import SENTENCE, TITLE, editor, publish_paper
from tests.support.oai_answers import OAI, codes, later, record

pytestmark = pytest.mark.django_db

DC = "{http://purl.org/dc/elements/1.1/}"
OWN = "{urn:papersite:record:1}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The imported schema of xml:lang lives on the internet; this is what it says of that attribute.
XML_XSD = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
           targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:language"/>
</xs:schema>
"""


def identifiers(answer) -> list[str]:
    return [element.text for element in answer.iter(f"{OAI}identifier")]


def texts(answer, tag) -> list[str]:
    return [element.text for element in answer.iter(tag)]


def test_identify_describes_the_repository(ask, settings):
    settings.SITE_NAME = "読む"
    publish_paper()
    record()
    said = {etree.QName(element).localname: element.text for element in ask("Identify")[2]}
    assert said == {
        "repositoryName": "読む",
        "baseURL": "http://127.0.0.1:8000/oai",
        "protocolVersion": "2.0",
        "adminEmail": "editor@example.org",
        "earliestDatestamp": "2026-03-02T06:00:11Z",
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
        "compression": "gzip",
    }


def test_formats_are_listed_also_for_a_record(ask):
    publish_paper(arxiv_id="2602.00001")
    record()
    prefixes = ["oai_dc", "papersite", "arXivRaw"]
    assert texts(ask("ListMetadataFormats"), f"{OAI}metadataPrefix") == prefixes
    named = ask("ListMetadataFormats", identifier="oai:127.0.0.1:ja/2602.00001")
    assert texts(named, f"{OAI}metadataPrefix") == prefixes
    assert codes(ask("ListMetadataFormats", identifier="oai:127.0.0.1:ja/2602.00009")) == [
        "idDoesNotExist"
    ]


def test_sets_are_those_of_arxiv_and_the_site_s_own(ask):
    answer = ask("ListSets")
    names = dict(zip(texts(answer, f"{OAI}setSpec"), texts(answer, f"{OAI}setName"), strict=True))
    assert names["cs"] == "計算機科学"
    assert names["cs:cs:CL"] == "計算と言語（自然言語処理）"
    assert names["physics:hep-th"]
    assert {"language:ja", "review:reviewed", "review:unreviewed"} <= set(names)


def test_a_dublin_core_record_has_provenance_and_rights(ask, notices):
    publish_paper(
        arxiv_id="hep-th/9901001", title="Sheep", abstract="We count.", doi="10.1000/x",
        categories=["hep-th"], primary_category="hep-th",
    )  # fmt: skip
    record()
    answer = ask("GetRecord", identifier="oai:127.0.0.1:ja/hep-th/9901001", metadataPrefix="oai_dc")
    said: dict[str, list[str]] = {}
    for element in answer.iter(f"{DC}*"):
        said.setdefault(etree.QName(element).localname, []).append(element.text)
    assert said["title"] == [TITLE, "Sheep"]
    assert said["creator"] == ["Ada Example"]
    assert said["identifier"] == ["http://127.0.0.1:8000/papers/hep-th/9901001/"]
    assert said["source"] == ["https://arxiv.org/abs/hep-th/9901001v1"]
    assert said["language"] == ["ja"]
    assert said["relation"] == ["https://doi.org/10.1000/x"]
    assert "翻訳メモリによる訳文です。" in said["description"]
    assert said["rights"][0] == "NOASSERTION"
    assert said["rights"][1].startswith("翻訳メモリ・未校閲")
    assert set(said["rights"]) >= {notices["disclaimer", "ja"], notices["disclaimer", "en"]}
    titles = [element.get(LANG) for element in answer.iter(f"{DC}title")]
    assert titles == ["ja", "en"]


def own_schema() -> etree.XMLSchema:
    class Imported(etree.Resolver):
        def resolve(self, url, public_id, context):
            return self.resolve_string(XML_XSD, context) if url.endswith("xml.xsd") else None

    parser = etree.XMLParser()
    parser.resolvers.add(Imported())
    return etree.XMLSchema(etree.parse(finders.find("papersite/oai/record.xsd"), parser))


def test_a_papersite_record_has_every_sentence_with_its_origin(ask, notices):
    publish_paper(arxiv_id="2602.00001", title="Sheep", abstract="We count. We stop.")
    record()
    answer = ask("GetRecord", identifier="oai:127.0.0.1:ja/2602.00001", metadataPrefix="papersite")
    (found,) = answer.iter(f"{OWN}record")
    assert found.findtext(f"{OWN}document") == "http://127.0.0.1:8000/api/v1/papers/2602.00001/"
    sentences = [
        (part.get("field"), part.get("origin"), part[0].text, part[1].text)
        for part in found.iter(f"{OWN}segment")
    ]
    assert sentences == [
        ("title", "memory", "Sheep", TITLE),
        ("abstract", "memory", "We count.", f"{SENTENCE}1。"),
        ("abstract", "memory", "We stop.", f"{SENTENCE}2。"),
    ]
    assert [mark.get("code") for mark in found.iter(f"{OWN}mark")] == ["memory"]
    declared = {(part.get("kind"), part.get(LANG)) for part in found.iter(f"{OWN}notice")}
    assert declared == {(key, code) for key in ("disclaimer", "machine") for code in ("ja", "en")}


def test_a_record_in_every_status_is_valid_and_has_its_status(ask, notices):
    publish_paper(arxiv_id="2602.00001", reviewed=True)
    stale = publish_paper(arxiv_id="2602.00002", doi="10.1/x", comments="1 page", journal_ref="J")
    Paper.objects.filter(pk=stale.paper_id).update(text_fingerprint="other", latest_version=2)
    gone = publish_paper(arxiv_id="2602.00003", licence_url="http://creativecommons.org/")
    Paper.objects.filter(pk=gone.paper_id).update(withdrawn_at=NOW)
    bare = publish_paper(arxiv_id="2602.00004", authors=[], categories=[], primary_category="")
    Segment.objects.filter(translation=bare).update(translated_at=None, engine="")
    record()
    answer = ask("ListRecords", metadataPrefix="papersite")
    schema = own_schema()
    records = list(answer.iter(f"{OWN}record"))
    for found in records:
        schema.assertValid(etree.fromstring(etree.tostring(found)))
    marks = {
        found.findtext(f"{OWN}arxivId"): [mark.get("code") for mark in found.iter(f"{OWN}mark")]
        for found in records
    }
    assert marks == {
        "2602.00001": ["reviewed"],
        "2602.00002": ["stale", "memory"],
        "2602.00003": ["withdrawn", "memory"],
        "2602.00004": ["memory"],
    }


def test_a_record_names_the_licences_of_its_sentences(ask, settings):
    settings.TRANSLATION_LICENCE = "CC-BY-4.0"
    settings.ENGINE_LICENCES = {"bergamot": "CC-BY-SA-4.0", "deepl": "no"}
    for number, engine in enumerate(("bergamot", "deepl", "other"), start=1):
        publish_paper(arxiv_id=f"2602.0000{number}", origin=SegmentOrigin.MACHINE, engine=engine)
    record()
    answer = ask("ListRecords", metadataPrefix="papersite")
    licences = {
        found.findtext(f"{OWN}arxivId"): [
            (licence.text, licence.get("url"))
            for licence in found.iterfind(f"{OWN}translation/{OWN}licence")
        ]
        for found in answer.iter(f"{OWN}record")
    }
    assert licences == {
        "2602.00001": [("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/")],
        "2602.00003": [("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")],
    }
    # What may not be passed on is not, as if it had been taken down.
    (withheld,) = [each for each in answer.iter(f"{OAI}header") if each.get("status")]
    assert withheld.findtext(f"{OAI}identifier") == "oai:127.0.0.1:ja/2602.00002"


def test_above_the_rate_limit_the_answer_is_503(client, settings, counters):
    settings.API_ANONYMOUS_PER_MINUTE = 1
    assert client.get("/oai?verb=Identify").status_code == 200
    response = client.get("/oai?verb=Identify")
    assert response.status_code == 503
    assert 0 < int(response["Retry-After"]) <= 60


def test_characters_invalid_in_xml_are_left_out(ask):
    publish_paper(arxiv_id="2602.00001", title="She\x0bep <&> \ufffe", texts={})
    record()
    for prefix in ("oai_dc", "papersite", "arXivRaw"):
        answer = ask("ListRecords", metadataPrefix=prefix)
        assert "Sheep <&> " in [element.text for element in answer.iter() if element.text]


def test_the_provenance_of_the_metadata_is_arxiv_s_own_record(ask):
    publish_paper(arxiv_id="2602.00001", datestamp=NOW.date())
    record()
    (about,) = ask("ListRecords", metadataPrefix="oai_dc").iter(f"{OAI}about")
    said = {etree.QName(element).localname: element.text for element in about.iter()}
    assert said["identifier"] == "oai:arXiv.org:2602.00001"
    assert said["metadataNamespace"] == "http://arxiv.org/OAI/arXivRaw/"


def test_a_translation_that_was_taken_down_is_a_deleted_record_at_once(ask):
    translation = publish_paper(arxiv_id="2602.00001")
    record()
    unpublish(translation.pk, actor=editor(), reason="", now=later(hours=1))

    def seen():
        (found,) = ask("ListRecords", metadataPrefix="oai_dc").iter(f"{OAI}record")
        return found[0].get("status"), len(found)

    assert seen() == ("deleted", 1)
    record(later(hours=2))
    assert seen() == ("deleted", 1)
    assert identifiers(ask("ListIdentifiers", metadataPrefix="oai_dc", from_="2026-03-02"))


def five_papers() -> list[str]:
    for number in range(5):
        publish_paper(arxiv_id=f"2602.0000{number}", categories=["cs.CL"])
        record(later(hours=number))
    return [f"oai:127.0.0.1:ja/2602.0000{number}" for number in range(5)]


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_following_tokens_lists_every_record_while_records_change(ask, monkeypatch, verb):
    monkeypatch.setattr(verbs, "RECORDS_AT_ONCE", 2)
    monkeypatch.setattr(verbs, "HEADERS_AT_ONCE", 2)
    expected = five_papers()
    answer = ask(verb, metadataPrefix="oai_dc", set="cs:cs")
    seen, cursors = [], []
    while True:
        seen += identifiers(answer)
        token = answer.find(f".//{OAI}resumptionToken")
        cursors.append(token.get("cursor"))
        if not token.text:
            break
        if len(cursors) == 1:
            # One that was met already changes, one arrives: both are at the end.
            Paper.objects.filter(arxiv_id="2602.00000").update(changed_at=later(hours=9))
            publish_paper(arxiv_id="2602.00009", categories=["cs.CL"])
            record(later(hours=9))
        answer = ask(verb, resumptionToken=token.text)
    assert seen[:5] == expected
    assert sorted(seen[5:]) == [expected[0], "oai:127.0.0.1:ja/2602.00009"]
    assert cursors == ["0", "2", "4", "6"]


def test_a_list_of_one_page_has_no_token(ask):
    five_papers()
    assert ask("ListIdentifiers", metadataPrefix="oai_dc").find(f".//{OAI}resumptionToken") is None


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        pytest.param({"from_": "2026-03-02"}, "01234", id="from a day"),
        pytest.param({"until": "2026-03-02"}, "01234", id="to the end of a day"),
        pytest.param({"from_": "2026-03-02T08:00:11Z"}, "234", id="from a second, included"),
        pytest.param({"until": "2026-03-02T08:00:11Z"}, "012", id="to a second, included"),
        pytest.param({"set": "cs"}, "01234", id="a group"),
        pytest.param({"set": "cs:cs:CL"}, "01234", id="a category"),
        pytest.param({"set": "language:ja"}, "01234", id="a language"),
        pytest.param({"set": "math"}, "", id="another group"),
        pytest.param({"set": "review:reviewed"}, "", id="reviewed"),
        pytest.param({"from_": "2026-03-03"}, "", id="too late"),
        pytest.param({"until": "9999-12-31"}, "01234", id="the last day that there is"),
    ],
)
def test_lists_are_selected_by_date_and_set(ask, arguments, numbers):
    five_papers()
    answer = ask("ListIdentifiers", metadataPrefix="oai_dc", **arguments)
    assert "".join(identifier[-1] for identifier in identifiers(answer)) == numbers
    assert codes(answer) == ([] if numbers else ["noRecordsMatch"])


@pytest.mark.parametrize("prefix", ["oai_dc", "papersite", "arXivRaw"])
def test_the_number_of_queries_does_not_depend_on_the_page_size(
    ask, prefix, notices, django_assert_num_queries
):
    for count in (1, 6):
        while Paper.objects.count() < count:
            paper = publish_paper().paper
            PaperVersion.objects.create(paper=paper, number=1, submitted_at=NOW, size_kb=3)
        record()
        with django_assert_num_queries(6):
            answer = ask("ListRecords", metadataPrefix=prefix)
        assert len(list(answer.iter(f"{OAI}record"))) == count


def test_a_removed_language_is_no_longer_listed(ask, settings):
    publish_paper()
    record()
    settings.TARGET_LANGUAGES = ["ko"]
    assert codes(ask("ListRecords", metadataPrefix="oai_dc")) == ["noRecordsMatch"]


def test_the_ledger_is_ordered_by_datestamp():
    five_papers()
    stamps = list(PublicRecord.objects.values_list("datestamp", flat=True))
    assert stamps == sorted(stamps)
    assert len(set(stamps)) == 5
    assert stamps[1] - stamps[0] == timedelta(hours=1)
