"""Requirements of the specifications of feeds."""

import re
from datetime import datetime

from lxml import etree

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed_at(client, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def assert_is_atom(feed: etree._Element) -> None:
    """Assert what RFC 4287 requires of a feed and its entries."""
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for part in [feed, *feed.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"a:{name}", ATOM)) == 1, name
        assert part.findtext("a:id", namespaces=ATOM).startswith("http")
        assert datetime.fromisoformat(part.findtext("a:updated", namespaces=ATOM)).tzinfo
        alternates = [
            link
            for link in part.findall("a:link", ATOM)
            if link.get("rel", "alternate") == "alternate"
        ]
        assert len(alternates) == 1
        for name in ("rights", "subtitle", "published", "summary", "content"):
            assert len(part.findall(f"a:{name}", ATOM)) <= 1, name
    for entry in feed.findall("a:entry", ATOM):
        authors = entry.findall("a:author", ATOM) or feed.findall("a:author", ATOM)
        assert authors
        assert all(author.findtext("a:name", namespaces=ATOM) for author in authors)
    assert len(feed.xpath("a:link[@rel='self']", namespaces=ATOM)) == 1


def assert_is_json_feed(feed: dict) -> None:
    """Assert what JSON Feed 1.1 requires of a feed and its items."""
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    for name in ("home_page_url", "feed_url"):
        assert re.fullmatch(r"https?://[!-~]+", feed[name])
    for part in [feed, *feed["items"]]:
        assert all(author.get("name") or author.get("url") for author in part.get("authors", []))
        assert part.get("authors") != []
        assert not any(value is None for value in part.values())
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[name]).tzinfo
        assert all(isinstance(tag, str) for tag in item["tags"])
