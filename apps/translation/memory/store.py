"""The translation memory: what persons have translated before, found by exact source."""

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
    """One remembered translation: the key of its entry and its text."""

    entry: int
    target: str


def exact_matches(source_hashes: Sequence[str], source: str, target: str) -> dict[str, Match]:
    """Return the best match by source hash, for those hashes that have one.

    What an editor of this site approved wins over what was imported; then the latest wins.
    """
    rows = (
        MemoryEntry.objects.exact(source_hashes, source, target)
        .order_by("-origin", "id")
        .values_list("source_hash", "id", "target")
    )
    return {found: Match(entry, text) for found, entry, text in rows}


def target_hash(text: str) -> str:
    """Return the hash (32 hex digits) that tells two translations of one source apart."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def import_units(
    units: Iterable[MemoryUnit], *, collection: str, now: datetime, batch: int = 1000
) -> int:
    """Store `units` as imported entries and return how many were new.

    Pairs that are already there stay as they are. Segments that waited for an engine and whose
    source is now in the memory become claimable.
    """
    new = 0
    pending: list[MemoryUnit] = []
    for unit in units:
        pending.append(unit)
        if len(pending) >= batch:
            new += _store(pending, collection=collection, now=now)
            pending = []
    if pending:
        new += _store(pending, collection=collection, now=now)
    return new


def add_approved(
    segments: Iterable[Segment],
    *,
    source_language: str,
    target_language: str,
    created_by: User,
    now: datetime,
) -> None:
    """Add sentences that a person has approved to the memory; pairs that are there stay.

    Raises ValueError for a sentence that nobody approved: machine text never enters the memory.
    """
    entries = []
    for segment in segments:
        if segment.approved_at is None:
            raise ValueError(f"Segment {segment.pk} is not approved, so it cannot be remembered.")
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
    """Store `units` as another site had them, by origin and collection; return how many were new.

    Pairs that are already there stay as they are. Approved ones have no person here who approved
    them; they keep no licence that is one of `computed`, which follow from what made them.
    """
    new = 0
    rest = iter(units)
    while block := list(islice(rest, batch)):
        new += _store(
            [
                replace(unit, licence="")
                if unit.origin == MemoryOrigin.APPROVED and unit.licence in computed
                else unit
                for unit in block
            ],
            collection=None,
            now=now,
        )
    return new


def export_units(
    source: str, target: str, *, origin: str = "", collection: str | None = None
) -> Iterator[MemoryUnit]:
    """Yield the entries of a language pair, the oldest first; memory stays flat.

    `origin` and `collection` narrow them down; an empty collection is that of approved sentences.
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
    """Store units under one collection as imported, or with None as they say themselves."""
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
        # Another import may have brought the same pairs in the meantime.
        ignore_conflicts=True,
    )
    Segment.objects.filter(state=SegmentState.WAITING, source_hash__in=hashes).update(
        state=SegmentState.PENDING, claimable_at=now
    )
    return len(entries)


def _origin(unit: MemoryUnit) -> MemoryOrigin:
    is_approved = unit.origin == MemoryOrigin.APPROVED
    return MemoryOrigin.APPROVED if is_approved else MemoryOrigin.IMPORTED
