"""Embedding: each paper that is not withdrawn gets a vector of its current text."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from pgvector import HalfVector

from apps.discovery.embedders.base import Embedder
from apps.discovery.models import Embedding
from apps.papers.models import Paper

WORDS: int | None = 128
"""The words of a paper's text that are embedded; None for all."""

BATCH = 32


def text_to_embed(title: str, abstract: str, words: int | None = WORDS) -> str:
    """Return the first `words` words of title and abstract; None for all."""
    return " ".join(f"{title}. {abstract}".split()[:words])


def space_of(embedder: Embedder, words: int | None = WORDS) -> str:
    """Return the name of the space that is stored with each vector: the embedder and text length.

    Only vectors of the same space are compared; when it changes, papers are embedded again.
    """
    return f"{embedder.name}, {'all' if words is None else words} words"


def without_vector(
    space: str, changed_since: datetime | None, *, older_than: datetime | None = None
) -> QuerySet[Paper]:
    """Select papers whose current text has no vector of `space`, newest first, none withdrawn.

    changed_since: only papers changed since then; None for all. older_than: vectors made before
    this moment do not count.
    """
    current = Embedding.objects.filter(
        paper=OuterRef("pk"), text_fingerprint=OuterRef("text_fingerprint"), embedder=space
    )
    if older_than is not None:
        current = current.filter(embedded_at__gte=older_than)
    papers = Paper.objects.not_withdrawn().filter(~Exists(current))
    return papers.changed_since(changed_since).order_by("-submitted_at", "-id")


def embed_batch(
    embedder: Embedder, *, changed_since: datetime | None, now: datetime, limit: int = BATCH
) -> int:
    """Embed up to `limit` papers without a vector and return how many.

    Raises EmbedderUnavailable when the embedder cannot answer; then nothing is written.
    """
    papers = without_vector(space_of(embedder), changed_since)
    return embed_papers(papers, embedder, now=now, limit=limit)


@transaction.atomic
def embed_papers(
    papers: QuerySet[Paper], embedder: Embedder, *, now: datetime, limit: int = BATCH
) -> int:
    """Embed the first `limit` of `papers` and return how many; other workers skip them.

    Their related papers become due again. Raises EmbedderUnavailable.
    """
    chosen = list(
        papers.only("title", "abstract", "text_fingerprint").select_for_update(
            skip_locked=True, of=("self",), no_key=True
        )[:limit]
    )
    if not chosen:
        return 0
    vectors = embedder.passages([text_to_embed(paper.title, paper.abstract) for paper in chosen])
    Embedding.objects.bulk_create(
        [
            Embedding(
                paper=paper,
                vector=HalfVector(vector),
                embedder=space_of(embedder),
                text_fingerprint=paper.text_fingerprint,
                embedded_at=now,
                related_at=None,
            )
            for paper, vector in zip(chosen, vectors, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["paper"],
        update_fields=["vector", "embedder", "text_fingerprint", "embedded_at", "related_at"],
    )
    return len(chosen)
