"""Pages are cached by content version: every change is visible within a minute."""

import gzip
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from apps.discovery.models import RelatedDecision, Score, TrendReport
from apps.discovery.related.curation import choose
from apps.papers.models import Paper
from apps.public.catalogue.content_version import (
    SLOT,
    UNSETTLED,
    content_version_of_paper,
    content_version_of_site,
)
from apps.public.pages import caching
from apps.public.pages.paper import views
from apps.public.site.notices import add_notice
from apps.translation.models import Segment, Translation
from tests.support.acts import unpublish
from tests.support.builders import NOW
from tests.support.factories import TITLE, editor, publish_paper
from tests.support.published import index_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices", "room")]

MINUTE = timedelta(minutes=1)
CHECKED_FOR = timedelta(seconds=settings.PAGE_CHECK_SECONDS)
PAPER = "/papers/2602.00077/"
LISTS = [
    "/",
    "/en/",
    "/days/2026-02-20/",
    "/categories/cs.CL/",
    "/search/?q=uniform",
    "/feeds/latest.atom",
    "/categories/cs.CL/feed.atom",
    "/search/feed.atom?q=uniform",
]


class Clock:
    """A clock that stands still until it is moved. It starts when the site has settled."""

    def __init__(self) -> None:
        self.moment = timezone.now() + timedelta(hours=1)

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def room(monkeypatch):
    """Room for pages that no other test has filled."""
    monkeypatch.setattr(caching, "page_cache", caching.PageCache(1 << 20))


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(caching.timezone, "now", clock.now)
    return clock


@pytest.fixture
def translation():
    return publish_paper(
        arxiv_id="2602.00077",
        title="Uniform bounds",
        abstract="We do it.",
        submitted_at=NOW.replace(month=2, day=20),
    )


def correct(translation: Translation) -> None:
    """Change the title as an editor's correction leaves it."""
    segment = translation.segments.get(field="title")
    Segment.objects.filter(pk=segment.pk).update(text="正した訳題")
    Translation.objects.filter(pk=translation.pk).update(
        title="正した訳題", updated_at=timezone.now()
    )


def withdraw(translation: Translation) -> None:
    Paper.objects.filter(pk=translation.paper_id).update(
        withdrawn_at=timezone.now(), changed_at=timezone.now()
    )


def take_down(translation: Translation) -> None:
    unpublish(translation.pk, actor=editor(), reason="wrong", now=timezone.now())


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("change", [correct, withdraw, take_down])
def test_a_change_is_in_every_list_within_a_minute(client, clock, translation, address, change):
    index_all()
    assert TITLE in client.get(address).content.decode()
    clock.moment += MINUTE
    assert TITLE in client.get(address).content.decode()
    change(translation)
    index_all()
    # What a browser or a proxy may still hold, and what this process may.
    clock.moment += MINUTE - timedelta(seconds=caching.SECONDS_FRESH)
    assert TITLE not in client.get(address).content.decode()


def test_a_new_paper_is_on_a_list_within_a_minute(client, clock, translation):
    client.get("/")
    clock.moment += CHECKED_FOR / 2
    another = publish_paper(title="Another", texts={"Another": "新訳題"})
    Translation.objects.filter(pk=another.pk).update(updated_at=clock.moment)
    assert "新訳題" not in client.get("/").content.decode()
    clock.moment += MINUTE - timedelta(seconds=caching.SECONDS_FRESH)
    assert "新訳題" in client.get("/").content.decode()


CHANGES = {
    "its title is corrected": correct,
    "a sentence is approved": lambda translation: Segment.objects.filter(
        translation=translation, field="abstract"
    ).update(approved_at=NOW, approved_by=editor()),
    "the paper is withdrawn": withdraw,
    "authors change": lambda translation: Paper.objects.filter(pk=translation.paper_id).update(
        authors=[{"name": "Nobody Else"}]
    ),
    "its score changes": lambda translation: Score.objects.filter(
        paper=translation.paper_id
    ).update(value=99.5),
    "a notice is worded anew": lambda translation: add_notice(
        key="disclaimer", language="ja", text="新しい免責。", now=NOW
    ),
    "a related paper is corrected": lambda translation: correct(
        Translation.objects.exclude(pk=translation.pk).get()
    ),
    "a related paper is taken down": lambda translation: take_down(
        Translation.objects.exclude(pk=translation.pk).get()
    ),
    "an editor hides a related paper": lambda translation: choose(
        translation.paper,
        Translation.objects.exclude(pk=translation.pk).get().paper,
        RelatedDecision.HIDE,
        actor=editor(),
        now=NOW,
    ),
}


# Rows have another version with every transaction that changes them.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_a_paper_has_another_content_version_when(client, clock, change):
    other = publish_paper(title="Another", texts={"Another": "別の訳題"})
    translation = publish_paper(arxiv_id="2602.00077", related=[other])
    before = client.get(PAPER)
    version = content_version_of_paper("2602.00077", "ja")
    assert content_version_of_paper("2602.00077", "ja") == version
    change(translation)
    assert content_version_of_paper("2602.00077", "ja") != version
    clock.moment += CHECKED_FOR
    assert client.get(PAPER).content != before.content


