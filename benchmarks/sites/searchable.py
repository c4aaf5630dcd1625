"""A site that can be searched: published papers with made-up Japanese, documents and vectors.

Vectors are those of a file (one row for each paper, in the order of sorted identifiers), or random
ones near 400 centres.
"""

import os
import random
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management import call_command
from django.db import connection
from numpy.typing import NDArray

from apps.discovery.embeddings.embed import WORDS
from apps.discovery.models import Embedding, SearchDocument
from apps.discovery.search.documents import document_of
from apps.discovery.search.lexicon import recount
from apps.papers.models import Paper
from apps.text.arxiv.author_strings import Author
from apps.translation.models import Translation
from benchmarks.scaffold.environment import prepare
from benchmarks.scaffold.made_japanese import GLOSSARY, Writer
from benchmarks.scaffold.rows import (
    copy_in,
    embeddings_of,
    paper_of,
    settle,
    translation_of,
    without_index,
)

EMBEDDER = "benchmark"
BATCH = 1000


def build(
    records: list[dict[str, Any]], vectors: Path | None = None, space: str | None = None
) -> None:
    """Fill the database of the settings with the papers, the earliest first; keys begin with 1."""
    call_command("glossary", "import", str(GLOSSARY), verbosity=0)
    records = sorted(records, key=lambda record: (record["published"], record["arxiv_id"]))
    started = time.perf_counter()
    numbered = list(enumerate(records, start=1))
    parts = [numbered[at : at + BATCH] for at in range(0, len(numbered), BATCH)]
    papers: list[Paper] = []
    # As `space_of` writes it.
    space = space or f"{EMBEDDER}, {'all' if WORDS is None else WORDS} words"
    connection.close()
    with (
        without_index(SearchDocument, "search_words"),
        without_index(Embedding, "embedding_cosine"),
    ):
        with ProcessPoolExecutor(os.cpu_count(), initializer=prepare) as pool:
            for rows in pool.map(rows_of, parts):
                for table in zip(*rows, strict=True):
                    copy_in(table)
                papers += (paper for paper, _translation, _document in rows)
        copy_in(embeddings_of(papers, vectors_for(papers, vectors), space))
    entries = recount()
    settle()
    print(
        f"  {len(papers):,} papers, {entries:,} entries of the lexicon in "
        f"{time.perf_counter() - started:,.0f} s",
        flush=True,
    )


@cache
def _writer() -> Writer:
    return Writer()


def rows_of(
    batch: list[tuple[int, dict[str, Any]]],
) -> list[tuple[Paper, Translation, SearchDocument]]:
    """Return papers, translations and search documents of records."""
    rows = []
    for key, record in batch:
        title, summary, abstract = _writer().write(record)
        paper = paper_of(record, key)
        paper.submitted_at += timedelta(seconds=random.Random(key).randrange(40_000))
        paper.revised_at = paper.submitted_at
        for author in paper.authors:
            author["keyname"] = Author.from_name(author["name"]).keyname
        translation = translation_of(paper, title, abstract, summary=summary)
        rows.append((paper, translation, document_of(translation)))
    return rows


def vectors_for(papers: list[Paper], file: Path | None) -> NDArray[np.float32]:
    """Return a vector for each paper, shape (papers, dimensions)."""
    if file is not None:
        ordered = np.load(file)
        by_id = sorted(range(len(papers)), key=lambda at: papers[at].arxiv_id)
        vectors = np.empty((len(papers), ordered.shape[1]), dtype=np.float32)
        vectors[by_id] = ordered
        return vectors
    chance = np.random.default_rng(20260302)
    centres = chance.standard_normal((400, 384))
    vectors = centres[chance.integers(400, size=len(papers))]
    vectors = vectors + 0.7 * chance.standard_normal(vectors.shape)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
