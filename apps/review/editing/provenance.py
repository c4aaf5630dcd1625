"""Where a sentence's text came from, as decisions keep it, so that a change can be taken back."""

from datetime import datetime
from typing import Any

from apps.translation.models import Segment

NAMES = ("origin", "engine", "engine_version", "memory_entry_id", "approved_by_id")
MOMENTS = ("approved_at", "translated_at")


def provenance_of(segment: Segment) -> dict[str, Any]:
    """Return who or what made the text of a sentence, and who approved it when, as JSON."""
    moments = {name: getattr(segment, name) for name in MOMENTS}
    return {name: getattr(segment, name) for name in NAMES} | {
        name: moment.isoformat() if moment else None for name, moment in moments.items()
    }


def put_back(segment: Segment, text: str, was: dict[str, Any]) -> None:
    """Give a sentence an earlier text and what `provenance_of` said of it; nothing is saved."""
    segment.text = text
    for name in NAMES:
        setattr(segment, name, was[name])
    for name in MOMENTS:
        setattr(segment, name, datetime.fromisoformat(was[name]) if was[name] else None)


FIELDS = (
    "text",
    "origin",
    "engine",
    "engine_version",
    "memory_entry",
    "approved_by",
    "approved_at",
    "translated_at",
)
"""The fields of a segment that `put_back` writes."""