def test_a_paper_keeps_its_content_version_when_others_change(translation):
    version = content_version_of_paper("2602.00077", "ja")
    correct(publish_paper(title="Another", texts={"Another": "別の訳題"}))
    assert content_version_of_paper("2602.00077", "ja") == version


def test_a_paper_that_is_not_published_has_no_content_version(translation):
    assert content_version_of_paper("2602.00077", "ko") is None
    take_down(translation)
    assert content_version_of_paper("2602.00077", "ja") is None


def test_the_site_has_a_new_content_version_in_every_slot_until_it_has_settled(translation):
    changed = content_version_of_site(timezone.now() + UNSETTLED * 9).changed_at
    unsettled = [content_version_of_site(changed + SLOT * step).name for step in range(3)]
    assert len(set(unsettled)) == 3
    settled = [content_version_of_site(changed + UNSETTLED * step) for step in (1, 2, 1000)]
    assert len(set(settled)) == 1


def test_a_report_of_trends_that_took_long_is_seen_all_the_same(translation):
    now = timezone.now() + UNSETTLED * 9
    version = content_version_of_site(now)
    TrendReport.objects.create(
        week=NOW.date(),
        papers=1,
        papers_before=1,
        weekly_papers=[],
        statistic=1,
        computed_at=version.changed_at - timedelta(hours=1),
    )
    assert content_version_of_site(now).name != version.name
    assert content_version_of_site(now) == content_version_of_site(now + UNSETTLED)


def test_a_cached_page_costs_no_query_and_a_checked_one_only_one(
    client, clock, translation, django_assert_num_queries
):
    first = client.get(PAPER)
    with django_assert_num_queries(0):
        assert client.get(PAPER).content == first.content
    clock.moment += CHECKED_FOR
    with django_assert_num_queries(1):
        assert client.get(PAPER).content == first.content
    with django_assert_num_queries(0):
        again = client.get(PAPER)
    assert dict(again.headers) == dict(first.headers)


def test_while_one_asker_checks_a_page_the_others_get_it_as_it_was(
    client, clock, translation, monkeypatch
):
    kept = client.get(PAPER).content
    correct(translation)
    clock.moment += CHECKED_FOR
    meanwhile = []
    published_paper = views.published_paper

    def slow(*asked):
        meanwhile.append(Client().get(PAPER).content)
        return published_paper(*asked)

    monkeypatch.setattr(views, "published_paper", slow)
    made = client.get(PAPER).content
    assert meanwhile == [kept]
    assert made != kept


@pytest.mark.parametrize("address", [PAPER, "/categories/hep-xx/"])
def test_what_is_gone_is_gone_for_everybody(client, clock, translation, address):
    if address != PAPER:
        Paper.objects.filter(pk=translation.paper_id).update(categories=["hep-xx"])
    assert client.get(address).status_code == 200
    take_down(translation)
    clock.moment += MINUTE
    for _asker in range(3):
        assert client.get(address).status_code == 404


def test_a_page_is_rendered_again_after_its_maximum_age(
    client, clock, translation, django_assert_num_queries
):
    client.get(PAPER)
    clock.moment += caching.MAX_AGE
    with django_assert_num_queries(7):
        client.get(PAPER)


@pytest.mark.parametrize("address", ["/", PAPER, "/feeds/latest.atom"])
def test_who_has_the_page_is_told_so(client, clock, translation, address):
    page = client.get(address)
    for question in (
        {"If-None-Match": page["ETag"]},
        {"If-Modified-Since": page["Last-Modified"]},
    ):
        answer = client.get(address, headers=question)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == page["ETag"]
        assert answer["Cache-Control"] == "public, max-age=30"
        assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "is_compressed"),
    [
        ("gzip, deflate, br", True),
        ("*", True),
        ("gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("br", False),
        ("", False),
    ],
)
def test_pages_are_compressed_for_those_who_take_that(client, translation, accepted, is_compressed):
    plain = client.get(PAPER).content
    answer = client.get(PAPER, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == ("gzip" if is_compressed else None)
    assert int(answer["Content-Length"]) == len(answer.content)
    body = gzip.decompress(answer.content) if is_compressed else answer.content
    assert body == plain


@pytest.mark.parametrize(
    "address", ["/papers/2602.99999/", "/papers/nonsense/", "/days/1991-01-01/", "/search/?from=x"]
)
def test_missing_pages_are_not_cached(client, clock, translation, address):
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert caching.page_cache.get(address) is None


def test_pages_make_room_for_others(client, translation, monkeypatch):
    monkeypatch.setattr(caching, "page_cache", caching.PageCache(25_000))
    for number in range(9):
        client.get(f"/?{number}")
    assert caching.page_cache.get("/?0") is None
    assert caching.page_cache.get("/?8") is not None
