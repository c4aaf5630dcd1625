"""Indexing authors: which papers each name stands on, kept beside the papers.

The activity of authors, their pages and their lists ask this index, never the papers themselves.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from apps.discovery.models import AuthorPaper, IndexedPaper
from apps.papers.models import Paper
from apps.text.arxiv.author_key import author_keys

_ROWS_PER_STATEMENT = 2000


def with_authors_to_index(changed_since: datetime | None) -> QuerySet[Paper]:
    """Return the papers whose record is not the one that their authors were indexed from.

    With `changed_since` only papers changed since then are looked at; None looks at all. Oldest
    row first, so that the index grows in the order in which papers came.
    """
    current = IndexedPaper.objects.filter(
        paper=OuterRef("pk"), record_fingerprint=OuterRef("record_fingerprint")
    )
    papers = Paper.objects.filter(~Exists(current))
    return papers.changed_since(changed_since).order_by("id")


@transaction.atomic
def index_authors_batch(*, changed_since: datetime | None, limit: int = 500) -> int:
    """Index the authors of up to `limit` papers that need it and return how many were done.

    Other workers skip these papers meanwhile. Doing it again changes nothing; authors that a new
    record no longer names go, and a paper's new date of submission is taken over.
    """
    papers = list(
        with_authors_to_index(changed_since)
        .only("authors", "submitted_at", "record_fingerprint")
        .select_for_update(skip_locked=True, of=("self",), no_key=True)[:limit]
    )
    wanted = {
        (paper.pk, key): (paper.submitted_at, place)
        for paper in papers
        for key, place in author_keys(paper.author_names).items()
    }
    stored = {
        (row.paper_id, row.author_key): row
        for row in AuthorPaper.objects.filter(paper__in=[paper.pk for paper in papers])
    }
    gone = [row.pk for at, row in stored.items() if at not in wanted]
    if gone:
        AuthorPaper.objects.filter(pk__in=gone).delete()
    AuthorPaper.objects.bulk_create(
        [
            AuthorPaper(paper_id=paper, author_key=key, submitted_at=submitted, position=place)
            for (paper, key), (submitted, place) in wanted.items()
            if not _is_stored(stored.get((paper, key)), submitted, place)
        ],
        batch_size=_ROWS_PER_STATEMENT,
        update_conflicts=True,
        unique_fields=["paper", "author_key"],
        update_fields=["submitted_at", "position"],
    )
    IndexedPaper.objects.bulk_create(
        [
            IndexedPaper(paper=paper, record_fingerprint=paper.record_fingerprint)
            for paper in papers
        ],
        update_conflicts=True,
        unique_fields=["paper"],
        update_fields=["record_fingerprint"],
    )
    return len(papers)


def _is_stored(row: AuthorPaper | None, submitted_at: datetime, position: int) -> bool:
    return row is not None and (row.submitted_at, row.position) == (submitted_at, position)
