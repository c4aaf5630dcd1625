"""The search page, its feed and its endpoint: the same results, never an error of the server."""

import json
from urllib.parse import quote

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from apps.translation.models import Translation
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.published import index_all
from tests.support.reading.feeds import ATOM, assert_is_atom, feed_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]


def publish(title: str, ja: str, **fields):
    translation = publish_paper(
        title=title,
        abstract="We count sheep at night.",
        texts={title: ja, "We count sheep at night.": "夜に羊を数える。"},
        **fields,
    )
    index_all()
    return translation


@pytest.fixture
def sheep():
    """A published paper about sheep."""
    return publish("Sheep & $x^2$", "羊と$x^2$", arxiv_id="2602.00001")


def page_at(client, address: str, status: int = 200) -> html.HtmlElement:
    response = client.get(address)
    assert response.status_code == status, response.content
    return html.fromstring(response.content)


def headlines(page: html.HtmlElement) -> list[str]:
    return [link.get("href") for link in page.xpath("//article//h2/a")]


def test_every_page_has_a_search_box_that_works_without_javascript(client, sheep):
    for address in ("/", "/about/", "/papers/2602.00001/", "/nowhere/"):
        page = html.fromstring(client.get(address).content)
        (form,) = page.xpath("//header//form")
        assert (form.get("action"), form.get("method")) == ("/search/", "get")
        assert form.xpath(".//input[@name='q']/@aria-label")
        assert form.xpath(".//button[@type='submit']")
    assert len(page_at(client, "/search/").xpath("//form[@role='search']")) == 1
    english = html.fromstring(client.get("/en/").content)
    assert english.xpath("//header//form/@action") == ["/en/search/"]


def test_a_search_shows_titles_and_the_sentence_that_fits_with_marks(client, sheep):
    page = page_at(client, "/search/?q=羊")
    assert headlines(page) == ["/papers/2602.00001/"]
    (entry,) = page.xpath("//article")
    assert [mark.text for mark in entry.xpath(".//mark")] == ["羊", "羊"]
    assert "夜に羊を数える。" in entry.text_content()
    assert "We count sheep at night." in entry.text_content()
    assert entry.xpath(".//math")
    assert page.xpath("//input[@name='q']/@value") == ["羊"]


def test_both_languages_are_marked(client, sheep):
    page = page_at(client, "/search/?q=sheep")
    assert [mark.text for mark in page.xpath("//article//mark")] == ["Sheep", "sheep"]


@pytest.mark.parametrize(
    "typed",
    ["2602.00001", "arXiv:2602.00001v2", "https://arxiv.org/abs/2602.00001", " 2602.00001 "],
)
def test_an_identifier_leads_straight_to_the_paper(client, sheep, typed):
    response = client.get("/search/", {"q": typed})
    assert (response.status_code, response["Location"]) == (302, "/papers/2602.00001/")


def test_the_page_without_a_query_explains_how_to_search(client):
    page = page_at(client, "/search/")
    assert "author:Hinton" in page.text_content()
    assert not page.xpath("//article")


def test_the_page_without_results_suggests_what_to_try(client, sheep):
    page = page_at(client, "/search/?q=quasar&category=cs.CL")
    assert not page.xpath("//article")
    assert page.xpath("//div[@class='nothing']//li")


def test_search_pages_are_not_for_search_engines_and_have_one_address(client, sheep):
    page = page_at(client, "/search/?utm=1&until=&reviewed=0&q=%20sheep%20&category=cs.CL")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "http://127.0.0.1:8000/search/?q=sheep&category=cs.CL"
    ]
    assert "?q=sheep&category=cs.CL" in page.xpath("//ul[@class='languages']//a/@href")[0]


