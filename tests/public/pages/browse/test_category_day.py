"""A category on one day: new papers first, cross-lists apart."""

from datetime import timedelta

import pytest
from lxml import html

from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

ADDRESS = "/categories/cs.CL/days/2026-03-02/"


def publish(title: str, *categories: str, hours: int = 0, days: int = 0):
    return publish_paper(
        title=title,
        texts={title: f"訳{title}"},
        categories=list(categories),
        primary_category=categories[0],
        submitted_at=NOW - timedelta(hours=hours, days=days),
    )


def sections(response) -> dict[str, list[str]]:
    page = html.fromstring(response.content)
    return {
        section.xpath("string(h2/@id)"): [
            found.text_content() for found in section.xpath(".//*[@class='headline']")
        ]
        for section in page.xpath("//main/section")
    }


def test_new_papers_come_before_cross_lists(client):
    publish("Crossed", "stat.ML", "cs.CL")
    publish("Old", "cs.CL", hours=3)
    publish("New", "cs.CL", hours=1)
    publish("Elsewhere", "math.ST")
    publish("Yesterday", "cs.CL", days=1)
    assert sections(client.get(ADDRESS)) == {"new": ["訳New", "訳Old"], "cross": ["訳Crossed"]}


def test_a_day_with_cross_lists_only_has_one_section(client):
    publish("Crossed", "stat.ML", "cs.CL")
    assert sections(client.get(ADDRESS)) == {"cross": ["訳Crossed"]}


def test_pages_show_every_paper_once_the_new_ones_first(client, monkeypatch):
    monkeypatch.setattr("apps.public.pages.browse.lists.PAPERS_PER_PAGE", 2)
    for number in range(3):
        publish(f"New {number}", "cs.CL", hours=number)
        publish(f"Crossed {number}", "stat.ML", "cs.CL", hours=number)
    seen: list[str] = []
    address = ADDRESS
    while address:
        response = client.get(address)
        seen += [title for found in sections(response).values() for title in found]
        links = html.fromstring(response.content).xpath("//nav//a[contains(@href,'?')]/@href")
        address = links[0] if links else ""
    assert seen == [f"訳{kind} {number}" for kind in ("New", "Crossed") for number in range(3)]


def test_the_days_around_are_those_of_the_category(client):
    publish("Today", "cs.CL")
    publish("Other", "math.ST", days=1)
    publish("Before", "cs.CL", days=5)
    page = html.fromstring(client.get(ADDRESS).content)
    assert page.xpath("//a[@rel='prev']/@href") == ["/categories/cs.CL/days/2026-02-25/"]
    assert page.xpath("//table//a/@href") == [ADDRESS]


def test_a_day_without_papers_of_the_category_leads_to_those_that_have_some(client):
    publish("Before", "cs.CL", days=5)
    publish("Other", "math.ST")
    response = client.get(ADDRESS)
    page = html.fromstring(response.content)
    assert response.status_code == 404
    assert page.xpath("//a[@rel='prev']/@href") == ["/categories/cs.CL/days/2026-02-25/"]
    assert {"/categories/cs.CL/", "/days/2026-03-02/"} <= set(page.xpath("//main//a/@href"))


@pytest.mark.parametrize(
    "address",
    [
        "/categories/cs.CL/days/2026-02-30/",
        f"{ADDRESS}?after=sheep",
        f"{ADDRESS}?cross=sheep",
        "/categories/cs.NOPE/days/2026-03-02/",
    ],
    ids=["no day", "no place", "no place among cross-lists", "no category"],
)
def test_what_does_not_exist_is_no_page(client, address):
    publish("Today", "cs.CL")
    assert client.get(address).status_code == 404


def test_a_category_groups_its_papers_by_day_and_lists_its_latest_days(client):
    publish("Today", "cs.CL")
    publish("Too", "cs.CL", hours=1)
    publish("Before", "cs.CL", days=5)
    page = html.fromstring(client.get("/categories/cs.CL/").content)
    assert page.xpath("//h2[@class='day-heading']//time/@datetime") == ["2026-03-02", "2026-02-25"]
    assert page.xpath("//nav[@class='latest-days']//a/@href") == [
        ADDRESS,
        "/categories/cs.CL/days/2026-02-25/",
    ]
