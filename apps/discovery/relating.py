"""Relating: for each newly embedded paper its nearest neighbours, and it for theirs.

The lists are stored, so that no page asks the vector index. A new paper also enters the lists of
the papers that it is nearer to than what stands there.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from apps.discovery.models import Embedding, RelatedPaper
from apps.discovery.neighbours import neighbours

KEPT = 20


@transaction.atomic
def relate_batch(*, now: datetime, limit: int = 50) -> int:
    """Find the related papers of up to `limit` papers that have none; return how many were done.

    Other workers skip these papers meanwhile.
    """
    embeddings = list(
        Embedding.objects.filter(related_at__isnull=True)
        .order_by("paper")
        .select_for_update(skip_locked=True, of=("self",))[:limit]
    )
    pairs: dict[tuple[int, int], float] = {}
    for embedding in embeddings:
        for other, similarity in neighbours(embedding, KEPT):
            pairs[embedding.pk, other] = similarity
            pairs[other, embedding.pk] = similarity
    done = [embedding.pk for embedding in embeddings]
    RelatedPaper.objects.filter(paper__in=done).delete()
    RelatedPaper.objects.bulk_create(
        [
            RelatedPaper(paper_id=paper, other_id=other, similarity=similarity)
            # Every worker inserts in the same order, so two never wait for each other.
            for (paper, other), similarity in sorted(pairs.items())
        ],
        update_conflicts=True,
        unique_fields=["paper", "other"],
        update_fields=["similarity"],
    )
    trim({paper for paper, _ in pairs})
    Embedding.objects.filter(pk__in=done).update(related_at=now)
    return len(done)


def trim(paper_keys: Iterable[int]) -> None:
    """Keep the nearest 20 of each paper's list."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM discovery_relatedpaper WHERE id IN (
                SELECT id FROM (
                    SELECT id, row_number() OVER (
                        PARTITION BY paper_id ORDER BY similarity DESC, other_id
                    ) AS place
                    FROM discovery_relatedpaper WHERE paper_id = ANY(%s)
                ) AS ranked WHERE place > %s
            )
            """,
            [list(paper_keys), KEPT],
        )
