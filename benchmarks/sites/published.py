"""A site with many published papers, as the stages of the pipeline would have left it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection

from apps.discovery.author_index import index_authors_batch
from apps.discovery.models import Embedding
from apps.discovery.search.indexing import index_batch
from apps.discovery.trends.extract_terms import extract_terms_batch
from apps.papers.models import Paper
from apps.translation.models import Translation
from benchmarks.scaffold.rows import (
    LANGUAGE,
    copy_in,
    embeddings_of,
    papers_of,
    score_of,
    segments_of,
    translation_of,
    without_index,
)
from benchmarks.scaffold.vectors import Geometry

BLOCK = 5000
RELATED = 20


def publish_all(records: Iterable[dict[str, Any]], geometry: Geometry, count: int) -> int:
    """Store `count` papers with vectors, lists, scores, translations and all; return how many.

    Their keys follow those that are there. Which papers are related is left to chance.
    """
    stored = last = Paper.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    vectors = (
        vector for block in geometry.sample(count, seed=last, block=BLOCK) for vector in block
    )
    with without_index(Embedding, "embedding_cosine"):
        for block in blocks_of(islice(records, count)):
            papers = papers_of(block, stored + 1)
            stored += len(papers)
            copy_in(papers)
            copy_in(embeddings_of(papers, vectors))
            copy_in(map(plain_translation, papers))
            copy_in(
                segment
                for paper in papers
                for segment in segments_of(
                    paper.pk, [(paper.title, "訳文である。"), (paper.abstract, "訳文である。")]
                )
            )
            copy_in(score_of(paper.pk, paper.pk % 100) for paper in papers)
    relate_by_chance(first=last + 1, last=stored)
    count_days()
    for stage in (index_authors_batch, extract_terms_batch, index_batch):
        until_done(stage, changed_since=None, limit=BLOCK)
    return stored - last


def until_done(stage: Callable[..., int], **given: Any) -> None:
    """Call a stage of the pipeline until it finds nothing more to do."""
    while stage(**given):
        pass


def blocks_of(records: Iterable[Any], size: int = BLOCK) -> Iterator[list[Any]]:
    """Give out the records in blocks."""
    records = iter(records)
    while block := list(islice(records, size)):
        yield block


def plain_translation(paper: Paper, **fields: Any) -> Translation:
    """Return a published translation that says little more than its source."""
    return translation_of(paper, f"{paper.title}の研究", f"{paper.abstract}を調べた。", **fields)


def relate_by_chance(*, first: int, last: int) -> None:
    """Give each paper from key `first` to `last` a list of others."""
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


def count_days() -> None:
    """Count the papers of all days and categories."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE review_listedday")
        cursor.execute(
            """
            INSERT INTO review_listedday (language, day, category, papers)
            SELECT %s, (submitted_at AT TIME ZONE 'UTC')::date, category, count(*)
            FROM papers_paper, unnest(array_append(categories, ''::varchar)) AS category
            GROUP BY 2, 3
            """,
            [LANGUAGE],
        )