def test_filters_narrow_and_can_be_taken_away(client, sheep):
    other = publish("More sheep", "羊", categories=["math.ST"], primary_category="math.ST")
    assert len(headlines(page_at(client, "/search/?q=sheep"))) == 2
    page = page_at(client, "/search/?q=sheep&category=math.ST")
    assert headlines(page) == [f"/papers/{other.paper.arxiv_id}/"]
    assert "/search/?q=sheep" in page.xpath("//ul[@class='chips']//a/@href")
    assert headlines(page_at(client, "/search/?q=sheep&field=math")) == headlines(page)
    assert headlines(page_at(client, "/search/?q=sheep&from=2027")) == []
    assert headlines(page_at(client, "/search/?q=sheep&reviewed=1")) == []


def test_facets_lead_to_narrower_searches(client, sheep):
    page = page_at(client, "/search/?q=sheep")
    (category,) = page.xpath("//ul[@class='chips'][1]//a")
    assert "cs.CL" in category.text_content()
    assert headlines(page_at(client, category.get("href"))) == ["/papers/2602.00001/"]


def test_a_corrected_word_is_shown_and_can_be_searched_as_typed(client, sheep):
    publish("Telescopes", "望遠鏡")
    page = page_at(client, "/search/?q=telescpoes")
    assert len(headlines(page)) == 1
    assert "telescopes" in page.xpath("string(//div[@class='outcome'])")
    (literal,) = page.xpath("//div[@class='outcome']/p/a/@href")
    assert headlines(page_at(client, literal)) == []


@pytest.mark.parametrize("sort", ["", "&sort=newest"])
def test_pages_follow_one_another(client, monkeypatch, sort):
    monkeypatch.setattr("apps.public.pages.browse.search.RESULTS", 2)
    expected = {publish(f"Sheep {n}", "羊").paper.arxiv_id for n in range(5)}
    address, seen = f"/search/?q=sheep{sort}", []
    while address:
        page = page_at(client, address)
        seen += headlines(page)
        address = (page.xpath("//a[@rel='next']/@href") or [None])[0]
    assert len(seen) == 5
    assert set(seen) == {f"/papers/{arxiv_id}/" for arxiv_id in expected}


BAD = {
    "too long": "q=" + "a" * 301,
    "Too many words": "q=" + "+".join(f"w{n}" for n in range(40)),
    "no date": "q=sheep&from=yesterday",
    "no category": "q=sheep&category=%27%3B",
    "no field": "field=a.b.c",
    "no order": "q=sheep&sort=best",
    "no cursor": "q=sheep&after=sheep",
    "date in the query": "q=from:never",
}


@pytest.mark.parametrize("query", BAD.values(), ids=BAD)
def test_an_invalid_search_is_explained_on_the_page(client, query):
    page = page_at(client, f"/search/?{query}", 400)
    assert page.xpath("//p[@role='alert']")[0].text_content()
    if not query.startswith("q=sheep&after"):
        assert client.get(f"/search/feed.atom?{query}").status_code == 400


def test_a_search_that_takes_too_long_is_a_friendly_page(client, settings, sheep):
    settings.SEARCH_TIMEOUT_MS = 50
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE discovery_lexiconentry RENAME TO kept_lexicon")
        cursor.execute(
            "CREATE VIEW discovery_lexiconentry AS "
            "SELECT kept_lexicon.* FROM kept_lexicon, pg_sleep(60)"
        )
    for address in ("/search/", "/search/feed.atom", "/api/v1/search/"):
        response = client.get(address, {"q": "sheep"})
        assert response.status_code == 503
        assert response["Retry-After"] == "30"


@pytest.mark.parametrize("status", TranslationStatus.values)
def test_what_is_not_public_is_not_found_even_before_the_next_sweep(client, sheep, status):
    Translation.objects.update(status=status)
    public = status in ("published", "reviewed")
    assert bool(headlines(page_at(client, "/search/?q=sheep"))) == public
    assert bool(client.get("/api/v1/search/?q=sheep").json()["results"]) == public
    feed = feed_at(client, "/search/feed.atom?q=sheep")
    assert bool(feed.findall("a:entry", ATOM)) == public


def test_a_withdrawn_paper_is_not_found_even_before_the_next_sweep(client, sheep):
    sheep.paper.withdrawn_at = NOW
    sheep.paper.save()
    assert headlines(page_at(client, "/search/?q=sheep")) == []


