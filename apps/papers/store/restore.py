"""Restores papers from the exports of another site."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from apps.papers.records import PaperRecord
from apps.papers.store import persistence
from apps.papers.store.drafts import Draft
from apps.papers.store.fingerprints import record_fingerprint
from apps.papers.store.merge import PaperState, Versions
from apps.papers.store.service import StoreCounts


@dataclass(frozen=True, slots=True)
class ExportedPaper:
    """An exported paper: the state of its row, its versions, and both as one record."""

    record: PaperRecord
    state: PaperState
    versions: Versions


def restore_papers(papers: Sequence[ExportedPaper], *, now: datetime) -> StoreCounts:
    """Store a batch of exported papers, all or nothing.

    A new paper is stored as it was exported. A stored one is merged by the rules of records
    (`apps.papers.store.merge`), and missing texts of earlier versions are filled in. Safe beside
    other workers, like `store_records`.

    Args:
        papers: The papers; a batch must not hold a paper twice.
        now: The time of adding and of changing, aware.

    Returns:
        The counts of created, changed and unchanged papers.
    """
    with transaction.atomic():
        persistence.lock_paper_writes()
        prints = {paper.record.arxiv_id: record_fingerprint(paper.record) for paper in papers}
        stored = persistence.stored_fingerprints(prints)
        archives = {
            paper.record.arxiv_id
            for paper in papers
            if any(version.title for version in paper.versions.values())
        }
        other = {key for key, known in stored.items() if known != prints[key] or key in archives}
        drafts = persistence.load_drafts(other) if other else {}
        new = [
            Draft(paper.record.arxiv_id, paper.state, paper.versions, prints[paper.record.arxiv_id])
            for paper in papers
            if paper.record.arxiv_id not in stored
        ]
        if new:
            persistence.add_papers(new, now)
        for paper in papers:
            draft = drafts.get(paper.record.arxiv_id)
            if draft is not None:
                draft.merge(paper.record, prints[paper.record.arxiv_id])
                _fill_missing_texts(draft, paper.versions)
        touched = [draft for draft in drafts.values() if draft.is_touched]
        changed = [draft for draft in touched if draft.is_changed]
        if touched:
            persistence.update_papers(touched, now)
        persistence.add_changes(touched, now)
    return StoreCounts(len(new), len(changed), len(papers) - len(new) - len(changed))


def _fill_missing_texts(draft: Draft, versions: Versions) -> None:
    """Add exported texts of replaced versions that have no stored text."""
    for number, known in versions.items():
        kept = draft.versions.get(number)
        is_current = number == draft.state.latest_version and draft.state.version_is_known
        if kept is None or kept.title or not known.title or is_current:
            continue
        draft.versions[number] = replace(kept, title=known.title, abstract=known.abstract)
        draft.changed_versions.add(number)
        draft.is_touched = draft.is_changed = True
