"""Relating: for each newly embedded paper its nearest neighbours, and it for theirs.

The lists are stored, so that no page asks the vector index. A new paper also enters the lists of
the papers that it is nearer to than what stands there.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from pgvector.django import CosineDistance

from apps.discovery.models import Embedding, RelatedPaper

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
        for other, similarity in neighbours(embedding):
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


def neighbours(embedding: Embedding) -> list[tuple[int, float]]:
    """Return (paper, cosine similarity) of the nearest standing papers, nearest first."""
    distance = CosineDistance("vector", embedding.vector)
    return [
        (paper, 1.0 - far)
        for paper, far in Embedding.objects.filter(
            embedder=embedding.embedder, paper__withdrawn_at__isnull=True
        )
        .exclude(pk=embedding.pk)
        .annotate(distance=distance)
        .order_by("distance")
        .values_list("paper_id", "distance")[:KEPT]
    ]


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
