"""A site with many published papers, as the stages of the pipeline would have left it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from geometry import Geometry
from loading import NOW, copy_in, paper_of, without_index

if TYPE_CHECKING:
    from apps.papers.models import Paper
    from apps.translation.models import Segment, Translation

BLOCK = 5000
RELATED = 20
BEFORE = NOW - timedelta(days=30)


def publish_all(
    records: Iterable[dict[str, Any]], geometry: Geometry, count: int, language: str
) -> int:
    """Store `count` papers with vectors, lists, scores, translations and all; return how many.

    Their keys follow those that are there. Which papers are related is left to chance.
    """
    from apps.discovery.models import Embedding
    from apps.papers.models import Paper

    stored = last = Paper.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    vectors = (
        vector for block in geometry.sample(count, seed=last, block=BLOCK) for vector in block
    )
    with without_index(Embedding, "embedding_cosine"):
        for block in blocks_of(records):
            papers = [paper_of(record, key) for key, record in enumerate(block, stored + 1)]
            stored += len(papers)
            copy_in(papers)
            copy_in(embeddings_of(papers, vectors))
            copy_in(translations_of(papers, language))
            copy_in(segments_of(papers))
            copy_in(scores_of(papers))
    relate_by_chance(first=last + 1, last=stored)
    count_days(language)
    run_stages()
    return stored - last


def run_stages() -> None:
    """Index the authors, gather the terms and index the translations, by the stages themselves."""
    from apps.discovery.author_index import index_authors_batch
    from apps.discovery.search.indexing import index_batch
    from apps.discovery.trends.extract_terms import gather_batch

    for stage in (index_authors_batch, gather_batch, index_batch):
        while stage(changed_since=None, limit=BLOCK):
            pass


def blocks_of(records: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Give out the records in blocks."""
    block: list[dict[str, Any]] = []
    for record in records:
        block.append(record)
        if len(block) == BLOCK:
            yield block
            block = []
    if block:
        yield block


def embeddings_of(papers: "list[Paper]", vectors: Iterator[Any]) -> Iterator[Any]:
    """Give out a vector for each paper, already related."""
    from pgvector import HalfVector

    from apps.discovery.embedders import embedder
    from apps.discovery.embeddings.embed import space_of
    from apps.discovery.models import Embedding

    space = space_of(embedder())
    for paper in papers:
        yield Embedding(
            paper=paper,
            vector=HalfVector(next(vectors)),
            embedder=space,
            text_fingerprint=paper.text_fingerprint,
            embedded_at=BEFORE,
            related_at=BEFORE,
        )


def translations_of(papers: "list[Paper]", language: str) -> "Iterator[Translation]":
    """Give out a published translation for each paper, with the paper's key."""
    from apps.translation.models import Translation
    from apps.translation.status import TranslationStatus

    for paper in papers:
        yield Translation(
            id=paper.pk,
            paper=paper,
            language=language,
            version=1,
            source_fingerprint=paper.text_fingerprint,
            status=TranslationStatus.PUBLISHED,
            title=f"{paper.title}の研究",
            abstract=f"{paper.abstract}を調べた。",
            summary="要約である。",
            created_at=BEFORE,
            updated_at=BEFORE,
            published_at=BEFORE,
        )


def segments_of(papers: "list[Paper]") -> "Iterator[Segment]":
    """Give out two sentences for each translation."""
    from apps.translation.models import (
        Segment,
        SegmentField,
        SegmentOrigin,
        SegmentState,
    )

    for paper in papers:
        for field, source in (
            (SegmentField.TITLE, paper.title),
            (SegmentField.ABSTRACT, paper.abstract),
        ):
            yield Segment(
                translation_id=paper.pk,
                field=field,
                position=0,
                source=source,
                source_hash=paper.text_fingerprint,
                state=SegmentState.DONE,
                machine_text="訳文である。",
                text="訳文である。",
                origin=SegmentOrigin.MACHINE,
                engine="bergamot",
                engine_version="1",
                claimable_at=BEFORE,
                translated_at=BEFORE,
            )


def scores_of(papers: "list[Paper]") -> Iterator[Any]:
    """Give out a score for each paper."""
    from django.conf import settings

    from apps.discovery.models import Score

    for paper in papers:
        yield Score(
            paper=paper,
            formula=settings.SCORE_FORMULA,
            value=float(paper.pk % 100),
            components=[],
            scored_at=BEFORE,
        )


def relate_by_chance(*, first: int, last: int) -> None:
    """Give each paper from key `first` to `last` a list of others."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(
            """
            INSERT INTO discovery_relatedpaper
                (paper_id, other_id, similarity, nearness, shared_terms)
            SELECT key, %(first)s + (key + step * step * 37) %% (%(last)s - %(first)s + 1),
                   0.80 + 0.1 * random(), 0.1 * random(), '[]'
            FROM generate_series(%(first)s, %(last)s) AS key, generate_series(1, %(kept)s) AS step
            WHERE (step * step * 37) %% (%(last)s - %(first)s + 1) <> 0
            ON CONFLICT DO NOTHING
            """,
            {"first": first, "last": last, "kept": RELATED},
        )


def count_days(language: str) -> None:
    """Count the papers of all days and categories."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE review_listedday")
        cursor.execute(
            """
            INSERT INTO review_listedday (language, day, category, papers)
            SELECT %s, (submitted_at AT TIME ZONE 'UTC')::date, category, count(*)
            FROM papers_paper, unnest(array_append(categories, ''::varchar)) AS category
            GROUP BY 2, 3
            """,
            [language],
        )
