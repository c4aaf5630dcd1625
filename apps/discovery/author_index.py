"""The author index: the papers of each author name, for scores, author pages and lists."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from apps.discovery.models import AuthorPaper, IndexedPaper
from apps.papers.models import Paper
from apps.text.arxiv.author_key import author_keys

_ROWS_PER_STATEMENT = 2000


def with_authors_to_index(changed_since: datetime | None) -> QuerySet[Paper]:
    """Select papers whose record changed since their authors were indexed, oldest row first.

    changed_since: only papers changed since then; None for all.
    """
    current = IndexedPaper.objects.filter(
        paper=OuterRef("pk"), record_fingerprint=OuterRef("record_fingerprint")
    )
    papers = Paper.objects.filter(~Exists(current))
    return papers.changed_since(changed_since).order_by("id")


@transaction.atomic
def index_authors_batch(*, changed_since: datetime | None, limit: int = 500) -> int:
    """Index the authors of up to `limit` papers and return how many; other workers skip them.

    Removes authors that the record no longer names and updates changed dates of submission.
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
            if (paper, key) not in stored
            or (stored[paper, key].submitted_at, stored[paper, key].position) != (submitted, place)
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
