"""A paper in memory while the records of a batch are merged into it."""

from dataclasses import dataclass, field
from datetime import datetime

from apps.papers.records import PaperRecord
from apps.papers.store.changes import Change, changes_between
from apps.papers.store.fingerprints import text_fingerprint
from apps.papers.store.merge import (
    PaperState,
    Versions,
    first_state,
    first_versions,
    merge_record,
    merge_versions,
)


@dataclass(slots=True)
class Draft:
    """One paper of a batch.

    pk: None for a new paper. last_record: the fingerprint of the last record that changed a column.
    is_changed: whether readers see a difference. is_touched: whether any column changed, such as
    the datestamp.
    """

    arxiv_id: str
    state: PaperState
    versions: Versions
    last_record: str
    pk: int | None = None
    harvested_at: datetime | None = None
    changed_at: datetime | None = None
    changes: list[Change] = field(default_factory=list)
    changed_versions: set[int] = field(default_factory=set)
    is_changed: bool = False
    is_touched: bool = False

    @classmethod
    def of_new_paper(cls, record: PaperRecord, fingerprint: str) -> "Draft":
        """Make the draft of a new paper from its first record."""
        return cls(record.arxiv_id, first_state(record), first_versions(record), fingerprint)

    @property
    def text_fingerprint(self) -> str:
        """The fingerprint of the title and the abstract."""
        return text_fingerprint(self.state.title, self.state.abstract)

    def merge(self, record: PaperRecord, fingerprint: str) -> bool:
        """Merge a record; return whether readers see a difference."""
        before = self.state
        after = merge_record(before, record)
        versions = merge_versions(self.versions, before, after, record)
        other_versions = {n for n, state in versions.items() if self.versions.get(n) != state}
        changes = changes_between(before, after)
        is_change = bool(changes or other_versions or before.authors != after.authors)
        if is_change or before != after:
            self.is_touched = True
            self.last_record = fingerprint
        self.is_changed |= is_change
        self.state = after
        self.versions = versions
        self.changes += changes
        self.changed_versions |= other_versions
        return is_change
