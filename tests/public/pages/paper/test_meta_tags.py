"""The head of a paper's page: what reference managers, search engines and networks are told."""

import json
from datetime import UTC, datetime

import pytest
from lxml import html

from apps.translation.models import SegmentOrigin
from tests.support.factories import publish_paper
from tests.support.reading.zotero import saved_from

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

SUBMITTED = datetime(2024, 5, 17, 18, 59, 54, tzinfo=UTC)
TITLE = "Counting Sheep with 3 Dogs"
ADDRESS = "/papers/2405.10999/"


def publish_sheep(**fields):
    defaults = {
        "arxiv_id": "2405.10999",
        "title": TITLE,
        "texts": {TITLE: "3匹の犬で羊を数える"},
        "abstract": "We count sheep. It takes 3 dogs.",
        "authors": [{"name": "Ada Example"}, {"name": "Bo Sample"}],
        "categories": ["cs.CL", "stat.ML"],
        "journal_ref": "J. Sheep 3 (2024) 1-9",
        "submitted_at": SUBMITTED,
        "revised_at": SUBMITTED,
        "licence_url": "http://creativecommons.org/licenses/by/4.0/",
    }
    return publish_paper(**(defaults | fields))


def head_at(client, address=ADDRESS):
    return html.fromstring(client.get(address).content).find("head")


def content_of(head, name: str) -> list[str]:
    return head.xpath("meta[@name=$name or @property=$name]/@content", name=name)


def linked_data_of(head) -> dict:
    (script,) = head.xpath("script[@type='application/ld+json']")
    return json.loads(script.text)


