"""Carrying approved sentences over to the other translations of the same paper.

The same sentence of a paper may be in several translations, for example of two versions. Text that
a person wrote or approved in one replaces text that a machine wrote in the others.
"""

from collections.abc import Collection
from datetime import datetime

from apps.translation.models import Segment, SegmentState, Translation

Approved = dict[tuple[int, str, str], Segment]
CARRIED = (
    "text",
    "machine_text",
    "origin",
    "engine",
    "engine_version",
    "memory_entry_id",
    "approved_at",
    "approved_by_id",
    "translated_at",
)


def approved_sentences(paper_keys: Collection[int], language: str) -> Approved:
    """Return the latest approved segments of papers, by paper, field and hash of the source."""
    approved: Approved = {}
    for segment in (
        Segment.objects.filter(
            translation__paper__in=paper_keys,
            translation__language=language,
            approved_at__isnull=False,
        )
        .select_related("translation")
        .order_by("approved_at", "id")
    ):
        approved[segment.translation.paper_id, segment.field, segment.source_hash] = segment
    return approved


def copy_approved(segment: Segment, earlier: Segment) -> None:
    """Copy the text of an approved segment to `segment`, unsaved."""
    for name in CARRIED:
        setattr(segment, name, getattr(earlier, name))
    segment.state = SegmentState.DONE
    segment.last_error = ""
    segment.lease = None


def take_over_approved(translation: Translation, *, now: datetime) -> list[tuple[Segment, str]]:
    """Take over approved sentences from other translations of the paper.

    Args:
        translation: a translation that the caller's transaction has locked.
        now: the time from which the segments count as changed.

    Returns:
        The changed and saved segments, each with its earlier text.
    """
    approved = approved_sentences([translation.paper_id], translation.language)
    changed = []
    for segment in (
        Segment.objects.open_to_machines()
        .filter(translation=translation)
        .select_for_update()
        .order_by("id")
    ):
        earlier = approved.get((translation.paper_id, segment.field, segment.source_hash))
        if earlier is not None:
            changed.append((segment, segment.text))
            copy_approved(segment, earlier)
            segment.claimable_at = now
    Segment.objects.bulk_update(
        [segment for segment, _before in changed],
        [*CARRIED, "state", "last_error", "lease", "claimable_at"],
    )
    return changed
