"""The time of the last change of the files that pages are made from, for caches."""

from datetime import UTC, datetime
from pathlib import Path

MADE_OF = ("templates", "static", "apps/public", "papersite/locale")


def released_at(project: Path) -> datetime:
    """Return the time of the last change of templates, styles, texts and public code (UTC)."""
    latest = max(
        path.stat().st_mtime
        for folder in MADE_OF
        for path in (project / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )
    return datetime.fromtimestamp(latest, UTC)
