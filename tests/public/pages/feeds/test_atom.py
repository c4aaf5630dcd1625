"""Atom feeds: valid, whole, and honest about what made the text."""

from datetime import datetime

import pytest

from apps.translation.models import SegmentOrigin
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.reading.feeds import ATOM, assert_is_atom, feed_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

FEEDS = ["/feeds/latest.atom", "/categories/cs.CL/feed.atom", "/en/feeds/latest.atom"]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_valid_atom(client, address):
    publish_paper()
    publish_paper(authors=[], abstract="", scored=False)
    feed = feed_at(client, address)
    assert_is_atom(feed)
    assert len(feed.findall("a:entry", ATOM)) == 2


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_without_papers_is_valid_too(client, address):
    assert_is_atom(feed_at(client, address))


def test_an_entry_holds_the_translation_its_origin_and_the_disclaimer(client, notices):
    translation = publish_paper(
        title="Sheep & Goats",
        texts={"Sheep & Goats": "羊と山羊"},
        authors=[{"name": "Ada Example"}, {"name": "Bo Sample"}],
        origin=SegmentOrigin.MACHINE,
        engine="openai",
        engine_version="some-model@0a1b",
    )
    (entry,) = feed_at(client, "/feeds/latest.atom").findall("a:entry", ATOM)
    content = entry.findtext("a:content", namespaces=ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "羊と山羊"
    assert entry.findtext("a:summary", namespaces=ATOM) == translation.summary
    assert translation.abstract in content
    assert "機械翻訳（openai some-model）による訳文です。" in content
    assert "機械翻訳・未校閲" in content
    assert "Sheep &amp; Goats" in content
    assert notices["disclaimer", "ja"] in content
    assert entry.findtext("a:rights", namespaces=ATOM) == notices["disclaimer", "ja"]
    names = [name.text for name in entry.findall("a:author/a:name", ATOM)]
    assert names == ["Ada Example", "Bo Sample"]
    assert entry.xpath("a:link[@rel='via']/@href", namespaces=ATOM) == [
        f"https://arxiv.org/abs/{translation.paper.arxiv_id}v1"
    ]
    assert entry.xpath("a:category/@term", namespaces=ATOM) == ["cs.CL"]


def test_what_xml_cannot_hold_does_not_break_a_feed(client):
    publish_paper(
        title="Bell",
        texts={"Bell": "鐘\x07と\u202e逆さ\u202c"},
        authors=[{"name": "Ada\x08 Example"}],
    )
    feed = feed_at(client, "/feeds/latest.atom")
    assert_is_atom(feed)
    assert feed.findtext("a:entry/a:title", namespaces=ATOM) == "鐘と逆さ"


def test_a_category_feed_holds_its_category_only(client):
    publish_paper(categories=["cs.CL", "cs.LG"])
    publish_paper(categories=["math.ST"], primary_category="math.ST")
    feed = feed_at(client, "/categories/cs.CL/feed.atom")
    assert len(feed.findall("a:entry", ATOM)) == 1
    assert "計算と言語" in feed.findtext("a:title", namespaces=ATOM)


def test_there_is_no_feed_of_a_category_that_does_not_exist(client):
    assert client.get("/categories/cs.NOPE/feed.atom").status_code == 404


def test_a_feed_is_as_new_as_its_newest_change(client):
    publish_paper()
    feed = feed_at(client, "/feeds/latest.atom")
    assert datetime.fromisoformat(feed.findtext("a:updated", namespaces=ATOM)) == NOW
