"""The vector index next to the exact scan: how many neighbours it finds, and how much faster.

Stores vectors of papers in a real PostgreSQL and asks for the ten nearest of --queries papers, by
`nearest_papers` as relating and search do, and by an exact scan of the same table in the same
rounds. Printed: recall@10 (bar: at least 0.97) and how many times faster the index is (bar: at
least 20), over the whole call and inside the database alone (EXPLAIN ANALYZE), for each number of
candidates in --candidates (`hnsw.ef_search`; the site's own is marked).

--vectors takes real vectors, an .npy file of shape (papers, 384). Without it vectors are made with
the geometry of real ones (see `scaffold/vectors.py`), of --fit or of --fitted embedded texts.

--m and --ef-construction build the index in another way than the site does.
"""

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection, transaction
from pgvector import HalfVector

from apps.discovery.embeddings import nearest
from apps.discovery.embeddings.nearest import nearest_papers, widen_index_search
from apps.discovery.models import Embedding
from benchmarks.scaffold.environment import empty_database
from benchmarks.scaffold.fitting import fit_options, fitted_geometry
from benchmarks.scaffold.made_papers import paper
from benchmarks.scaffold.rows import copy_in, embeddings_of, papers_of, settle, without_index
from benchmarks.scaffold.timing import timed
from benchmarks.scaffold.vectors import Vectors, vectors_in

TINY = "--papers 60 --fitted 12 --queries 5 --candidates 20 40"
SEED = 1
SPACE = "benchmark"
NEAREST = 10


def blocks_of(given: argparse.Namespace) -> Iterator[Vectors]:
    """Give out the vectors to store, and say where they come from."""
    if given.vectors:
        vectors = vectors_in(given.vectors)[: given.papers]
        print(f"{len(vectors):,} real vectors of {given.vectors.name}")
        yield from np.array_split(vectors, max(len(vectors) // 10_000, 1))
        return
    yield from fitted_geometry(given).sample(given.papers, SEED)


def store(blocks: Iterator[Vectors]) -> int:
    """Store a paper for each vector, and build the index; return how many."""
    stored = 0
    with without_index(Embedding, "embedding_cosine"):
        for block in blocks:
            keys = range(stored, stored + len(block))
            papers = papers_of((paper(key, 1_000_000) for key in keys), stored + 1)
            copy_in(papers)
            copy_in(embeddings_of(papers, block, SPACE))
            stored += len(block)
        started = time.perf_counter()
    print(f"index built in {time.perf_counter() - started:.0f} s")
    settle()
    return stored


def index_of(vector: Any, key: int) -> list[int]:
    """Return the ten nearest by the index, as the site asks for them."""
    return [near for near, _ in nearest_papers(vector, SPACE, limit=NEAREST, besides=key)]


EXACT = """
    SELECT e.paper_id FROM discovery_embedding AS e
    JOIN papers_paper AS p ON p.id = e.paper_id
    WHERE e.embedder = %s AND p.withdrawn_at IS NULL AND e.paper_id <> %s
    ORDER BY (e.vector <=> %s::halfvec){exactly} LIMIT 10
"""


def exact(vector: Any, key: int) -> list[int]:
    """Return the ten nearest by comparing with every vector."""
    with connection.cursor() as cursor:
        cursor.execute(EXACT.format(exactly=" + 0"), [SPACE, key, vector.to_text()])
        return [row[0] for row in cursor.fetchall()]


def inside(vector: Any, key: int, candidates: int | None) -> float:
    """Return the milliseconds that the database says it took: the scan when None."""
    with transaction.atomic(), connection.cursor() as cursor:
        if candidates:
            widen_index_search(candidates)
        cursor.execute(
            "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "
            + EXACT.format(exactly="" if candidates else " + 0"),
            [SPACE, key, vector.to_text()],
        )
        (plan,) = cursor.fetchone()
        if candidates and "embedding_cosine" not in str(plan):
            raise SystemExit("The planner did not use the index.")
        return float(plan[0]["Execution Time"])


def measure(stored: int, queries: int, candidates: Sequence[int]) -> None:
    """Print recall and speed for each number of candidates."""
    keys = np.random.default_rng(SEED).choice(stored, queries, replace=False) + 1
    stored_vectors = Embedding.objects.filter(pk__in=keys).values_list("pk", "vector")
    vectors = {key: HalfVector(vector) for key, vector in stored_vectors}
    own = nearest.CANDIDATES
    scans: list[float] = []
    scans_inside: list[float] = []
    rows: dict[int, list[tuple[float, float, float]]] = {wide: [] for wide in candidates}
    for key, vector in vectors.items():
        milliseconds, truth = timed(partial(exact, vector, key))
        scans.append(milliseconds)
        scans_inside.append(inside(vector, key, None))
        for wide in candidates:
            nearest.CANDIDATES = wide
            index_of(vector, key)
            milliseconds, found = timed(partial(index_of, vector, key))
            recall = len(set(found) & set(truth)) / NEAREST
            rows[wide].append((recall, milliseconds, inside(vector, key, wide)))
    nearest.CANDIDATES = own
    scan, scan_inside = statistics.median(scans), statistics.median(scans_inside)
    print(f"{queries} queries, exact scan: {scan:.1f} ms a call, {scan_inside:.1f} in the database")
    for wide, row in rows.items():
        recalls, calls, insides = zip(*row, strict=True)
        call, in_database = statistics.median(calls), statistics.median(insides)
        print(
            f"candidates {wide:4}{' *' if wide == own else '  '} recall@{NEAREST} "
            f"{statistics.mean(recalls):.4f}   {call:5.2f} ms a call ({scan / call:5.1f} times "
            f"faster), {in_database:5.2f} in the database ({scan_inside / in_database:5.1f} times)"
        )


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    fit_options(parser)
    parser.add_argument("--vectors", type=Path, help="real vectors to store, .npy")
    parser.add_argument(
        "--corpus", type=Path, help="papers to embed for their geometry (made ones)"
    )
    parser.add_argument("--papers", type=int, default=128_295, help="how many vectors at most")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--candidates", type=int, nargs="+", default=[20, 40, 100, 150, 200, 400])
    parser.add_argument("--m", type=int, help="links of each vector in the index")
    parser.add_argument("--ef-construction", type=int, help="candidates while it is built")


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    with empty_database():
        for index in Embedding._meta.indexes:
            if index.name == "embedding_cosine":
                index.m = given.m or index.m
                index.ef_construction = given.ef_construction or index.ef_construction
                print(f"m {index.m}, ef_construction {index.ef_construction}")
        measure(store(blocks_of(given)), given.queries, given.candidates)
