"""The papers nearest to a vector, by the vector index."""

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import FloatField, QuerySet
from django.db.models.expressions import CombinedExpression, Value
from pgvector import HalfVector
from pgvector.django import CosineDistance

from apps.discovery.models import Embedding

CANDIDATES = 150
"""The least number of candidates of the index (`hnsw.ef_search`); PostgreSQL's default is 40."""
MOST = 500
"""The most papers of one search; `hnsw.ef_search` is at most 1000."""


def nearest_papers(
    vector: HalfVector | Sequence[float], space: str, *, limit: int, besides: int | None = None
) -> list[tuple[int, float]]:
    """Return (paper, cosine similarity) of the papers nearest to `vector`, nearest first.

    Withdrawn papers and vectors of other spaces are left out, and the paper `besides`.
    Approximate on a large site: the benchmark `neighbours` measures it. Raises ValueError when
    `limit` is not between 1 and 500.
    """
    if not 1 <= limit <= MOST:
        raise ValueError(f"Between 1 and {MOST} papers can be asked for, not {limit}.")
    vectors = Embedding.objects.filter(embedder=space, paper__withdrawn_at__isnull=True)
    if besides is not None:
        vectors = vectors.exclude(pk=besides)
    distance = CosineDistance("vector", vector)
    with transaction.atomic(savepoint=False):
        widen_index_search(max(CANDIDATES, 2 * limit))
        found = _nearest(vectors, distance, limit)
        if len(found) < limit:
            # The index misses vectors of a small space; a full scan of so few is cheap.
            nothing = Value(0.0, output_field=FloatField())
            found = _nearest(vectors, CombinedExpression(distance, "+", nothing), limit)
    return found


def neighbours(embedding: Embedding, limit: int) -> list[tuple[int, float]]:
    """Return (paper, cosine similarity) of the papers nearest to a paper, nearest first."""
    return nearest_papers(
        embedding.vector, embedding.embedder, limit=limit, besides=embedding.paper_id
    )


def widen_index_search(candidates: int) -> None:
    """Let the index collect `candidates` until the end of the transaction.

    From pgvector 0.8 on, also let it continue where a filter leaves too few.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT set_config('hnsw.ef_search', %s, true), (
                SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true) FROM pg_extension
                WHERE extname = 'vector' AND string_to_array(
                    substring(extversion FROM '^[0-9]+[.][0-9]+'), '.'
                )::int[] >= '{0,8}'
            )
            """,
            [str(candidates)],
        )


def _nearest(
    vectors: QuerySet[Embedding], distance: CosineDistance | CombinedExpression, limit: int
) -> list[tuple[int, float]]:
    rows = (
        vectors.annotate(distance=distance)
        .order_by("distance")
        .values_list("paper_id", "distance")[:limit]
    )
    # The index returns rows slightly out of order.
    return sorted(((paper, 1.0 - far) for paper, far in rows), key=lambda near: -near[1])
