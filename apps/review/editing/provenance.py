"""The provenance of a sentence, as decisions store it, so that a change can be undone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.review.models import Decision, DecisionKind
from apps.translation.models import Segment, Translation

Change = tuple[int, dict[str, Any]]
"""The key of a decision, and the entry of one sentence in its detail."""
Changes = Mapping[int, Change]
CHANGES = (DecisionKind.EDIT, DecisionKind.FIX, DecisionKind.RESTORE, DecisionKind.SUGGESTION)
NAMES = ("origin", "engine", "engine_version", "memory_entry_id", "approved_by_id")
MOMENTS = ("approved_at", "translated_at")
FIELDS = ("text", *(name.removesuffix("_id") for name in NAMES), *MOMENTS)
"""The fields of a segment that `put_back` writes."""


def provenance_of(segment: Segment) -> dict[str, Any]:
    """Return who or what made the text of a sentence, and who approved it when, for JSON."""
    moments = {name: getattr(segment, name) for name in MOMENTS}
    return {name: getattr(segment, name) for name in NAMES} | {
        name: moment.isoformat() if moment else None for name, moment in moments.items()
    }


def put_back(segment: Segment, text: str, was: dict[str, Any]) -> None:
    """Set the earlier text of a sentence and its `provenance_of`, without saving."""
    segment.text = text
    for name in NAMES:
        setattr(segment, name, was[name])
    for name in MOMENTS:
        setattr(segment, name, datetime.fromisoformat(was[name]) if was[name] else None)


def change_to_undo(segment: Segment, changes: Changes) -> Change | None:
    """Return the change that undo takes back; None if the text has changed since."""
    found = changes.get(segment.pk)
    return found if found is not None and found[1]["after"] == segment.text else None


def changes_to_undo(translation: Translation) -> Changes:
    """Return the last change of each sentence that was not undone, by key of the sentence."""
    rows = (
        Decision.objects.filter(translation=translation, kind__in=[*CHANGES, DecisionKind.UNDO])
        .order_by("-id")
        .values_list("pk", "kind", "detail")
    )
    undone: set[tuple[int, int]] = set()
    last: dict[int, Change] = {}
    for decision, kind, detail in rows:
        for change in detail.get("segments", ()):
            key = change["segment"]
            if kind == DecisionKind.UNDO:
                undone.add((detail["undone"], key))
            elif "was" in change and (decision, key) not in undone:
                last.setdefault(key, (decision, change))
    return last
