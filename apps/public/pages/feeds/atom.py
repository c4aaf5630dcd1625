"""Feeds as Atom (RFC 4287)."""

from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from apps.public.pages.feeds.content import FeedContent

MEDIA_TYPE = "application/atom+xml"


class _PaperFeed(Atom1Feed):
    """Django's Atom feed with all authors and the translated abstract as content."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})
        handler.addQuickElement(
            "link", "", {"rel": "via", "type": "text/html", "href": item["original"]}
        )


def atom(content: FeedContent, *, site_name: str, now: datetime) -> str:
    """Return a feed as an Atom document.

    Args:
        content: The feed.
        site_name: The author of entries without one, because Atom requires an author.
        now: The date of a feed without entries.
    """
    feed = _PaperFeed(
        title=content.title,
        link=content.page,
        description=None,
        subtitle=content.subtitle,
        language=content.language,
        feed_url=content.address,
        feed_copyright=content.rights,
        author_name=site_name,
    )
    for entry in content.entries:
        feed.add_item(
            title=entry.title,
            link=entry.address,
            description=entry.summary,
            pubdate=entry.submitted_at,
            updateddate=entry.updated_at,
            categories=entry.categories,
            item_copyright=content.rights,
            unique_id=entry.identity,
            # A name may be empty after characters that are invalid in XML are removed.
            authors=[name for name in entry.authors if name],
            content=entry.content,
            original=entry.original,
        )
    if content.updated_at is None:
        feed.latest_post_date = lambda: now  # type: ignore[method-assign]
    return str(feed.writeString("utf-8"))
