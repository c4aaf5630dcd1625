"""Lists of feeds as OPML 2.0 (http://opml.org/spec2.opml), which feed readers import."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from apps.public.pages.feeds.content import clean_line

MEDIA_TYPE = "text/x-opml"


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed: title, URL, and URL of the page with the same list."""

    title: str
    feed: str
    page: str


def opml(title: str, outlines: Iterable[Outline], *, now: datetime) -> bytes:
    """Return an OPML document that lists Atom feeds."""
    root = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = clean_line(title)
    ElementTree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = ElementTree.SubElement(root, "body")
    for outline in outlines:
        name = clean_line(outline.title)
        ElementTree.SubElement(
            body,
            "outline",
            # The specification uses "rss" for feeds of every format.
            type="rss",
            version="ATOM1",
            text=name,
            title=name,
            xmlUrl=outline.feed,
            htmlUrl=outline.page,
        )
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
