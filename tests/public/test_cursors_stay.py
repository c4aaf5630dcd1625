"""Cursors that are out in the world keep working: in addresses, feeds of programs and harvesters.

The cursors here are literal. A change that makes one of these tests fail breaks links that
somebody keeps.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from lxml import etree, html

from apps.discovery.author_index import index_authors_batch
from apps.discovery.models import Score
from apps.discovery.search.indexing import index_batch
from apps.papers.models import Paper
from apps.public.models import PublicRecord
from apps.public.oai import verbs
from apps.public.pages.browse import author, following, lists, search
from apps.translation.models import GlossaryTerm, Translation
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.oai_answers import OAI, record
from tests.support.queue_entries import build_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

FIRST = datetime(2026, 3, 1, 5, 4, 3, 250, tzinfo=UTC)


@pytest.fixture
def papers():
    """Three papers of known keys and moments, two of them submitted in the same microsecond."""
    found = []
    for key, submitted_at in ((4711, FIRST), (4712, FIRST), (4713, FIRST - timedelta(days=1))):
        translation = publish_paper(
            id=key,
            arxiv_id=f"2603.0{key}",
            title=f"Sheep {key}",
            texts={f"Sheep {key}": f"題{key}"},
            submitted_at=submitted_at,
        )
        Score.objects.filter(paper=key).update(value=key - 4620 + 0.1)
        found.append(translation)
    while index_authors_batch(changed_since=None):
        pass
    while index_batch(changed_since=None):
        pass
    cache.clear()
    return found


def headlines(response) -> list[str]:
    page = html.fromstring(response.content)
    return [found.text_content() for found in page.xpath("//article//*[@class='headline']")]


def next_of(response) -> str:
    return html.fromstring(response.content).xpath("string(//a[@rel='next']/@href)")


@pytest.mark.parametrize(
    ("page", "sign"),
    [
        ("/categories/cs.CL/", "?"),
        ("/days/2026-03-01/", "?"),
        ("/authors/ada-example/", "?"),
        ("/following/?category=cs.CL", "&"),
        ("/following/?q=sheep", "&"),
    ],
)
def test_pages(client, papers, monkeypatch, page, sign):
    for module in (lists, author, following):
        monkeypatch.setattr(module, "PAPERS_PER_PAGE", 1)
    first = client.get(page)
    assert headlines(first) == ["題4712"]
    assert next_of(first).endswith(f"{sign}after=1772341443000250-4712")
    second = client.get(f"{page}{sign}after=1772341443000250-4712")
    assert headlines(second) == ["題4711"]
    assert headlines(client.get(f"{page}{sign}after=1772341443000250-4711")) == (
        [] if "days" in page else ["題4713"]
    )


def test_both_sections_of_a_category_s_day(client, papers, monkeypatch):
    monkeypatch.setattr(lists, "PAPERS_PER_PAGE", 1)
    address = "/categories/cs.CL/days/2026-03-01/"
    assert headlines(client.get(f"{address}?after=1772341443000250-4712")) == ["題4711"]
    Paper.objects.update(primary_category="cs.LG")
    assert headlines(client.get(f"{address}?cross=1772341443000250-4712")) == ["題4711"]


def test_search_newest_first(client, papers, monkeypatch):
    monkeypatch.setattr(search, "RESULTS", 1)
    first = client.get("/search/?q=sheep&sort=newest")
    assert next_of(first).endswith("&after=0.0.1772341443000250-4712")
    second = client.get("/search/?q=sheep&sort=newest&after=0.0.1772341443000250-4712")
    assert headlines(second) == ["題4711"]
    assert next_of(second).endswith("&after=0.0.1772341443000250-4711")


def test_search_by_relevance(client, papers, monkeypatch):
    monkeypatch.setattr(search, "RESULTS", 1)
    up_to = max(translation.pk for translation in papers)
    first = client.get("/search/?q=sheep")
    assert next_of(first).endswith(f"after={up_to}.b1")
    second = client.get(f"/search/?q=sheep&after={up_to}.b1")
    assert len(headlines(second)) == 1
    assert headlines(first) != headlines(second)
    # Behind the best ones, by the time before which nothing was submitted here.
    rest = client.get(f"/search/?q=sheep&after={up_to}.1.-86400000000-5")
    assert rest.status_code == 200


API = {
    "papers/?limit=1": "WyItc3VibWl0dGVkX2F0IiwiZWQyZTg3ZDllNDk2IiwxNzcyMzQxNDQzMDAwMjUwLDQ3MTJd",
    "papers/?limit=1&ordering=-score": "WyItc2NvcmUiLCJlZDJlODdkOWU0OTYiLDkzLjEsNDcxM10",
    "authors/?limit=1": "WyJuYW1lIiwiYzc2YTM5MzdmMmUxIiwiYWRhIGV4YW1wbGUiXQ",
    "authors/ada-example/?limit=1": (
        "WyItc3VibWl0dGVkX2F0IiwiYmIyNmE4ZThjNGI1IiwxNzcyMzQxNDQzMDAwMjUwLDQ3MTJd"
    ),
    "days/?limit=1": "WyItZGF5IiwiYjk4ZDAzYzViMjU1IiwiMjAyNi0wMy0wMSJd",
    "glossary/?limit=1": "WyJ0ZXJtIiwiM2ZkZjYyNjA4OTY3IiwiYWFyZHZhcmsiLCIiXQ",
    "search/?q=sheep&sort=newest&limit=1": "0.0.1772341443000250-4712",
}


@pytest.mark.parametrize(("first", "cursor"), API.items(), ids=API)
def test_lists_of_the_api(client, papers, first, cursor):
    publish_paper(authors=[{"name": "Bo Example"}], submitted_at=FIRST - timedelta(days=40))
    while index_authors_batch(changed_since=None):
        pass
    for source in ("aardvark", "wolf"):
        GlossaryTerm.objects.create(
            source=source,
            folded=source,
            target="羊",
            source_language="en",
            target_language="ja",
            created_at=NOW,
            updated_at=NOW,
        )
    first = f"/api/v1/{first}"
    answer = client.get(first).json()
    assert f"cursor={cursor}" in answer["next"], answer["next"]
    second = client.get(f"{first}&cursor={cursor}").json()
    assert len(second["results"]) == 1
    assert second["results"] != answer["results"]


def test_resumption_tokens(client, papers, monkeypatch):
    monkeypatch.setattr(verbs, "HEADERS_AT_ONCE", 1)
    record()
    for number, found in enumerate(PublicRecord.objects.order_by("pk")):
        PublicRecord.objects.filter(pk=found.pk).update(
            id=910_071 + number, datestamp=NOW.replace(second=number)
        )
    arguments = "metadataPrefix=oai_dc&from=2026-03-01&set=cs:cs"
    first = etree.fromstring(client.get(f"/oai?verb=ListIdentifiers&{arguments}").content)
    token = "oai_dc,2026-03-01,,cs:cs,1772431200.910071.1"
    assert first.findtext(f".//{OAI}resumptionToken") == token
    second = etree.fromstring(
        client.get(f"/oai?verb=ListIdentifiers&resumptionToken={token}").content
    )
    following = second.find(f".//{OAI}resumptionToken")
    assert following.text == "oai_dc,2026-03-01,,cs:cs,1772431201.910072.2"
    assert following.get("cursor") == "1"


def test_the_queue(admin_client):
    entries = [build_entry(priority=priority) for priority in (-12.25, 0.1 + 0.2, 0.1 + 0.2)]
    highest = max(entry.pk for entry in entries)
    address = reverse("admin:review_queueentry_changelist")
    answer = admin_client.get(f"{address}?after=0.30000000000000004_{highest}")
    shown = [row.entry.priority for row in answer.context["page"].rows]
    assert shown == [0.1 + 0.2, -12.25]
    answer = admin_client.get(f"{address}?after=-12.25_{highest}")
    assert [row.entry.pk for row in answer.context["page"].rows] == [entries[0].pk]
    assert entries[0].pk != highest


def test_the_queue_writes_them(admin_client):
    for _ in range(50):
        build_entry(priority=0.1 + 0.2)
    build_entry(priority=-12.25)
    lowest = min(build.pk for build in Translation.objects.all())
    address = reverse("admin:review_queueentry_changelist")
    assert next_of(admin_client.get(address)) == f"?after=0.30000000000000004_{lowest}"
