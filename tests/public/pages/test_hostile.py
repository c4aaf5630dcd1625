"""Whatever a paper holds, its page stays whole, safe and readable."""

import json

import pytest
from lxml import etree, html

from tests.support.factories import publish_paper
from tests.support.reading.hostile import TITLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

ADDRESSES = [
    "/papers/2405.10999/",
    "/",
    "/categories/cs.CL/",
    "/feeds/latest.atom",
    "/feeds/latest.json",
    "/api/v1/papers/2405.10999/",
]


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hostile_text_stays_text(client, address, title):
    publish_paper(
        arxiv_id="2405.10999",
        title=title,
        abstract=title,
        comments=title,
        journal_ref=title,
        authors=[{"name": title}],
        texts={title: f"訳 {title}"},
    )
    response = client.get(address)
    assert response.status_code == 200
    if address.startswith("/api"):
        assert response.json()["original_title"] == title
        return
    if address.endswith(".json"):
        (item,) = response.json()["items"]
        parts = [html.fragment_fromstring(item["content_html"], create_parent=True)]
    elif address.endswith(".atom"):
        root = etree.fromstring(response.content)
        contents = root.findall(".//{http://www.w3.org/2005/Atom}content")
        parts = [html.fragment_fromstring(c.text, create_parent=True) for c in contents]
    else:
        parts = [html.fromstring(response.content)]
    for part in parts:
        data = part.xpath(".//script[@type='application/ld+json']")
        assert all(json.loads(block.text)["@type"] == "ScholarlyArticle" for block in data)
        scripts = [script.get("src") for script in part.iter("script") if script not in data]
        assert all(source and source.startswith("/static/") for source in scripts)
        assert not list(part.iter("img"))
        for element in part.iter(etree.Element):
            assert not [name for name in element.attrib if name.startswith(("on", "style"))]
            assert not element.get("href", "").lower().startswith(("javascript:", "data:"))


def test_marks_that_reorder_text_stay_out_of_titles_and_attributes(client):
    publish_paper(arxiv_id="2405.10999", title="\u202eevil", texts={"\u202eevil": "\u202e邪悪"})
    page = html.fromstring(client.get("/papers/2405.10999/").content)
    for text in [page.findtext(".//title"), *page.xpath("//meta/@content")]:
        assert "\u202e" not in text


def test_a_link_in_a_title_does_not_break_the_link_around_it(client):
    title = "Code at https://example.org/code now"
    publish_paper(arxiv_id="2405.10999", title=title, texts={title: title})
    page = client.get("/").content.decode()
    heading = page[page.index("<h3") : page.index("</h3>")]
    assert heading.count("<a ") == 1
    assert "https://example.org/code" in heading


def test_three_hundred_authors_fold_but_all_are_there(client):
    names = [f"Author Number{number}" for number in range(300)]
    publish_paper(arxiv_id="2405.10999", authors=[{"name": name} for name in names])
    page = html.fromstring(client.get("/papers/2405.10999/").content)
    assert page.xpath("//div[@class='authors']//bdi/text()") == names
    assert page.xpath("string(//div[@class='authors']//summary)") == "ほか288人"
    assert len(page.xpath("//div[@class='authors']/details//bdi")) == 288
    assert len(page.xpath("//meta[@name='citation_author']")) == 300
    assert client.get("/api/v1/papers/2405.10999/").json()["authors"] == names


def test_ten_thousand_words_are_all_on_the_page(client):
    sentences = [f"Word number {number} of a very long abstract." for number in range(1250)]
    publish_paper(arxiv_id="2405.10999", abstract=" ".join(sentences))
    page = html.fromstring(client.get("/papers/2405.10999/").content)
    shown = [text.strip() for text in page.xpath("//span[@class='source']/text()") if text.strip()]
    assert " ".join(shown) == " ".join(sentences)


def test_an_empty_abstract_says_so(client):
    publish_paper(arxiv_id="2405.10999", abstract="")
    page = html.fromstring(client.get("/papers/2405.10999/").content)
    assert "arXivにこの論文の要旨がありません。" in page.text_content()
    assert not page.xpath("//fieldset")
