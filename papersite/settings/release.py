"""When the files that pages are made of changed last: no page is older in the eyes of a cache."""

from datetime import UTC, datetime
from pathlib import Path

MADE_OF = ("templates", "static", "apps/public", "papersite/locale")


def released_at(project: Path) -> datetime:
    """Return the moment of the latest change of templates, styles, wording and public code."""
    latest = max(
        path.stat().st_mtime
        for folder in MADE_OF
        for path in (project / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )
    return datetime.fromtimestamp(latest, UTC)
