"""The page of a paper, and the same content in the API."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.utils.html import strip_tags
from lxml import html

from apps.papers.models import PaperVersion
from apps.translation.models import SegmentOrigin
from tests.support.builders import NOW, build_paper
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

SUBMITTED = datetime(2024, 5, 17, 18, 59, 54, tzinfo=UTC)
TEXTS = {
    "Counting Sheep with 3 Dogs": "3匹の犬で羊を数える",
    "We count sheep.": "羊を数える。",
    "It takes 3 dogs.": "犬が3匹要る。",
}


def words(response) -> str:
    """The visible text of a page, in one line."""
    spaced = response.content.decode().replace("</dt>", " ")
    return " ".join(unescape(strip_tags(spaced)).split())


def publish_sheep(**fields):
    neighbour = publish_paper(
        arxiv_id="2404.00009", title="Goats", submitted_at=datetime(2024, 4, 2, tzinfo=UTC)
    )
    defaults = {
        "arxiv_id": "2405.10999",
        "latest_version": 2,
        "title": "Counting Sheep with 3 Dogs",
        "abstract": "We count sheep. It takes 3 dogs.",
        "authors": [
            {"name": "Ada Example", "keyname": "Example", "affiliations": []},
            {"name": "Bo Sample", "keyname": "Sample", "affiliations": []},
        ],
        "categories": ["cs.CL", "stat.ML"],
        "submitted_at": SUBMITTED,
        "revised_at": SUBMITTED,
        "licence_url": "http://creativecommons.org/licenses/by/4.0/",
    }
    return publish_paper(texts=TEXTS, related=[neighbour], **(defaults | fields))


def test_every_field_is_on_the_page_and_equal_in_the_api(client):
    publish_sheep()
    page = words(client.get("/papers/2405.10999/"))
    document = client.get("/api/v1/papers/2405.10999/", headers={"Accept-Language": "ja"}).json()

    shared = {
        "arxiv url": document["arxiv_url"],
        "Date": document["date"],
        "ステータス": document["status_label"],
        "システム内更新日": "2026-03-02 06:00:00.000000",
        "Title": document["original_title"],
        "Title(参考訳)": document["title"],
        "Authors": ", ".join(document["authors"]),
        "Abstract要約": document["summary"],
        "参考スコア(独自算出の注目度)": f"{document['score']['value']:.1f}",
        "License": document["licence"]["label"],
    }
    for label, value in shared.items():
        assert value
        assert f"{label} {value}" in page, label
    assert document["updated_at"] == "2026-03-02T06:00:00Z"
    assert document["arxiv_url"] == "https://arxiv.org/abs/2405.10999v2"
    assert document["date"] == "Fri, 17 May 2024 18:59:54 GMT"
    assert document["title"] == "3匹の犬で羊を数える"
    assert document["summary"] == "羊を数える。犬が3匹要る。"
    assert document["provenance"] == "翻訳メモリによる訳文です。"
    assert document["provenance"] in page
    for component in document["score"]["components"]:
        assert f"{component['label']} {component['points']:.1f} / {component['weight']:.0f}" in page
        assert component["meaning"] in page
    for key in ("disclaimer", "machine", "related", "score"):
        assert document["notices"][key]["text"] in page


def test_both_abstracts_are_on_the_page_sentence_by_sentence(client):
    publish_sheep()
    page = html.fromstring(client.get("/papers/2405.10999/").content)
    document = client.get("/api/v1/papers/2405.10999/").json()

    sources = [
        element.xpath("string(node()[1])").strip()
        for element in page.xpath("//span[@class='source'][@lang='en']")
    ]
    translated = page.xpath("//span[@class='translated'][@lang='ja']")
    assert " ".join(sources) == document["original_abstract"]
    texts = [element.xpath("string(node()[1])") for element in translated]
    assert "".join(texts) == document["abstract"]
    for element in translated:
        partner = page.get_element_by_id(element.get("data-source"))
        assert partner.get("data-translation") == element.get("id")
        assert element.get("data-origin") == "memory"
        assert element.xpath("a/@href") == [f"#{element.get('id')}"]


def test_related_papers_have_all_their_fields(client):
    publish_sheep()
    page = html.fromstring(client.get("/papers/2405.10999/").content)
    (item,) = page.xpath("//section[@class='related']//li")
    (related,) = client.get("/api/v1/papers/2405.10999/").json()["related"]

    said = " ".join(item.text_content().split())
    assert related["title"] in said
    assert related["summary"] in said
    assert f"参考スコア {related['score_value']:.1f}" in said
    assert f"類似度 {related['similarity']:.3f}" in said
    assert "2024年4月2日" in said
    links = {a.text.strip(): a.get("href") for a in item.xpath(".//p/a")}
    assert links["arXivの論文"] == related["arxiv_url"] == "https://arxiv.org/abs/2404.00009v1"
    assert links["日本語訳"] == "/papers/2404.00009/"


@pytest.mark.parametrize(
    ("licence_url", "said"),
    [
        pytest.param("", "ライセンスの記載なし", id="none stated"),
        pytest.param("https://example.org/mine", "不明なライセンス", id="unknown"),
        pytest.param("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", id="known"),
    ],
)
def test_the_licence_is_named_or_reported_as_missing(client, licence_url, said):
    publish_sheep(licence_url=licence_url)
    assert f"License {said}" in words(client.get("/papers/2405.10999/"))
    document = client.get("/api/v1/papers/2405.10999/").json()
    assert document["licence"]["is_known"] == (said == "CC BY 4.0")


@pytest.mark.parametrize(
    ("origin", "engine", "version", "badge", "sentence"),
    [
        pytest.param(
            SegmentOrigin.MEMORY, "memory", "", "翻訳メモリ・未校閲",
            "翻訳メモリによる訳文です。", id="memory",
        ),
        pytest.param(
            SegmentOrigin.MACHINE, "openai", "some-model@0a1b", "機械翻訳・未校閲",
            "機械翻訳（openai some-model）による訳文です。", id="machine",
        ),
        pytest.param(
            SegmentOrigin.PERSON, "", "", "未校閲", "人による訳文です。", id="person",
        ),
    ],
)  # fmt: skip
def test_the_origin_of_the_text_is_shown(client, origin, engine, version, badge, sentence):
    publish_paper(arxiv_id="2405.10999", origin=origin, engine=engine, engine_version=version)
    page = html.fromstring(client.get("/papers/2405.10999/").content)
    assert [mark.text for mark in page.xpath("//header//span[starts-with(@class,'badge')]")] == [
        badge
    ]
    assert page.xpath("string(//p[@class='provenance'])") == sentence


def test_several_sources_are_counted(client):
    translation = publish_sheep()
    translation.segments.filter(field="abstract", position=1).update(origin=SegmentOrigin.PERSON)
    page = words(client.get("/papers/2405.10999/"))
    assert "次の方法による訳文です：翻訳メモリ（2文）、人（1文）。" in page


def test_a_reviewed_text_is_marked_so(client):
    publish_paper(arxiv_id="2405.10999", reviewed=True)
    page = words(client.get("/papers/2405.10999/"))
    assert "校閲済み" in page
    assert "翻訳完了（校閲済み）" in page


def test_the_translation_of_an_earlier_text_says_so_and_links_its_own_version(client):
    translation = publish_sheep(latest_version=1)
    paper = translation.paper
    paper.latest_version, paper.text_fingerprint = 3, "another"
    paper.save()
    page = words(client.get("/papers/2405.10999/"))
    assert "旧版の翻訳" in page
    assert "第1版（v1）の翻訳です。" in page
    assert "https://arxiv.org/abs/2405.10999v1" in page


def test_a_withdrawn_paper_keeps_its_page_with_a_warning_but_leaves_the_lists(client):
    translation = publish_sheep()
    translation.paper.withdrawn_at = NOW
    translation.paper.save()
    assert "取り下げ" in words(client.get("/papers/2405.10999/"))
    assert "3匹の犬" not in words(client.get("/"))
    assert "3匹の犬" not in words(client.get("/categories/cs.CL/"))


def test_without_score_summary_or_related_papers_the_page_says_so(client):
    publish_paper(arxiv_id="2405.10999", abstract="", scored=False)
    page = words(client.get("/papers/2405.10999/"))
    assert "arXivにこの論文の要旨がありません。" in page
    assert "スコアはまだ算出されていません。" in page
    assert "関連論文はまだ見つかっていません。" in page
    document = client.get("/api/v1/papers/2405.10999/").json()
    assert (document["abstract"], document["score"], document["related"]) == ("", None, [])


def test_versions_are_listed_where_there_are_several(client):
    translation = publish_sheep()
    for number in (1, 2):
        PaperVersion.objects.create(paper=translation.paper, number=number, submitted_at=SUBMITTED)
    page = html.fromstring(client.get("/papers/2405.10999/").content)
    assert page.xpath("//ul[@class='versions']//a/@href") == [
        "/papers/2405.10999v1/",
        "https://arxiv.org/abs/2405.10999v1",
        "/papers/2405.10999v2/",
        "https://arxiv.org/abs/2405.10999v2",
    ]
    document = client.get("/api/v1/papers/2405.10999/").json()
    assert [version["number"] for version in document["versions"]] == [1, 2]


def test_reference_managers_and_search_engines_find_the_paper(client):
    publish_sheep(doi="10.1000/sheep.3")
    page = html.fromstring(client.get("/en/papers/2405.10999/").content)
    meta = {
        (tag.get("name") or tag.get("property")): tag.get("content") for tag in page.iter("meta")
    }
    assert meta["citation_title"] == "Counting Sheep with 3 Dogs"
    assert page.xpath("//meta[@name='citation_author']/@content") == ["Example, Ada", "Sample, Bo"]
    assert meta["citation_publication_date"] == "2024/05/17"
    assert meta["citation_arxiv_id"] == "2405.10999"
    assert meta["citation_doi"] == "10.1000/sheep.3"
    assert meta["og:title"] == "3匹の犬で羊を数える"
    assert page.xpath("//link[@rel='canonical']/@href")[0].endswith("/en/papers/2405.10999/")
    alternates = page.xpath("//link[@rel='alternate'][@hreflang]")
    assert {
        link.get("hreflang"): re.sub(r"https?://[^/]+", "", link.get("href")) for link in alternates
    } == {
        "ja": "/papers/2405.10999/",
        "en": "/en/papers/2405.10999/",
        "x-default": "/papers/2405.10999/",
    }


def test_citing_means_the_paper_on_arxiv(client):
    publish_sheep()
    page = html.fromstring(client.get("/papers/2405.10999/").content)
    bibtex = page.xpath("string(//pre)")
    assert bibtex.startswith("@misc{example2024counting,")
    assert "url           = {https://arxiv.org/abs/2405.10999}" in bibtex
    assert "Example, Ada and Sample, Bo" in bibtex
    assert "Ada Example, Bo Sample: Counting Sheep with 3 Dogs. arXiv:" in words(
        client.get("/papers/2405.10999/")
    )


def test_in_english_the_interface_changes_and_the_translation_stays(client):
    publish_sheep()
    response = client.get("/en/papers/2405.10999/")
    page = html.fromstring(response.content)
    assert page.get("lang") == "en"
    assert page.xpath("//h1/@lang") == ["ja"]
    assert "Related papers" in words(response)
    assert "This translation comes from the translation memory." in words(response)
    assert "accepts no liability" in words(response)


def test_a_paper_of_unknown_version_links_without_one(client):
    paper = build_paper(arxiv_id="2405.10999", source_format="arXiv")
    publish_paper(paper=paper)
    document = client.get("/api/v1/papers/2405.10999/").json()
    assert document["arxiv_url"] == "https://arxiv.org/abs/2405.10999"
    assert document["version"] is None
