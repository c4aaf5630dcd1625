"""Embedding: every standing paper gets a vector of its current text."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from pgvector import HalfVector

from apps.discovery.embedders.base import Embedder
from apps.discovery.models import Embedding
from apps.papers.models import Paper

WORDS = 64


def text_to_embed(title: str, abstract: str) -> str:
    """Return the title and the beginning of the abstract: 64 words say what a paper is about."""
    return " ".join(f"{title}. {abstract}".split()[:WORDS])


def without_vector(embedder: str, changed_since: datetime | None) -> QuerySet[Paper]:
    """Return the standing papers whose current text has no vector of `embedder`, newest first.

    With `changed_since` only papers changed since then are looked at; None looks at all.
    """
    current = Embedding.objects.filter(
        paper=OuterRef("pk"), text_fingerprint=OuterRef("text_fingerprint"), embedder=embedder
    )
    papers = Paper.objects.standing().filter(~Exists(current))
    if changed_since is not None:
        papers = papers.changed_since(changed_since)
    return papers.order_by("-submitted_at", "-id")


@transaction.atomic
def embed_batch(
    embedder: Embedder, *, changed_since: datetime | None, now: datetime, limit: int = 32
) -> int:
    """Embed up to `limit` papers that need it and return how many.

    The papers stay locked meanwhile, so that other workers take others. Related papers are
    looked for anew.
    """
    papers = list(
        without_vector(embedder.name, changed_since)
        .only("title", "abstract", "text_fingerprint")
        .select_for_update(skip_locked=True, of=("self",), no_key=True)[:limit]
    )
    if not papers:
        return 0
    vectors = embedder.passages([text_to_embed(paper.title, paper.abstract) for paper in papers])
    Embedding.objects.bulk_create(
        [
            Embedding(
                paper=paper,
                vector=HalfVector(vector),
                embedder=embedder.name,
                text_fingerprint=paper.text_fingerprint,
                embedded_at=now,
                related_at=None,
            )
            for paper, vector in zip(papers, vectors, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["paper"],
        update_fields=["vector", "embedder", "text_fingerprint", "embedded_at", "related_at"],
    )
    return len(papers)
