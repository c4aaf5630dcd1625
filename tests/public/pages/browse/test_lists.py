"""Home, days and categories: what they list, in which order, at which cost."""

from datetime import timedelta

import pytest
from lxml import html

from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.published import index_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]


def titles(response) -> list[str]:
    page = html.fromstring(response.content)
    return [element.text_content() for element in page.xpath("//article//*[@class='headline']")]


def publish_on(day: int, title: str, *, hour: int = 12, **fields):
    submitted = NOW.replace(month=2, day=day, hour=hour)
    return publish_paper(title=title, texts={title: f"訳{title}"}, submitted_at=submitted, **fields)


def test_home_shows_the_latest_three_days_that_have_papers(client):
    for day in (3, 10, 11, 20):
        publish_on(day, f"Day {day}")
    page = html.fromstring(client.get("/").content)
    assert page.xpath("//section/h2//time/@datetime") == ["2026-02-20", "2026-02-11", "2026-02-10"]
    assert "2026年2月20日（金）" in page.xpath("string(//section[1]/h2)")


def test_home_puts_the_highest_score_of_a_day_first(client):
    publish_on(10, "Low", categories=["cs.CL"])
    publish_on(10, "High", categories=["cs.CL", "cs.LG", "stat.ML", "math.ST"])
    publish_on(10, "None", scored=False)
    assert titles(client.get("/")) == ["訳High", "訳Low", "訳None"]


def test_an_entry_shows_title_original_summary_score_category_and_badge(client):
    translation = publish_on(10, "Sheep")
    page = html.fromstring(client.get("/").content)
    (entry,) = page.xpath("//article")
    said = " ".join(entry.text_content().split())
    score = translation.paper.scores.get().value
    for part in ("訳Sheep", "Sheep", translation.summary, f"{score:.1f}", "cs.CL"):
        assert part in said
    assert "翻訳メモリ・未校閲" in said
    assert entry.xpath(".//h3[@class='headline']/a/@href") == [
        f"/papers/{translation.paper.arxiv_id}/"
    ]


def test_an_empty_site_announces_papers(client):
    assert "公開された論文はまだありません。" in client.get("/").content.decode()
    assert "論文のある分類はまだありません。" in client.get("/categories/").content.decode()


def test_a_day_leads_to_the_days_with_papers_around_it(client):
    for day in (3, 10, 20):
        publish_on(day, f"Day {day}")
    response = client.get("/days/2026-02-10/")
    page = html.fromstring(response.content)
    assert titles(response) == ["訳Day 10"]
    assert page.xpath("//a[@rel='prev']/@href") == ["/days/2026-02-03/"]
    assert page.xpath("//a[@rel='next']/@href") == ["/days/2026-02-20/"]


def test_a_day_without_papers_is_no_page_but_leads_on(client):
    for day in (3, 20):
        publish_on(day, f"Day {day}")
    response = client.get("/days/2026-02-10/")
    page = html.fromstring(response.content)
    assert response.status_code == 404
    assert page.xpath("//a[@rel='prev']/@href") == ["/days/2026-02-03/"]
    assert page.xpath("//a[@rel='next']/@href") == ["/days/2026-02-20/"]


def test_a_category_lists_cross_listed_papers_newest_first(client):
    publish_on(3, "Old", categories=["cs.CL"])
    publish_on(10, "Crossed", categories=["stat.ML", "cs.CL"], primary_category="stat.ML")
    publish_on(10, "Elsewhere", categories=["math.ST"])
    assert titles(client.get("/categories/cs.CL/")) == ["訳Crossed", "訳Old"]


def test_the_categories_with_papers_are_listed_with_their_latest_day(client):
    publish_on(3, "Old", categories=["cs.CL"])
    publish_on(10, "New", categories=["cs.CL", "stat.ML"])
    page = html.fromstring(client.get("/categories/").content)
    listed = {
        item.xpath("string(.//span[@class='category'])"): item.xpath("string(.//time)")
        for item in page.xpath("//ul[@class='categories']/li")
    }
    assert listed == {"cs.CL": "2026-02-10", "stat.ML": "2026-02-10"}
    assert "計算機科学" in page.text_content()


@pytest.mark.parametrize(
    ("code", "status"), [("cs.LG", 200), ("cs.NOPE", 404)], ids=["real but empty", "not arXiv's"]
)
def test_a_category_without_papers(client, code, status):
    assert client.get(f"/categories/{code}/").status_code == status


