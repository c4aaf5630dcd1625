"""Stores records as papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from apps.papers.records import PaperRecord
from apps.papers.store import persistence
from apps.papers.store.drafts import Draft
from apps.papers.store.fingerprints import record_fingerprint


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How many records of a batch created, changed or did not change a paper."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "StoreCounts") -> "StoreCounts":
        return StoreCounts(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
        )


def store_records(records: Sequence[PaperRecord], *, now: datetime) -> StoreCounts:
    """Merge a batch of records into the papers, all or nothing; see `apps.papers.store.merge`.

    Safe beside other workers: a lock lets one batch at a time through until the outermost
    transaction ends, so do nothing slow in it.

    Args:
        records: Some hundred to a few thousand; several of one paper are merged in order.
        now: The time of adding and of changing, aware.

    Returns:
        The counts of created, changed and unchanged papers, one for each record.
    """
    with transaction.atomic():
        persistence.lock_paper_writes()
        counts, drafts = _merge(records)
        new = [draft for draft in drafts if draft.pk is None]
        touched = [draft for draft in drafts if draft.pk is not None and draft.is_touched]
        if new:
            persistence.add_papers(new, now)
        if touched:
            persistence.update_papers(touched, now)
        persistence.add_changes(drafts, now)
    return counts


def _merge(records: Sequence[PaperRecord]) -> tuple[StoreCounts, list[Draft]]:
    """Return the counts, and the papers of the batch to write."""
    fingerprints = [record_fingerprint(record) for record in records]
    stored = persistence.stored_fingerprints({record.arxiv_id for record in records})
    to_load = {
        record.arxiv_id
        for record, fingerprint in zip(records, fingerprints, strict=True)
        if stored.get(record.arxiv_id, fingerprint) != fingerprint
    }
    drafts = persistence.load_drafts(to_load) if to_load else {}
    created = changed = 0
    for record, fingerprint in zip(records, fingerprints, strict=True):
        draft = drafts.get(record.arxiv_id)
        if draft is not None:
            changed += draft.merge(record, fingerprint)
        elif record.arxiv_id not in stored:
            drafts[record.arxiv_id] = Draft.of_new_paper(record, fingerprint)
            created += 1
    unchanged = len(records) - created - changed
    return StoreCounts(created, changed, unchanged), list(drafts.values())
