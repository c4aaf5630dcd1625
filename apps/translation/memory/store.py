"""The translation memory: exact matches, additions, import and export."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from django.contrib.auth.models import User
from django.db import transaction

from apps.text.hygiene.normalise import source_hash
from apps.translation.memory.tmx import MemoryUnit
from apps.translation.models import MemoryEntry, MemoryOrigin, Segment, SegmentState
from apps.translation.sketches import sketch


@dataclass(frozen=True, slots=True)
class Match:
    """An exact match: the key of its memory entry and its target."""

    entry: int
    target: str


def exact_matches(source_hashes: Sequence[str], source: str, target: str) -> dict[str, Match]:
    """Return the best match of each source hash that has one.

    Approved entries win over imported ones, then later entries over earlier ones.
    """
    rows = (
        MemoryEntry.objects.exact(source_hashes, source, target)
        .order_by("-origin", "id")
        .values_list("source_hash", "id", "target")
    )
    return {found: Match(entry, text) for found, entry, text in rows}


def target_hash(text: str) -> str:
    """Return the hash of a target text: 32 hex digits."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def import_units(
    units: Iterable[MemoryUnit], *, collection: str | None, now: datetime, batch: int = 1000
) -> int:
    """Store pairs as imported entries. Waiting segments with these sources become claimable.

    Args:
        units: the pairs; existing ones stay as they are.
        collection: the name of the collection; None keeps origins and collections of the pairs.
        now: the time of creation.
        batch: pairs per transaction.

    Returns:
        The number of new entries.
    """
    rest = iter(units)
    return sum(
        _store(block, collection=collection, now=now)
        for block in iter(lambda: list(islice(rest, batch)), [])
    )


def add_approved(
    segments: Iterable[Segment],
    *,
    source_language: str,
    target_language: str,
    created_by: User,
    now: datetime,
) -> None:
    """Add approved sentences to the memory; existing pairs stay as they are.

    Args:
        segments: the sentences.
        source_language: their language.
        target_language: the language of their texts.
        created_by: the editor.
        now: the time of approval.

    Raises:
        ValueError: a sentence is not approved; machine text never enters the memory.
    """
    entries = []
    for segment in segments:
        if segment.approved_at is None:
            raise ValueError(
                f"Segment {segment.pk} is not approved, so it cannot enter the memory."
            )
        entries.append(
            MemoryEntry(
                source_language=source_language,
                target_language=target_language,
                source=segment.source,
                source_hash=segment.source_hash,
                sketch=sketch(segment.source),
                target=segment.text,
                target_hash=target_hash(segment.text),
                origin=MemoryOrigin.APPROVED,
                created_at=now,
                created_by_id=created_by.pk,
            )
        )
    MemoryEntry.objects.bulk_create(entries, ignore_conflicts=True)


def restore_units(
    units: Iterable[MemoryUnit], *, computed: Collection[str], now: datetime, batch: int = 1000
) -> int:
    """Store pairs of another site's export with their origins and collections.

    Args:
        units: the pairs; existing ones stay as they are.
        computed: licences that follow from the origin; approved pairs do not store them.
        now: the time of creation.
        batch: pairs per transaction.

    Returns:
        The number of new entries.
    """
    rest = (
        replace(unit, licence="")
        if unit.origin == MemoryOrigin.APPROVED and unit.licence in computed
        else unit
        for unit in units
    )
    return import_units(rest, collection=None, now=now, batch=batch)


def export_units(
    source: str, target: str, *, origin: str = "", collection: str | None = None
) -> Iterator[MemoryUnit]:
    """Yield the entries of a language pair, the oldest first.

    Filters by `origin` and `collection`; approved sentences have an empty collection.
    """
    chosen = MemoryEntry.objects.filter(source_language=source, target_language=target)
    if origin:
        chosen = chosen.filter(origin=origin)
    if collection is not None:
        chosen = chosen.filter(collection=collection)
    for entry in chosen.order_by("id").iterator(chunk_size=2000):
        yield MemoryUnit(
            source_language=source,
            target_language=target,
            source=entry.source,
            target=entry.target,
            licence=entry.licence,
            origin=entry.origin,
            collection=entry.collection,
        )


@transaction.atomic
def _store(units: Sequence[MemoryUnit], *, collection: str | None, now: datetime) -> int:
    hashes = [source_hash(unit.source) for unit in units]
    entries = {
        (unit.source_language, unit.target_language, hashed, target_hash(unit.target)): unit
        for unit, hashed in zip(units, hashes, strict=True)
    }
    for source, target in {key[:2] for key in entries}:
        there = MemoryEntry.objects.exact(hashes, source, target)
        for pair in there.values_list("source_hash", "target_hash"):
            entries.pop((source, target, *pair), None)
    MemoryEntry.objects.bulk_create(
        [
            MemoryEntry(
                source_language=source,
                target_language=target,
                source=unit.source,
                source_hash=hashed,
                sketch=sketch(unit.source),
                target=unit.target,
                target_hash=target_hashed,
                origin=_origin(unit) if collection is None else MemoryOrigin.IMPORTED,
                collection=unit.collection if collection is None else collection,
                licence=unit.licence,
                created_at=now,
            )
            for (source, target, hashed, target_hashed), unit in entries.items()
        ],
        # Another import may have added the same pairs in the meantime.
        ignore_conflicts=True,
    )
    Segment.objects.filter(state=SegmentState.WAITING, source_hash__in=hashes).update(
        state=SegmentState.PENDING, claimable_at=now
    )
    return len(entries)


def _origin(unit: MemoryUnit) -> MemoryOrigin:
    is_approved = unit.origin == MemoryOrigin.APPROVED
    return MemoryOrigin.APPROVED if is_approved else MemoryOrigin.IMPORTED