@pytest.mark.parametrize(
    ("doi", "saved"),
    [
        pytest.param("10.1000/sheep.3", "10.1000/sheep.3", id="with a DOI"),
        pytest.param("10.1000/a 10.1000/b", "10.1000/a", id="with two"),
        pytest.param("", None, id="without"),
    ],
)
@pytest.mark.parametrize("identifier", ["2405.10999", "hep-th/9901001"])
def test_zotero_saves_the_paper_on_arxiv(client, identifier, doi, saved):
    publish_sheep(arxiv_id=identifier, doi=doi)
    item = saved_from(client.get(f"/papers/{identifier}/").content)
    assert item.kind == "preprint"
    expected = {
        "title": TITLE,
        "date": "2024/05/17",
        "abstractNote": "We count sheep. It takes 3 dogs.",
        "url": f"https://arxiv.org/abs/{identifier}",
        "language": "en",
        "publisher": "arXiv",
        "number": f"arXiv:{identifier}",
        "rights": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert item.fields == expected | ({"DOI": saved} if saved else {})
    assert item.creators == [("Example", "Ada"), ("Sample", "Bo")]
    assert item.tags == ["Computation and Language (cs.CL)", "Machine Learning (stat.ML)"]
    assert item.pdf == f"https://arxiv.org/pdf/{identifier}"


@pytest.mark.parametrize(
    ("names", "creators"),
    [
        pytest.param([], [], id="nobody"),
        pytest.param(["Aristotle"], [("Aristotle", None)], id="one name"),
        pytest.param(["CMS Collaboration"], [("CMS Collaboration", None)], id="a collaboration"),
        pytest.param(
            ["Ada Example", "CMS Collaboration", "Bo Sample"],
            [("Example", "Ada"), ("CMS Collaboration", None), ("Sample", "Bo")],
            id="a collaboration among people",
        ),
        pytest.param(
            ["Jan Pieter van der Berg"],
            [("van der Berg", "Jan Pieter")],
            id="one author who looks like two",
        ),
        pytest.param(["Ada Example Jr."], [("Example", "Ada Jr")], id="suffix"),
        pytest.param(
            [f"Ada Author{number}" for number in range(300)],
            [(f"Author{number}", "Ada") for number in range(300)],
            id="three hundred",
        ),
    ],
)
def test_zotero_saves_each_author(client, names, creators):
    publish_sheep(authors=[{"name": name} for name in names])
    head = client.get(ADDRESS).content
    assert saved_from(head).creators == creators
    assert len(content_of(head_at(client), "DC.creator")) == len(names)


def test_without_an_abstract_zotero_saves_none(client):
    publish_sheep(abstract="")
    assert "abstractNote" not in saved_from(client.get(ADDRESS).content).fields


def test_nothing_of_the_translation_is_saved(client):
    publish_sheep()
    item = saved_from(client.get(ADDRESS).content)
    assert "羊" not in "".join(item.fields.values())
    assert "羊" in "".join(item.said["og:title"])


def test_every_tag_has_content_and_a_language(client):
    publish_sheep(doi="10.1000/sheep.3")
    head = head_at(client)
    for meta in head.iter("meta"):
        assert meta.get("charset") or meta.get("content")
    languages = {
        meta.get("name") or meta.get("property"): meta.get("lang") for meta in head.xpath("//meta")
    }
    for name in ("citation_title", "citation_author", "citation_abstract", "DC.title"):
        assert languages[name] == "en"
    for name in ("og:title", "og:description", "description", "DC.title.alternative"):
        assert languages[name] == "ja"
    assert content_of(head, "citation_online_date") == ["2024/05/17"]
    assert content_of(head, "citation_arxiv_id") == ["2405.10999"]
    assert content_of(head, "citation_abstract_html_url") == ["https://arxiv.org/abs/2405.10999"]
    assert content_of(head, "citation_journal_title") == []
    assert content_of(head, "DC.title.alternative") == ["3匹の犬で羊を数える"]
    assert content_of(head, "DC.date") == ["2024-05-17"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_social_networks_get_a_card(client, settings, prefix):
    settings.SITE_URL = "https://papers.example.org"
    publish_sheep()
    head = head_at(client, prefix + ADDRESS)
    said = {
        name: content_of(head, f"og:{name}")
        for name in ("title", "url", "image", "image:width", "image:height", "locale", "type")
    }
    page = f"https://papers.example.org{prefix}/papers/2405.10999/"
    assert said == {
        "title": ["3匹の犬で羊を数える"],
        "url": [page],
        "image": [f"{page}card.png"],
        "image:width": ["1200"],
        "image:height": ["630"],
        "locale": ["ja_JP"],
        "type": ["article"],
    }
    assert content_of(head, "twitter:card") == ["summary_large_image"]
    assert head.xpath("link[@rel='canonical']/@href") == [page]


def test_linked_data_tells_the_translation_from_the_original(client, settings):
    settings.SITE_URL = "https://papers.example.org"
    translation = publish_sheep(
        doi="10.1000/sheep.3",
        origin=SegmentOrigin.MACHINE,
        engine="openai",
        engine_version="some-model@0a1b",
        authors=[{"name": "Ada Example"}, {"name": "CMS Collaboration"}],
    )
    data = linked_data_of(head_at(client))
    original = data["translationOfWork"]
    authors = [
        {"@type": "Person", "name": "Ada Example"},
        {"@type": "Organization", "name": "CMS Collaboration"},
    ]
    assert (data["@context"], data["@type"]) == ("https://schema.org", "ScholarlyArticle")
    assert data["@id"] == data["url"] == "https://papers.example.org/papers/2405.10999/"
    assert data["headline"] == "3匹の犬で羊を数える"
    assert data["inLanguage"] == "ja"
    assert data["abstract"] == translation.abstract
    assert data["author"] == original["author"] == authors
    assert data["translator"] == [
        {"@type": "SoftwareApplication", "name": "機械翻訳（openai some-model）"}
    ]
    assert data["creativeWorkStatus"] == ["機械翻訳・未校閲"]
    assert data["creditText"] == "機械翻訳（openai some-model）による訳文です。"
    assert data["isBasedOn"] == "https://arxiv.org/abs/2405.10999v1"
    assert data["usageInfo"] == "https://papers.example.org/disclaimer/"
    assert data["license"] == "https://papers.example.org/about/#reuse"
    assert original["@id"] == "https://arxiv.org/abs/2405.10999"
    assert original["headline"] == TITLE
    assert original["inLanguage"] == "en"
    assert original["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert original["sameAs"] == "https://doi.org/10.1000/sheep.3"


def test_linked_data_names_no_editor(client):
    translation = publish_sheep(reviewed=True)
    translation.segments.filter(field="title").update(origin=SegmentOrigin.PERSON)
    translators = linked_data_of(head_at(client))["translator"]
    assert {each["@type"] for each in translators} == {"Organization", "SoftwareApplication"}
    assert "editor" not in {each["name"] for each in translators}


HOSTILE = {
    "end of script": "</script><script>alert(1)</script>",
    "comment": "<!-- <script>",
    "quotes": '"}]} \\" \\u003c & \u2028',
    "attribute": '"><img src=x onerror=alert(1)>',
}


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_a_title_cannot_leave_the_head(client, title):
    publish_sheep(title=title, texts={title: title}, authors=[{"name": title}], journal_ref=title)
    response = client.get(ADDRESS)
    head = html.fromstring(response.content).find("head")
    data = linked_data_of(head)
    shown = content_of(head, "citation_title")
    assert [data["translationOfWork"]["headline"]] == shown
    source = response.content.decode()
    block = source[source.index("ld+json") :]
    assert "<" not in block[block.index(">") + 1 : block.index("</script>")]
    assert all(script.get("src") for script in head.iter("script") if not script.get("type"))


@pytest.mark.parametrize(
    ("setting", "reviewed", "robots"),
    [
        pytest.param(False, False, [], id="off"),
        pytest.param(True, False, ["noindex"], id="on, not reviewed"),
        pytest.param(True, True, [], id="on, reviewed"),
    ],
)
def test_search_engines_are_kept_out_only_where_the_site_says_so(
    client, settings, setting, reviewed, robots
):
    settings.NOINDEX_UNREVIEWED = setting
    publish_sheep(reviewed=reviewed)
    assert content_of(head_at(client), "robots") == robots


def test_everything_that_the_head_links_is_there(client):
    publish_sheep()
    links = [
        link
        for link in head_at(client).iter("link")
        if link.get("rel") in ("alternate", "describedby") and link.get("type")
    ]
    assert len(links) == 7
    for link in links:
        response = client.get(link.get("href"))
        assert response.status_code == 200
        assert response["Content-Type"].startswith(link.get("type"))
