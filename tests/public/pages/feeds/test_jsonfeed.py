"""JSON Feeds: valid, with the same content as the Atom feed of the page."""

from datetime import datetime
from urllib.parse import quote, unquote

import pytest
from lxml import html

from apps.discovery.author_index import index_authors_batch
from apps.public.catalogue.authors import slug_of
from apps.translation.models import SegmentOrigin
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.published import index_all
from tests.support.reading.feeds import ATOM, assert_is_atom, assert_is_json_feed, feed_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

NAME = "Zoë O'Neil/Lee 花子"
FEEDS = [
    "/feeds/latest",
    "/en/feeds/latest",
    "/days/2026-03-02/feed",
    "/categories/cs.CL/feed",
    "/categories/cs.CL/days/2026-03-02/feed",
    f"/authors/{quote(slug_of(NAME))}/feed",
]


def json_feed_at(client, address: str) -> dict:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return response.json()


@pytest.fixture
def papers():
    """Two papers of one day, one without author, abstract and score."""
    full = publish_paper(
        title="Sheep & <Goats>",
        texts={"Sheep & <Goats>": "羊と<山羊>"},
        authors=[{"name": NAME}, {"name": "Bo Sample"}],
        submitted_at=NOW,
        origin=SegmentOrigin.MACHINE,
        engine="openai",
        engine_version="some-model@0a1b",
    )
    bare = publish_paper(authors=[], abstract="", scored=False, submitted_at=NOW)
    index_authors_batch(changed_since=None)
    return full, bare


@pytest.mark.parametrize("address", FEEDS)
def test_both_forms_of_a_feed_say_the_same(client, papers, address):
    atom = feed_at(client, f"{address}.atom")
    feed = json_feed_at(client, f"{address}.json")
    assert_is_atom(atom)
    assert_is_json_feed(feed)
    assert feed["title"] == atom.findtext("a:title", namespaces=ATOM)
    assert feed["home_page_url"] == atom.xpath("a:link[@rel='alternate']/@href", namespaces=ATOM)[0]
    assert unquote(feed["feed_url"]).endswith(unquote(f"{address}.json"))
    (itself,) = atom.xpath("a:link[@rel='self']/@href", namespaces=ATOM)
    assert unquote(itself).endswith(unquote(f"{address}.atom"))
    entries = atom.findall("a:entry", ATOM)
    assert len(entries) == len(feed["items"]) == (1 if "authors" in address else 2)
    for entry, item in zip(entries, feed["items"], strict=True):
        for name, element in (
            ("id", "id"),
            ("title", "title"),
            ("summary", "summary"),
            ("content_html", "content"),
        ):
            assert item[name] == entry.findtext(f"a:{element}", namespaces=ATOM)
        assert [author["name"] for author in item.get("authors", [])] == [
            name.text for name in entry.findall("a:author/a:name", ATOM)
        ]
        assert datetime.fromisoformat(item["date_modified"]) == datetime.fromisoformat(
            entry.findtext("a:updated", namespaces=ATOM)
        )


def test_an_item_has_provenance_and_disclaimer(client, papers, notices):
    feed = json_feed_at(client, "/feeds/latest.json")
    item = next(item for item in feed["items"] if item["title"] == "羊と<山羊>")
    assert item["_papersite"] == {
        "badges": ["機械翻訳・未校閲"],
        "provenance": "機械翻訳（openai some-model）による訳文です。",
        "disclaimer": notices["disclaimer", "ja"],
    }
    assert feed["_papersite"]["about"].startswith("http")
    assert item["language"] == "ja"
    assert item["external_url"].startswith("https://arxiv.org/abs/")
    assert notices["disclaimer", "ja"] in item["content_html"]
    assert "Sheep &amp; &lt;Goats&gt;" in item["content_html"]


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/categories/cs.NOPE/feed", id="category"),
        pytest.param("/categories/cs.NOPE/days/2026-03-02/feed", id="category of a day"),
        pytest.param("/categories/cs.CL/days/2026-02-31/feed", id="day of a category"),
        pytest.param("/days/2026-02-31/feed", id="day"),
        pytest.param("/authors/Nobody%20Here/feed", id="author"),
        pytest.param("/authors/---/feed", id="name without a letter"),
        pytest.param("/search/feed", id="search for nothing"),
    ],
)
@pytest.mark.parametrize("form", ["atom", "json"])
def test_there_is_no_feed_of_what_is_not_there(client, address, form):
    assert client.get(f"{address}.{form}").status_code == 404


def test_a_search_is_a_json_feed_too(client, papers):
    index_all()
    feed = json_feed_at(client, "/search/feed.json?q=Sheep")
    assert_is_json_feed(feed)
    assert feed["feed_url"].endswith("/search/feed.json?q=Sheep")
    assert [item["title"] for item in feed["items"]] == ["羊と<山羊>"]


def test_a_feed_of_an_author_holds_published_papers_of_the_name_only(client, papers):
    hidden = publish_paper(authors=[{"name": NAME}])
    publish_paper(authors=[{"name": "Somebody Else"}])
    index_authors_batch(changed_since=None)
    type(hidden).objects.filter(pk=hidden.pk).update(status="unpublished")
    feed = json_feed_at(client, f"/authors/{quote('zoe ONEIL lee 花子')}/feed.json")
    assert [item["title"] for item in feed["items"]] == ["羊と<山羊>"]


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        pytest.param("/", "/feeds/latest", id="home"),
        pytest.param("/en/", "/en/feeds/latest", id="home in English"),
        pytest.param("/days/2026-03-02/", "/days/2026-03-02/feed", id="day"),
        pytest.param("/categories/cs.CL/", "/categories/cs.CL/feed", id="category"),
        pytest.param("/search/?q=Sheep", "/search/feed", id="search"),
    ],
)
def test_a_page_names_its_feeds(client, papers, page, feed):
    index_all()
    links = html.fromstring(client.get(page).content).xpath("//head/link[@rel='alternate']")
    named = {(link.get("type"), link.get("href").partition("?")[0]): link for link in links}
    for form, ending in (("atom+xml", "atom"), ("feed+json", "json")):
        link = named[f"application/{form}", f"{feed}.{ending}"]
        assert client.get(link.get("href")).status_code == 200


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_costs_the_same_for_one_paper_and_for_many(
    client, papers, address, django_assert_max_num_queries
):
    for _ in range(5):
        publish_paper(authors=[{"name": NAME}], submitted_at=NOW)
    with django_assert_max_num_queries(8):
        client.get(f"{address}.json")
