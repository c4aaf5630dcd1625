"""Addresses at which a reader can hand a page on. Nothing is fetched from there; they are links."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.http import urlencode


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A way to share. name: as the service calls itself; language: of the name, if it has one."""

    name: str
    address: str
    language: str = ""


def mail_address(title: str, address: str) -> str:
    """Return the mailto address of a message with a page's title and address (RFC 6068)."""
    body = f"{title}\r\n{address}"
    return f"mailto:?subject={quote(title)}&body={quote(body)}"


def share_links(title: str, address: str) -> list[ShareLink]:
    """Return the services that take a page's title and address from a link."""
    return [
        ShareLink("X", f"https://x.com/intent/post?{urlencode({'text': title, 'url': address})}"),
        ShareLink(
            "Bluesky",
            f"https://bsky.app/intent/compose?{urlencode({'text': f'{title} {address}'})}",
        ),
        ShareLink(
            "はてなブックマーク",
            f"https://b.hatena.ne.jp/add?{urlencode({'mode': 'confirm', 'url': address})}",
            "ja",
        ),
    ]
