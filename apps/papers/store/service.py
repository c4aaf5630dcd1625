"""Storing papers: the one door through which records become papers."""

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
    """What became of the records of a batch: they are as many as the three together."""

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
    """Merge a batch of records (some hundred to a few thousand) into the papers; all or nothing.

    `apps.papers.store.merge` has the rules. A batch may hold a paper several times; its records
    count in their order. Safe beside other workers: batches are stored one after the other, and the
    turn of this one ends with the outermost transaction, so do nothing slow in it. `now` (aware)
    becomes the time of adding and of changing.
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
    """Return the counts and the papers of the batch that may have to be written."""
    fingerprints = [record_fingerprint(record) for record in records]
    stored = persistence.stored_fingerprints({record.arxiv_id for record in records})
    unfamiliar = {
        record.arxiv_id
        for record, fingerprint in zip(records, fingerprints, strict=True)
        if stored.get(record.arxiv_id, fingerprint) != fingerprint
    }
    drafts = persistence.load_drafts(unfamiliar) if unfamiliar else {}
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
