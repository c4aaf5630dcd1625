"""Feeds as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from datetime import UTC, datetime

from apps.public.pages.feeds.content import FeedContent, FeedEntry

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(content: FeedContent, *, site_name: str, site_url: str, about: str) -> str:
    """Return a feed as a JSON Feed document.

    Disclaimer, badges and provenance, for which the format has no fields, are in the extension
    `_papersite`, which the page `about` explains.
    """
    document = {
        "version": VERSION,
        "title": content.title,
        "home_page_url": content.page,
        "feed_url": content.address,
        "description": content.subtitle,
        "language": content.language,
        "authors": [{"name": site_name, "url": site_url}],
        "_papersite": {"about": about, "disclaimer": content.rights},
        "items": [_item(entry, content) for entry in content.entries],
    }
    return json.dumps(document, ensure_ascii=False)


def _item(entry: FeedEntry, content: FeedContent) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.identity,
        "url": entry.address,
        "external_url": entry.original,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": _rfc3339(entry.submitted_at),
        "date_modified": _rfc3339(entry.updated_at),
        "language": content.language,
        "tags": entry.categories,
        "_papersite": {
            "badges": entry.badges,
            "provenance": entry.provenance,
            "disclaimer": content.rights,
        },
    }
    authors = [{"name": name} for name in entry.authors if name]
    return item | ({"authors": authors} if authors else {})


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
