"""How often a Japanese title finds its English paper, next to the words that both share.

`japanese_titles.tsv` has Japanese titles, written for this purpose, of 100 papers of as many
categories. They and a fixed random sample of the corpus are embedded by the embedder of the
settings from their English titles and abstracts; each Japanese title is then a query, and what
counts is whether its paper is among the nearest ten. Next to it stands a search by the words that
both languages share (TF-IDF over words and numbers in Latin letters), which is what is left without
vectors. Queries are embedded as search does it, and as they are.

Without --corpus papers and titles are made ones. The vectors are kept in --cache. Vectors that
were made before can be given: --vectors x.npy, one
row for each identifier in x.ids.txt; those papers are the sample then.
"""

import argparse
import csv
import random
import statistics
from pathlib import Path
from typing import Any

import numpy as np

from apps.discovery.embedders import embedder
from apps.discovery.search.semantic import query_vector
from apps.text.search.tokens import fold, tokenise
from benchmarks.scaffold.corpus import papers_in
from benchmarks.scaffold.embedded import texts_of, vectors_of
from benchmarks.scaffold.made_japanese import Writer
from benchmarks.scaffold.made_papers import papers as made_papers

TITLES = Path(__file__).with_name("japanese_titles.tsv")
SEED = 20260302
TINY = "--sample 8 --judged 3"
BAR = 0.90


def judged() -> dict[str, str]:
    """Return the Japanese titles by identifier."""
    with TITLES.open(encoding="utf-8", newline="") as file:
        return {row["arxiv_id"]: row["title"] for row in csv.DictReader(file, delimiter="\t")}


def made_titles(papers: list[dict[str, Any]]) -> dict[str, str]:
    """Return made-up Japanese titles by identifier."""
    writer = Writer()
    return {paper["arxiv_id"]: writer.write(paper)[0] for paper in papers}


def sample_of(papers: list[dict[str, Any]], wanted: set[str], size: int) -> list[dict[str, Any]]:
    """Return the wanted papers and a fixed random sample of the others, `size` in all."""
    found = {paper["arxiv_id"]: paper for paper in papers}
    missing = wanted - set(found)
    if missing:
        raise SystemExit(f"The corpus lacks {', '.join(sorted(missing))}.")
    others = sorted(set(found) - wanted)
    chosen = random.Random(SEED).sample(others, size - len(wanted))
    return [found[arxiv_id] for arxiv_id in sorted({*wanted, *chosen})]


def made_before(
    file: Path, corpus: list[dict[str, Any]], left_out: set[str]
) -> tuple[list[dict[str, Any]], np.ndarray]:
    """Return papers and vectors that were made before, without those that are to be left out."""
    found = {paper["arxiv_id"]: paper for paper in corpus}
    identifiers = file.with_suffix(".ids.txt").read_text(encoding="utf-8").split()
    kept = [at for at, arxiv_id in enumerate(identifiers) if arxiv_id not in left_out]
    vectors = np.load(file)[kept].astype(np.float32)
    return [found[identifiers[at]] for at in kept], vectors


def places_of(scores: np.ndarray, rows: list[int]) -> list[int]:
    """Return the place, from 1, of each query's paper. scores: (queries, papers)."""
    return [int((line > line[row]).sum()) + 1 for line, row in zip(scores, rows, strict=True)]


def by_shared_words(papers: list[dict[str, Any]], titles: list[str]) -> np.ndarray:
    """Return scores by the words in Latin letters that title and paper share, TF-IDF."""

    def words(text: str) -> set[str]:
        return {token.text for token in tokenise(fold(text)) if not token.is_cjk}

    held = [words(f"{paper['title']} {paper['abstract']}") for paper in papers]
    scores = np.zeros((len(titles), len(papers)), dtype=np.float32)
    for query, title in enumerate(titles):
        for word in words(title):
            having = [at for at, each in enumerate(held) if word in each]
            if having:
                scores[query, having] += np.log(len(papers) / len(having))
    return scores


def report(name: str, places: list[int]) -> None:
    """Print the shares found, and the mean reciprocal rank."""
    shares = [sum(place <= most for place in places) / len(places) for most in (1, 10, 50)]
    mrr = statistics.mean(1 / place for place in places)
    print(f"{name:<34}{shares[0]:8.0%}{shares[1]:8.0%}{shares[2]:8.0%}{mrr:8.3f}")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--corpus", type=Path, help="papers, JSON lines, with all that are judged")
    parser.add_argument("--sample", type=int, default=20_000, help="papers in all (20000)")
    parser.add_argument("--judged", type=int, default=100, help="titles, where papers are made")
    parser.add_argument("--vectors", type=Path, help="a .npy beside a .ids.txt, made before")


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    corpus = papers_in(given.corpus) if given.corpus else list(made_papers(given.sample))
    titles = judged() if given.corpus else made_titles(corpus[: given.judged])
    model: Any = embedder()
    if given.vectors:
        papers, vectors = made_before(given.vectors, corpus, set(titles))
        missing = sample_of(corpus, set(titles), len(titles))
        vectors = np.vstack([vectors, vectors_of(texts_of(missing), given.cache)])
        papers = papers + missing
    else:
        papers = sample_of(corpus, set(titles), given.sample)
        vectors = vectors_of(texts_of(papers), given.cache)
    rows = {paper["arxiv_id"]: at for at, paper in enumerate(papers)}
    at_rows = [rows[arxiv_id] for arxiv_id in titles]
    plain = np.stack([model.query(title) for title in titles.values()])
    queries = np.stack([query_vector(model, title) for title in titles.values()])
    places = places_of(queries @ vectors.T, at_rows)
    print(f"{len(titles)} Japanese titles among {len(papers):,} papers")
    print(f"{'found among the first':<34}{'1':>8}{'10':>8}{'50':>8}{'MRR':>8}")
    report(f"by meaning, {model.name}", places)
    report("by meaning, queries as they are", places_of(plain @ vectors.T, at_rows))
    # What shares no word scores 0 like nearly all others: it stands behind them.
    words = by_shared_words(papers, list(titles.values()))
    shared = [
        place if words[query, row] > 0 else len(papers)
        for query, (place, row) in enumerate(zip(places_of(words, at_rows), at_rows, strict=True))
    ]
    report("by words in Latin letters", shared)
    found = sum(place <= 10 for place in places) / len(places)
    print(f"among the first ten: {found:.0%} (bar: at least {BAR:.0%})")
    for (arxiv_id, title), place in zip(titles.items(), places, strict=True):
        if place > 10:
            print(f"  not found: {arxiv_id}, place {place:,}: {title}")
