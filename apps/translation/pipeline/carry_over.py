"""Carrying human work: a sentence that a person stood behind keeps its text in every other text.

The same sentence of the same paper may stand in several translations: of an older version, of the
current one, of one that came back. What a person wrote or approved in one is taken over by the
others, as far as only machines have written there.
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
    """Return what persons wrote or approved in any text of the papers, the latest of each.

    By paper, part of the paper and hash of the source.
    """
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
    """Give `segment`, which only machines wrote, the text of `earlier`; nothing is saved."""
    for name in CARRIED:
        setattr(segment, name, getattr(earlier, name))
    segment.state = SegmentState.DONE
    segment.last_error = ""
    segment.lease = None


def take_over_approved(translation: Translation, *, now: datetime) -> list[tuple[Segment, str]]:
    """Take over into `translation` what persons approved in other texts of its paper.

    Returns the segments that changed, saved, each with the text that it had before. Call it in a
    transaction that holds the translation.
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
