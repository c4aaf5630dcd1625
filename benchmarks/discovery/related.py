"""How good the lists of related papers are, next to TF-IDF: MRR and recall@50.

Needs scikit-learn for the first of the orders it compares with. --truth has a line for each judged
paper: query, and relevant (identifiers), taken from reading lists that people keep; they are
incomplete, so figures are lower bounds and only their ratio means something. Without --corpus
papers are made, and --judged of them are related to those of their category.

The corpus is all judged papers and a fixed random sample of the others. Vectors are made by the
embedder of the settings and kept in --cache. Papers and vectors go into a real PostgreSQL, with
the vector index; asked is what the pipeline asks, but for 50 papers instead of 20. Beside it stand
the parts alone: TF-IDF (scikit-learn, words and pairs of words, cosine), the vectors alone, and
reciprocal rank fusion of these two. Nothing here was trained; the weights of the order
(`apps/discovery/related/similarity.py`) were set by hand while looking at this benchmark.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.discovery.models import Embedding, LexiconEntry
from apps.discovery.related.build import related_to_vector
from apps.discovery.related.profiles import WordWeights
from apps.discovery.related.similarity import words_of
from benchmarks.scaffold.corpus import lines_in, papers_in
from benchmarks.scaffold.embedded import texts_of, vectors_of
from benchmarks.scaffold.environment import empty_database, need
from benchmarks.scaffold.made_papers import papers as made_papers
from benchmarks.scaffold.rows import copy_in, embeddings_of, papers_of, settle, without_index
from benchmarks.scaffold.timing import timed

SEED = 1
LOOKED_AT = 50
TINY = "--size 12 --judged 3"

Judged = dict[int, set[int]]
Ranking = Callable[[int], Sequence[int]]


def chosen(
    papers: list[dict[str, Any]], truth: list[dict[str, Any]], size: int
) -> list[dict[str, Any]]:
    """Return all judged papers and a fixed sample of the others, `size` in all."""
    records = {record["arxiv_id"]: record for record in papers}
    wanted = {key for line in truth for key in (line["query"], *line["relevant"])}
    wanted |= {key for line in truth for key in line.get("loosely_relevant", ())}
    judged = sorted(wanted & records.keys())
    rest = sorted(records.keys() - wanted)
    random.Random(SEED).shuffle(rest)
    return [records[key] for key in [*judged, *rest[: size - len(judged)]]]


def judgements(records: Sequence[dict[str, Any]], truth: list[dict[str, Any]]) -> Judged:
    """Return the places of the relevant papers by the place of the query."""
    place = {record["arxiv_id"]: at for at, record in enumerate(records)}
    judged: Judged = {}
    for line in truth:
        relevant = {place[key] for key in line["relevant"] if key in place}
        if line["query"] in place and relevant - {place[line["query"]]}:
            judged[place[line["query"]]] = relevant - {place[line["query"]]}
    return judged


def made_truth(papers: Sequence[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Judge `count` papers to be related to those of the same first category."""
    of_category: dict[str, list[str]] = {}
    for paper in papers:
        of_category.setdefault(paper["categories"][0], []).append(paper["arxiv_id"])
    judged = [(key, same) for same in of_category.values() if len(same) > 1 for key in same]
    return [{"query": key, "relevant": same} for key, same in judged[:count]]


def fill(records: Sequence[dict[str, Any]], vectors: NDArray[np.float32]) -> None:
    """Store papers, vectors and the words of the lexicon; keys are places plus one."""
    papers = papers_of(records)
    copy_in(papers)
    with without_index(Embedding, "embedding_cosine"):
        copy_in(embeddings_of(papers, vectors))
    counts: Counter[str] = Counter()
    for paper in papers:
        counts.update(words_of(f"{paper.title}. {paper.abstract}").keys())
    copy_in(
        LexiconEntry(entry=word, documents=count, is_word=True) for word, count in counts.items()
    )
    settle()


def measured(judged: Judged, ranking: Ranking) -> tuple[float, float]:
    """Return MRR and recall@50, both among the first 50."""
    reciprocal, recall = [], []
    for query, relevant in judged.items():
        found = [other for other in ranking(query) if other != query][:LOOKED_AT]
        places = [place for place, other in enumerate(found, 1) if other in relevant]
        reciprocal.append(1 / places[0] if places else 0.0)
        recall.append(len(places) / len(relevant))
    return float(np.mean(reciprocal)), float(np.mean(recall))


def orders_of_parts(
    records: Sequence[dict[str, Any]], vectors: NDArray[np.float32], judged: Judged
) -> Iterable[tuple[str, Ranking]]:
    """Give out what others would use: TF-IDF, vectors, and their reciprocal rank fusion."""
    need("sklearn")
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{record['title']}. {record['abstract']}" for record in records]
    matrix = TfidfVectorizer(ngram_range=(1, 2), dtype=np.float32).fit_transform(texts)
    queries = list(judged)
    words = dict(zip(queries, (matrix[queries] @ matrix.T).toarray(), strict=True))
    meanings = dict(zip(queries, vectors[queries] @ vectors.T, strict=True))

    def best(scores: NDArray[np.float32]) -> list[int]:
        return [int(at) for at in np.argsort(-scores)[: LOOKED_AT + 1]]

    def fused(query: int) -> list[int]:
        ranks = [np.argsort(np.argsort(-scores)) for scores in (words[query], meanings[query])]
        return best(np.asarray(1 / (61 + ranks[0]) + 1 / (61 + ranks[1]), np.float32))

    yield "TF-IDF (scikit-learn)", lambda query: best(words[query])
    yield "vectors alone", lambda query: best(meanings[query])
    yield "reciprocal rank fusion of both", fused


def of_this_site(query: int) -> list[int]:
    """Return what relating finds, the most related first."""
    embedding = Embedding.objects.get(pk=query + 1)
    return [near.key - 1 for near in related_to_vector(embedding, WordWeights(), LOOKED_AT)]


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--corpus", type=Path, help="papers, JSON lines (made ones)")
    parser.add_argument("--truth", type=Path, help="what is related, JSON lines; with --corpus")
    parser.add_argument("--size", type=int, default=20_000, help="papers in all (20000)")
    parser.add_argument("--judged", type=int, default=100, help="papers, where they are made")


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    papers = papers_in(given.corpus) if given.corpus else list(made_papers(given.size))
    truth = list(lines_in(given.truth)) if given.truth else made_truth(papers, given.judged)
    records = chosen(papers, truth, given.size)
    judged = judgements(records, truth)
    print(f"{len(records)} papers, {len(judged)} queries with judged papers among them")
    with empty_database():
        vectors = vectors_of(texts_of(records), given.cache)
        fill(records, vectors)
        milliseconds, figures = timed(lambda: measured(judged, of_this_site))
        show("this site", figures)
        print(f"{milliseconds / len(judged):.0f} ms a paper, the embedding not counted")
        base = None
        for name, ranking in orders_of_parts(records, vectors, judged):
            found = measured(judged, ranking)
            base = base or found
            show(name, found)
        if base and all(base):
            ratios = [ours / theirs for ours, theirs in zip(figures, base, strict=True)]
            print(f"this site / TF-IDF: MRR {ratios[0]:.2f}, recall@{LOOKED_AT} {ratios[1]:.2f}")


def show(name: str, figures: tuple[float, float]) -> None:
    """Print one line."""
    print(f"{name:32s} MRR {figures[0]:.3f}, recall@{LOOKED_AT} {figures[1]:.3f}", flush=True)
