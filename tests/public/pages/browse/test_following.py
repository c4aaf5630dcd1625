"""Following without an account: the choices are in the address, the papers of all in one list."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from lxml import etree, html

from apps.discovery.search.results import SearchTooSlow
from apps.public.pages import caching
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.published import index_all
from tests.support.reading.feeds import ATOM, assert_is_atom, assert_is_json_feed, feed_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]


def publish(arxiv_id: str, title: str = "A study", *, hours: int = 0, code="cs.CL", more=()):
    translation = publish_paper(
        arxiv_id=arxiv_id,
        title=title,
        categories=[code, *more],
        primary_category=code,
        submitted_at=NOW - timedelta(hours=hours),
        scored=False,
    )
    index_all()
    return translation


@pytest.fixture
def papers():
    """Five papers, the newest first: of two categories, two about sheep."""
    publish("2602.00005", "Sheep of logic", hours=0, code="cs.LO")
    publish("2602.00004", hours=1)
    publish("2602.00003", "Sheep that talk", hours=2, more=["cs.LG"])
    publish("2602.00002", hours=3, code="cs.LG")
    publish("2602.00001", hours=4, code="math.ST")


def page_at(client, address: str, status: int = 200) -> html.HtmlElement:
    response = client.get(address)
    assert response.status_code == status
    return html.fromstring(response.content)


def listed(page: html.HtmlElement) -> list[str]:
    return [entry.get("data-paper")[-1] for entry in page.xpath("//article")]


def problems(page: html.HtmlElement) -> list[str]:
    return [said.text_content() for said in page.xpath("//div[@class='refused']/p")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("category=cs.CL", "43", id="a category"),
        pytest.param("category=cs.LG", "32", id="cross-listed papers too"),
        pytest.param("category=cs.CL&category=cs.LG", "432", id="each paper once, newest first"),
        pytest.param("category=CS.cl", "43", id="in small or large letters"),
        pytest.param("q=sheep", "53", id="a keyword"),
        pytest.param("q=sheep&category=cs.CL", "543", id="a keyword or a category"),
        pytest.param("q=sheep&q=talk", "53", id="several keywords"),
        pytest.param("q=category:math.ST&q=title", "1", id="the language of searches"),
        pytest.param("q=&q=+&category=&category=cs.LG", "32", id="empty fields are ignored"),
    ],
)
def test_the_list_has_every_paper_of_any_choice_once_newest_first(client, papers, query, expected):
    page = page_at(client, f"/following/?{query}")
    assert "".join(listed(page)) == expected
    assert problems(page) == []


def test_the_bare_page_is_a_form_with_every_category_that_has_papers(client, papers):
    page = page_at(client, "/following/")
    assert not page.xpath("//article")
    (form,) = page.xpath("//main//form")
    assert (form.get("action"), form.get("method")) == ("/following/", "get")
    assert form.xpath(".//input[@name='category']/@value") == ["cs.CL", "cs.LG", "cs.LO", "math.ST"]
    assert len(form.xpath(".//input[@name='q']")) == 3
    assert form.xpath("ancestor::details/@open")
    assert not page.xpath("//meta[@name='robots']")


def test_the_form_holds_the_choices_of_the_address(client, papers):
    page = page_at(client, "/following/?category=cs.LG&q=sheep&q=%E7%BE%8A")
    assert page.xpath("//main//form//input[@checked]/@value") == ["cs.LG"]
    assert page.xpath("//main//form//input[@name='q']/@value") == ["sheep", "羊"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert page.xpath("//ul[@class='languages']//a/@href") == [
        "/en/following/?category=cs.LG&q=sheep&q=%E7%BE%8A"
    ]


@pytest.mark.parametrize(
    ("query", "expected", "words"),
    [
        pytest.param("category=cs.XX", "43", "cs.XX", id="unknown category"),
        pytest.param("category=%00", "43", "category", id="no text"),
        pytest.param("category=" + "x" * 500, "43", "xxx…", id="long category"),
        pytest.param("q=from:never", "43", "never", id="malformed search"),
        pytest.param("q=" + "x" * 400, "43", "300", id="long search"),
        pytest.param("q=2602.00001", "43", "2602.00001", id="a paper"),
        pytest.param("q=%22%22", "43", '""', id="nothing but quotes"),
    ],
)
def test_invalid_choices_are_reported_and_the_rest_is_shown(client, papers, query, expected, words):
    page = page_at(client, f"/en/following/?{query}&category=cs.CL")
    assert "".join(listed(page)) == expected
    (said,) = problems(page)
    assert words in said


def test_choices_beyond_the_limits_are_left_out_and_reported(client, papers):
    archives = [code for code in CURRENT_CATEGORIES if code.startswith("cs.")][:21]
    codes = "&".join(f"category={code}" for code in archives)
    keywords = "&".join(f"q=word{number}" for number in range(12))
    page = page_at(client, f"/en/following/?{codes}&{keywords}")
    assert problems(page) == [
        "You can follow at most 20 categories. Left out: " + archives[20] + ".",
        "You can follow at most 10 keywords. Left out: word10, word11.",
    ]
    assert len(page.xpath("//ul[@class='chips']/li")) == 30


@pytest.mark.parametrize(
    "query", ["category=cs.CL&category=cs.LG", "category=cs.CL&q=sheep", "q=study&q=sheep"]
)
def test_pages_follow_each_other_without_gap_or_repetition(client, papers, monkeypatch, query):
    whole = listed(page_at(client, f"/following/?{query}"))
    monkeypatch.setattr("apps.public.pages.browse.following.PAPERS_PER_PAGE", 1)
    address, seen = f"/following/?{query}&x=1", []
    while address:
        page = page_at(client, address)
        assert len(page.xpath("//article")) <= 1
        seen += listed(page)
        (address,) = page.xpath("//a[@rel='next']/@href") or [""]
    assert seen == whole
    assert page.xpath("//a[@rel='first']/@href") == [f"/following/?{query}"]


def test_a_broken_place_is_a_page_that_does_not_exist(client, papers):
    page_at(client, "/following/?category=cs.CL&after=sheep", status=404)


def test_unpublished_papers_in_the_search_index_are_not_shown(client, papers, monkeypatch):
    gone = Translation.objects.get(paper__arxiv_id="2602.00005")
    Translation.objects.filter(pk=gone.pk).update(status=TranslationStatus.UNPUBLISHED)
    monkeypatch.setattr("apps.public.pages.browse.following.PAPERS_PER_PAGE", 1)
    first = page_at(client, "/following/?q=sheep")
    (further,) = first.xpath("//a[@rel='next']/@href")
    assert listed(first) + listed(page_at(client, further)) == ["3"]


def test_the_number_of_queries_does_not_grow_with_the_papers(
    client, papers, django_assert_max_num_queries, django_assert_num_queries
):
    address = "/following/?category=cs.CL&category=cs.LG"
    client.get(address)
    # The edition, categories, papers, scores, what made the texts, notices.
    with django_assert_max_num_queries(8):
        client.get(f"{address}&x=1")
    with django_assert_max_num_queries(8 + 12):
        client.get(f"{address}&q=sheep&x=2")


def test_a_slow_keyword_is_reported_and_the_rest_is_shown(client, papers, monkeypatch):
    def too_slow(*_args: object, **_more: object) -> None:
        raise SearchTooSlow

    monkeypatch.setattr("apps.public.catalogue.following.newest_for_keyword", too_slow)
    page = page_at(client, "/en/following/?category=cs.CL&q=sheep")
    assert "".join(listed(page)) == "43"
    assert "“sheep” takes too long" in problems(page)[0]
    response = client.get("/feeds/following.atom?category=cs.CL&q=sheep")
    assert (response.status_code, response["Retry-After"]) == (503, "30")


def test_an_incomplete_list_is_not_cached(client, papers, monkeypatch):
    def too_slow(*_args: object, **_more: object) -> None:
        raise SearchTooSlow

    monkeypatch.setattr(caching, "page_cache", caching.PageCache(1 << 20))
    address = "/en/following/?category=cs.CL&q=sheep"
    with monkeypatch.context() as slow:
        slow.setattr("apps.public.catalogue.following.newest_for_keyword", too_slow)
        assert client.get(address)["Cache-Control"] == "no-store"
    assert problems(page_at(client, address)) == []


def test_every_choice_is_a_feed(client, papers):
    query = f"category=cs.CL&q={quote('sheep')}"
    page = page_at(client, f"/following/?{query}")
    addresses = page.xpath("//link[@rel='alternate'][contains(@href, 'feeds/following')]/@href")
    assert addresses == [f"/feeds/following.atom?{query}", f"/feeds/following.json?{query}"]
    atom = feed_at(client, addresses[0])
    assert_is_atom(atom)
    identities = [
        entry.findtext("a:id", namespaces=ATOM)[-2:-1] for entry in atom.findall("a:entry", ATOM)
    ]
    assert "".join(identities) == "543"
    assert atom.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == [
        f"http://127.0.0.1:8000/feeds/following.atom?{query}"
    ]
    feed = client.get(addresses[1]).json()
    assert_is_json_feed(feed)
    assert feed["home_page_url"] == f"http://127.0.0.1:8000/following/?{query}"
    assert len(feed["items"]) == 3


@pytest.mark.parametrize(
    "address", ["/en/feeds/following.atom", "/en/feeds/following.json", "/en/feeds/following.opml"]
)
@pytest.mark.parametrize(("query", "words"), [("", "category=cs.CL"), ("?category=cs.XX", "cs.XX")])
def test_a_feed_without_choices_explains_its_parameters(client, address, query, words):
    response = client.get(address + query)
    assert response.status_code == 400
    assert words in response.content.decode()


def test_the_feeds_go_into_other_readers_as_opml(client, papers):
    response = client.get("/en/feeds/following.opml?category=cs.CL&q=sheep+%26+goats")
    assert response["Content-Type"] == "text/x-opml; charset=utf-8"
    assert "papersite-feeds.opml" in response["Content-Disposition"]
    document = etree.fromstring(response.content)
    assert (document.tag, document.get("version")) == ("opml", "2.0")
    outlines = document.findall("body/outline")
    assert [outline.get("text") for outline in outlines] == [
        "Following: cs.CL, sheep & goats",
        "Computation and Language (cs.CL)",
        "sheep & goats",
    ]
    for outline in outlines:
        assert outline.get("type") == "rss"
        address = outline.get("xmlUrl").removeprefix("http://127.0.0.1:8000")
        assert_is_atom(feed_at(client, address))


def test_categories_and_searches_can_be_followed_without_javascript(client, papers):
    page = page_at(client, "/categories/cs.CL/")
    assert page.xpath("//a[@class='follow']/@href") == ["/following/?category=cs.CL"]
    page = page_at(client, "/search/?q=sheep&category=cs.CL&from=2025")
    (address,) = page.xpath("//a[@class='follow']/@href")
    assert address == "/following/?q=sheep%20category%3Acs.CL%20from%3A2025"
    assert "".join(listed(page_at(client, address))) == "3"
    assert not page_at(client, "/search/?q=sheep&reviewed=1").xpath("//a[@class='follow']")


def test_everything_is_reached_from_the_masthead(client):
    page = page_at(client, "/")
    assert "/following/" in page.xpath("//header//nav//a/@href")
    assert page_at(client, "/following/").xpath("//header//a[@aria-current]/@href") == [
        "/following/"
    ]