@pytest.mark.parametrize("address", ["/categories/cs.CL/", "/days/2026-02-10/"])
def test_pages_follow_one_another_and_show_every_paper_once(client, monkeypatch, address):
    monkeypatch.setattr("apps.public.pages.browse.lists.PAPERS_PER_PAGE", 2)
    # Two papers of the same second: the order must still be total.
    for number, hour in enumerate((1, 5, 5, 9, 12)):
        publish_on(10, f"Paper {number}", hour=hour)
    seen, next_page = [], address
    while next_page:
        response = client.get(next_page)
        seen += titles(response)
        # A paper that arrives meanwhile must not move the others.
        publish_on(11, f"Newcomer {len(seen)}")
        links = html.fromstring(response.content).xpath("//a[@rel='next'][contains(@href,'after')]")
        next_page = address + links[0].get("href").partition(address)[2] if links else None
    assert seen == ["訳Paper 4", "訳Paper 3", "訳Paper 2", "訳Paper 1", "訳Paper 0"]


@pytest.mark.parametrize(
    "address", ["/days/2026-02-10/", "/categories/cs.CL/", "/categories/cs.CL/days/2026-02-10/"]
)
def test_search_engines_keep_the_first_page_of_a_list_only(client, monkeypatch, address):
    monkeypatch.setattr("apps.public.pages.browse.lists.PAPERS_PER_PAGE", 2)
    for number in range(3):
        publish_on(10, f"Paper {number}", hour=number)
    first = html.fromstring(client.get(address).content)
    assert first.xpath("//meta[@name='robots']") == []
    (onward,) = first.xpath("//a[@rel='next'][contains(@href,'after')]/@href")
    second = html.fromstring(client.get(address + onward.partition(address)[2]).content)
    assert second.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]


def test_queries_of_a_search_do_not_grow_with_the_papers(client, django_assert_max_num_queries):
    for papers in (3, 9):
        for number in range(papers):
            publish_on(8 + number % 3, f"Paper {number}")
        index_all()
        with django_assert_max_num_queries(25):
            assert client.get("/search/?q=paper").status_code == 200


# One of them asks for the edition, of each page and each answer of the API.
COSTS = {
    "/": 8,
    "/days/": 2,
    "/days/2026/": 4,
    "/days/2026-02/": 3,
    "/days/2026-02-10/": 7,
    "/categories/": 3,
    "/categories/cs.CL/": 7,
    "/categories/cs.CL/days/2026-02-10/": 7,
    "/feeds/latest.atom": 5,
    "/categories/cs.CL/feed.atom": 6,
    "/api/v1/papers/": 5,
    "/api/v1/categories/": 2,
    "/api/v1/days/": 2,
}


@pytest.mark.parametrize(("address", "queries"), COSTS.items(), ids=list(COSTS))
@pytest.mark.parametrize("papers", [3, 9])
def test_queries_do_not_grow_with_the_papers(
    client, django_assert_num_queries, address, queries, papers
):
    for number in range(papers):
        publish_on(8 + number % 3, f"Paper {number}")
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == (302 if address == "/days/" else 200)


@pytest.mark.parametrize(
    ("related", "queries"), [(0, 6), (1, 8), (8, 8)], ids=["none", "one", "eight"]
)
@pytest.mark.parametrize(
    ("address", "more"),
    [("/papers/2405.10999/", 1), ("/api/v1/papers/2405.10999/", 3)],
    ids=["page, with its edition", "API, with its edition, versions and signals"],
)
def test_queries_of_a_paper_do_not_grow_with_what_is_related(
    client, django_assert_num_queries, address, more, related, queries
):
    others = [publish_on(8, f"Paper {number}") for number in range(related)]
    publish_paper(arxiv_id="2405.10999", related=others, abstract="One. " * (1 + related), texts={})
    with django_assert_num_queries(queries + more):
        assert client.get(address).status_code == 200


def test_pages_can_be_cached_and_asked_whether_they_changed(client):
    publish_on(10, "Sheep")
    for address in ("/", "/days/2026-02-10/", "/categories/cs.CL/", "/feeds/latest.atom"):
        first = client.get(address)
        assert first["Cache-Control"] == "public, max-age=30"
        assert not first.cookies
        assert first["Vary"] == "Accept-Encoding"
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    publish_on(10, "Goats")
    changed = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_readers_are_not_followed_and_only_reading_is_possible(client):
    publish_on(10, "Sheep", hour=1)
    assert client.post("/").status_code == 405
    assert client.get("/").cookies == {}
    assert client.get("/").headers["Content-Security-Policy"].count("unsafe") == 0


def test_a_day_is_a_day_in_utc(client):
    publish_paper(
        title="Late", texts={"Late": "訳Late"}, submitted_at=NOW.replace(hour=23, minute=59)
    )
    publish_paper(
        title="Early",
        texts={"Early": "訳Early"},
        submitted_at=NOW.replace(hour=0) + timedelta(days=1),
    )
    assert titles(client.get("/days/2026-03-02/")) == ["訳Late"]
    assert titles(client.get("/days/2026-03-03/")) == ["訳Early"]
