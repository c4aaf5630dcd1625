"""Links for sharing a page. Nothing is loaded from the services."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.http import urlencode


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link to a service. name: of the service. language: of the name, if it has one."""

    name: str
    address: str
    language: str = ""


def mail_address(title: str, address: str) -> str:
    """Return the mailto URL of a message with title and URL of a page (RFC 6068)."""
    body = f"{title}\r\n{address}"
    return f"mailto:?subject={quote(title)}&body={quote(body)}"


def share_links(title: str, address: str) -> list[ShareLink]:
    """Return the links to services for a page."""
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
