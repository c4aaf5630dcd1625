"""Re-embedding of all papers after a change of the embedder.

Walks once through windows of keys, latest first, so that every step costs the same. Papers with a
current vector are skipped, so an interrupted run can be started again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from psycopg.errors import QueryCanceled

from apps.discovery.embedders.base import Embedder
from apps.discovery.embeddings.embed import BATCH, embed_papers, space_of, without_vector
from apps.discovery.models import Embedding
from apps.papers.models import Paper

WINDOW = 10_000
PATIENCE_SECONDS = 10


def reembed(
    embedder: Embedder,
    *,
    clock: Callable[[], datetime],
    older_than: datetime | None = None,
    batch: int = BATCH,
    window: int = WINDOW,
) -> Iterator[int]:
    """Embed all papers without a current vector, latest first; yield the size of each batch.

    Vectors made before `older_than` count as missing. Papers locked by a worker are skipped.
    Raises EmbedderUnavailable; batches already yielded stay.
    """
    pending = without_vector(space_of(embedder), None, older_than=older_than).order_by("-id")
    last = Paper.objects.order_by("-id").values_list("id", flat=True).first() or 0
    while last > 0:
        papers = pending.filter(id__gt=last - window, id__lte=last)
        while done := embed_papers(papers, embedder, now=clock(), limit=batch):
            yield done
        last -= window


@dataclass(frozen=True, slots=True)
class VectorCounts:
    """The number of vectors of each space, of papers without a current one, and to be related.

    None where counting takes too long.
    """

    by_space: dict[str, int | None]
    missing: int | None
    unrelated: int | None


def count_vectors(
    space: str, *, older_than: datetime | None = None, seconds: float = PATIENCE_SECONDS
) -> VectorCounts:
    """Count vectors and waiting papers, each for at most `seconds`."""
    return VectorCounts(
        by_space={
            name: count_within(Embedding.objects.filter(embedder=name), seconds)
            for name in stored_spaces()
        },
        missing=count_within(without_vector(space, None, older_than=older_than), seconds),
        unrelated=count_within(Embedding.objects.filter(related_at__isnull=True), seconds),
    )


def stored_spaces() -> list[str]:
    """Return the names of all spaces that have vectors, with one index lookup for each."""
    found: list[str] = []
    names = Embedding.objects.order_by("embedder").values_list("embedder", flat=True)
    while (name := names.filter(embedder__gt=found[-1] if found else "").first()) is not None:
        found.append(name)
    return found


def count_within(rows: QuerySet, seconds: float) -> int | None:
    """Return the number of rows, or None where counting takes longer than `seconds`."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('statement_timeout', %s, true)", [f"{seconds * 1000:.0f}"]
                )
            return rows.count()
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        return None
