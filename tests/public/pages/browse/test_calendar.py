"""The archive: calendars of months, years, and the days of a category."""

from datetime import date, datetime

import pytest
from lxml import html

from apps.public.calendar.months import month_of, weekdays
from apps.review.models import ListedDay
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]


def publish_on(day: str, **fields):
    return publish_paper(submitted_at=datetime.fromisoformat(f"{day}T12:00+00:00"), **fields)


def listed(*days: str, papers: int = 1, category: str = "") -> None:
    ListedDay.objects.bulk_create(
        ListedDay(language="ja", day=day, category=category, papers=papers) for day in days
    )


def page_of(response):
    return html.fromstring(response.content)


def words(element) -> str:
    return " ".join(element.text_content().split())


def test_a_month_links_each_day_that_has_papers_and_counts_them(client):
    listed("2025-02-03", papers=12)
    listed("2025-02-28", papers=1)
    page = page_of(client.get("/en/days/2025-02/"))
    cells = page.xpath("//table[contains(@class,'calendar')]//td//a")
    assert [(cell.get("href"), words(cell)) for cell in cells] == [
        ("/en/days/2025-02-03/", "3 12 papers"),
        ("/en/days/2025-02-28/", "28 1 paper"),
    ]
    assert words(page.xpath("//h1")[0]) == "February 2025 13 papers"
    assert page.xpath("string(//title)").startswith("Papers of February 2025 |")
    assert "13 papers of February 2025" in page.xpath("//meta[@name='description']/@content")[0]


@pytest.mark.parametrize(
    ("address", "first", "heading"),
    [
        pytest.param("/days/2025-02/", "日", "2025年2月", id="Japanese weeks begin on Sunday"),
        pytest.param("/en/days/2025-02/", "Mon", "February 2025", id="English ones on Monday"),
    ],
)
def test_weeks_begin_as_readers_expect(client, address, first, heading):
    listed("2025-02-03")
    page = page_of(client.get(address))
    heads = page.xpath("//table//th[@scope='col']/text()")
    assert (len(heads), heads[0]) == (7, first)
    assert page.xpath("string(//h1/time)") == heading
    # The third of February 2025 was a Monday.
    place = 1 if first == "日" else 0
    row = page.xpath("//td[.//a]/..")[0]
    assert [bool(cell.xpath(".//a")) for cell in row].index(True) == place


def test_a_month_leads_to_the_months_with_papers_around_it(client):
    listed("2023-11-30", "2025-02-03", "2025-05-01", "2025-06-01")
    page = page_of(client.get("/days/2025-02/"))
    assert page.xpath("//a[@rel='prev']/@href") == ["/days/2023-11/"]
    assert page.xpath("//a[@rel='next']/@href") == ["/days/2025-05/"]
    assert "/days/2025/" in page.xpath("//main//a/@href")


def test_a_year_has_twelve_months_with_their_totals(client):
    listed("2025-02-03", "2025-02-04", papers=5)
    listed("2025-12-31", papers=2)
    listed("2023-01-01", "2026-01-01")
    page = page_of(client.get("/en/days/2025/"))
    months = [words(item) for item in page.xpath("//ol[@class='months']/li")]
    assert len(months) == 12
    assert months[0] == "January no papers"
    assert months[1] == "February 10 papers"
    assert page.xpath("//ol[@class='months']//a/@href") == [
        "/en/days/2025-02/",
        "/en/days/2025-12/",
    ]
    assert words(page.xpath("//h1")[0]) == "2025 12 papers"
    assert page.xpath("//a[@rel='prev']/@href") == ["/en/days/2023/"]
    assert page.xpath("//a[@rel='next']/@href") == ["/en/days/2026/"]


def test_the_archive_begins_at_the_latest_month(client):
    listed("2024-03-01", "2025-02-03")
    assert client.get("/days/")["Location"] == "/days/2025-02/"
    assert client.get("/en/days/")["Location"] == "/en/days/2025-02/"


def test_an_empty_archive_says_so(client):
    response = client.get("/en/days/")
    assert response.status_code == 404
    assert "No paper has been published yet." in response.content.decode()


@pytest.mark.parametrize(
    ("address", "ways"),
    [
        pytest.param("/days/2025-03/", {"/days/2025-02/", "/days/2025-06/"}, id="month between"),
        pytest.param("/days/1999-01/", {"/days/2025-02/"}, id="month before all"),
        pytest.param("/days/9999-12/", {"/days/2025-06/"}, id="the last month there is"),
        pytest.param("/days/0001-01/", {"/days/2025-02/"}, id="the first month there is"),
        pytest.param("/days/2025-13/", {"/days/2025-06-01/"}, id="no month"),
        pytest.param("/days/0000-00/", {"/days/2025-06-01/"}, id="no month at all"),
        pytest.param("/days/2024/", {"/days/2025/"}, id="year before all"),
        pytest.param("/days/0000/", {"/days/2025-06-01/"}, id="no year"),
        pytest.param("/days/9999/", {"/days/2025/"}, id="the last year there is"),
    ],
)
def test_months_and_years_without_papers_lead_on(client, address, ways):
    listed("2025-02-03", "2025-06-01")
    response = client.get(address)
    assert response.status_code == 404
    page = page_of(response)
    assert ways <= set(page.xpath("//main//a/@href"))
    assert page.xpath("//meta[@name='robots']/@content")[0].startswith("noindex")


def test_days_whose_papers_are_gone_are_no_days(client):
    listed("2025-02-03")
    listed("2025-02-04", papers=0)
    page = page_of(client.get("/days/2025-02/"))
    assert page.xpath("//table//a/@href") == ["/days/2025-02-03/"]


def test_a_day_has_the_calendar_of_its_month_and_its_categories(client):
    publish_on("2025-02-03", categories=["cs.CL", "cs.LG"])
    publish_on("2025-02-03", categories=["cs.CL"])
    publish_on("2025-02-10", categories=["math.ST"], primary_category="math.ST")
    page = page_of(client.get("/en/days/2025-02-03/"))
    assert page.xpath("//table//a[@aria-current]/@href") == ["/en/days/2025-02-03/"]
    assert page.xpath("//table//a/@href") == ["/en/days/2025-02-03/", "/en/days/2025-02-10/"]
    assert [(a.get("href"), words(a)) for a in page.xpath("//ul[@class='chips']//a")] == [
        ("/en/categories/cs.CL/days/2025-02-03/", "cs.CL 2 papers"),
        ("/en/categories/cs.LG/days/2025-02-03/", "cs.LG 1 paper"),
    ]
    assert "/en/days/2025-02/" in page.xpath("//p[@class='eyebrow']/a/@href")


def test_previous_and_next_days_cross_the_borders_of_months():
    listed("2025-01-31", "2025-02-10", "2025-03-01")
    around = month_of(date(2025, 2, 10), "ja").around(date(2025, 2, 10))
    assert [each and each.day.isoformat() for each in (around.previous, around.following)] == [
        "2025-01-31",
        "2025-03-01",
    ]


def test_calendars_of_one_language_do_not_count_another():
    listed("2025-02-10")
    assert month_of(date(2025, 2, 1), "ko").days == {}


@pytest.mark.parametrize(("interface", "first"), [("ja", 6), ("en", 0)])
def test_the_first_weekday_is_the_interfaces(interface, first):
    assert weekdays(interface)[0] == first


def test_home_leads_to_the_calendar(client):
    publish_on("2025-02-03")
    assert "/days/" in html.fromstring(client.get("/").content).xpath("//main//a/@href")
