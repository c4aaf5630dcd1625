"""Bookmarks: the papers that an address names, in its order, and what became of the others."""

import pytest
from lxml import html

from apps.papers.models import Paper
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]


@pytest.fixture
def papers():
    for number in (1, 2, 3):
        publish_paper(arxiv_id=f"2602.0000{number}")
    publish_paper(arxiv_id="hep-th/9901001")


def page_at(client, query: str) -> html.HtmlElement:
    response = client.get(f"/en/bookmarks/{query}")
    assert response.status_code == 200
    return html.fromstring(response.content)


def listed(page: html.HtmlElement) -> list[str]:
    return [entry.get("data-paper") for entry in page.xpath("//article")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("?id=2602.00003&id=2602.00001", ["2602.00003", "2602.00001"], id="in order"),
        pytest.param("?id=2602.00001&id=2602.00001v1", ["2602.00001"], id="each once"),
        pytest.param("?id=hep-th/9901001", ["hep-th/9901001"], id="old identifier"),
        pytest.param("?id=https://arxiv.org/abs/2602.00002", ["2602.00002"], id="address"),
        pytest.param("?id=&id=+", [], id="empty"),
        pytest.param("", [], id="bare"),
    ],
)
def test_the_papers_of_the_address_are_listed_in_its_order(client, papers, query, expected):
    page = page_at(client, query)
    assert listed(page) == expected
    assert not page.xpath("//*[@role='alert']")
    assert bool(page.xpath("//p[@class='nothing']")) == (not expected)


def test_a_withdrawn_paper_is_shown_and_says_so(client, papers):
    Paper.objects.filter(arxiv_id="2602.00001").update(withdrawn_at=NOW)
    page = page_at(client, "?id=2602.00001")
    assert listed(page) == ["2602.00001"]
    assert page.xpath("//article//span[contains(@class, 'badge-withdrawn')]")


def test_missing_papers_are_listed_with_a_link_to_arxiv(client, papers):
    Translation.objects.filter(paper__arxiv_id="2602.00002").update(
        status=TranslationStatus.UNPUBLISHED
    )
    page = page_at(client, "?id=2602.00001&id=2602.00002&id=2402.09999v3")
    assert listed(page) == ["2602.00001"]
    assert page.xpath("//section[@class='gone']//a/@href") == [
        "https://arxiv.org/abs/2602.00002",
        "https://arxiv.org/abs/2402.09999",
    ]


def test_invalid_identifiers_are_reported(client, papers):
    page = page_at(client, "?id=sheep&id=2602.00001&id=%00&id=%3Cb%3E")
    assert listed(page) == ["2602.00001"]
    (said,) = page.xpath("//*[@role='alert']")
    assert "sheep" in said.text_content()
    assert "<b>" in said.text_content()


def test_a_page_shows_a_hundred_and_the_number_of_further_ones(client, papers):
    others = "".join(f"&id=2401.{number:05d}" for number in range(1, 103))
    page = page_at(client, f"?id=2602.00001{others}")
    assert len(listed(page)) + len(page.xpath("//li[@data-gone]")) == 100
    (said,) = page.xpath("//*[@role='alert']")
    assert "3 more in the URL" in said.text_content()


def test_the_number_of_queries_does_not_grow_with_the_papers(
    client, papers, django_assert_num_queries
):
    client.get("/bookmarks/?id=2602.00001")
    # The edition, the papers, their scores, what made the texts, the notices.
    for query in ("?id=2602.00002", "?id=2602.00003&id=2602.00002&id=2602.00001&id=2402.09999"):
        with django_assert_num_queries(5):
            client.get(f"/bookmarks/{query}")


def test_the_pages_of_the_browser_are_not_for_search_engines(client):
    for address in ("/bookmarks/", "/kept/"):
        page = html.fromstring(client.get(address).content)
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