def test_every_search_is_a_feed_of_the_newest(client, notices, sheep):
    page = page_at(client, "/search/?q=sheep&category=cs.CL")
    (address,) = page.xpath("//link[@type='application/atom+xml'][contains(@href, 'search')]/@href")
    feed = feed_at(client, address)
    assert_is_atom(feed)
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:rights", namespaces=ATOM) == notices["disclaimer", "ja"]
    (own,) = feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM)
    assert own == "http://127.0.0.1:8000/search/feed.atom?q=sheep&category=cs.CL"
    (shown,) = feed.xpath("a:link[@rel='alternate']/@href", namespaces=ATOM)
    assert headlines(page_at(client, shown.removeprefix("http://127.0.0.1:8000")))
    assert client.get("/search/feed.atom").status_code == 404
    assert_is_atom(feed_at(client, f"/search/feed.atom?q={quote('<&> quasar')}"))


def test_the_api_finds_what_the_page_finds(client, monkeypatch):
    monkeypatch.setattr("apps.public.pages.browse.search.RESULTS", 25)
    for number in range(3):
        publish(f"Sheep {number}", "羊")
    body = client.get("/api/v1/search/?q=sheep").json()
    ids = [item["paper"]["arxiv_id"] for item in body["results"]]
    assert [f"/papers/{arxiv_id}/" for arxiv_id in ids] == headlines(
        page_at(client, "/search/?q=sheep")
    )
    assert (body["total"], body["total_is_at_least"], body["next"]) == (3, False, None)
    assert body["facets"]["categories"] == [{"category": "cs.CL", "papers": 3}]
    assert body["results"][0]["sentence"] == {
        "text": "夜に羊を数える。", "source": "We count sheep at night.",
    }  # fmt: skip
    address, seen = "/api/v1/search/?q=sheep&limit=2", []
    while address:
        body = client.get(address).json()
        seen += [item["paper"]["arxiv_id"] for item in body["results"]]
        address = body["next"]
    assert sorted(seen) == sorted(ids)


def test_the_api_leads_to_a_paper_that_is_named(client, sheep):
    body = client.get("/api/v1/search/?q=arXiv:2602.00001").json()
    assert body["paper"].endswith("/api/v1/papers/2602.00001/")
    assert body["results"] == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("q=x&from=never", "from"), ("q=x&category=%27", "category"), ("q=x&sort=best", "sort"),
        ("q=x&sheep=1", "sheep"), ("q=from:never", "q"), ("q=%00", "q"), ("q=x&limit=0", "limit"),
    ],
)  # fmt: skip
def test_the_api_explains_an_invalid_search(client, query, parameter):
    response = client.get(f"/api/v1/search/?{query}")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [parameter]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.one_of(
        st.text(max_size=400),
        st.text(alphabet="a羊\"'「」-:\\%&<>()|!*\x00\u202e\u200f/.0", max_size=60),
    )
)
@pytest.mark.parametrize("address", ["/search/", "/search/feed.atom", "/api/v1/search/"])
def test_nothing_that_a_visitor_types_is_an_error_of_the_server(client, sheep, address, text):
    response = client.get(address, {"q": text})
    assert response.status_code in {200, 302, 400, 404}
    if response.status_code == 200 and address == "/search/":
        page = html.fromstring(response.content)
        assert not [s for s in page.iter("script") if not (s.get("src") or "").startswith("/s")]
    elif response.status_code == 200 and address.endswith("atom"):
        etree.fromstring(response.content)
    elif response.status_code == 200:
        json.loads(response.content)


@pytest.mark.parametrize("raw", ["%ed%a0%80", "%ff%fe", "%00", "%", "a%", "%e2%80%ae", "q" * 5000])
@pytest.mark.parametrize("name", ["q", "category", "field", "from", "until", "sort", "after"])
def test_bytes_that_are_no_text_are_no_error_of_the_server(client, sheep, name, raw):
    response = client.get(f"/search/?{name}={raw}&q=sheep")
    assert response.status_code in {200, 400}
