"""How good the lists of related papers are, next to TF-IDF: MRR and recall@50.

    python benchmarks/related.py --corpus papers.jsonl.zst --truth ground_truth.jsonl
        [--size 20000] [--cache DIR]

Needs scikit-learn and zstandard. --truth has a line for each judged paper: query, and relevant
(identifiers), taken from reading lists that people keep; they are incomplete, so figures are lower
bounds and only their ratio means something.

The corpus is all judged papers and a fixed random sample of the others. Vectors are made by the
embedder of the settings and kept in --cache. Papers and vectors go into a real PostgreSQL, with
the vector index; asked is what the pipeline asks, but for 50 papers instead of 20. Beside it stand
the parts alone: TF-IDF (scikit-learn, words and pairs of words, cosine), the vectors alone, and
reciprocal rank fusion of these two. Nothing here was trained; the weights of the order
(`apps/discovery/related/similarity.py`) were set by hand while looking at this benchmark.
"""

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from corpus import papers_in
from loading import copy_in, empty_database, paper_of, settle, without_index
from numpy.typing import NDArray

if TYPE_CHECKING:
    from apps.papers.models import Paper

SEED = 1
LOOKED_AT = 50
DEFAULT_CACHE = Path.home() / ".cache" / "papersite" / "vectors"
_MONTH = re.compile(r"(\d\d)(\d\d)")

Judged = dict[int, set[int]]
Ranking = Callable[[int], Sequence[int]]


def chosen(corpus: Path, truth: list[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    """Return all judged papers and a fixed sample of the others, `size` in all."""
    records = {record["arxiv_id"]: record for record in papers_in(corpus)}
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


def vectors_of(records: Sequence[dict[str, Any]], cache: Path) -> NDArray[np.float32]:
    """Return the vectors of the embedder of the settings, out of the cache where they are there."""
    from apps.discovery.embedders import embedder
    from apps.discovery.embeddings.embed import space_of, text_to_embed

    model = embedder()
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / f"{re.sub(r'[^a-z0-9]+', '-', space_of(model).lower())}.npz"
    known: dict[str, NDArray[np.float16]] = {}
    if file.exists():
        stored = np.load(file)
        known = dict(zip(stored["ids"].tolist(), stored["vectors"], strict=True))
    missing = [record for record in records if record["arxiv_id"] not in known]
    started = time.perf_counter()
    for at in range(0, len(missing), 512):
        part = missing[at : at + 512]
        texts = [text_to_embed(record["title"], record["abstract"]) for record in part]
        vectors = model.passages(texts).astype(np.float16)
        known |= dict(zip((record["arxiv_id"] for record in part), vectors, strict=True))
        np.savez(file, ids=np.array(list(known)), vectors=np.array(list(known.values())))
        print(f"embedded {at + len(part)} of {len(missing)}", file=sys.stderr)
    if missing:
        print(f"embedding took {time.perf_counter() - started:.0f} s")
    vectors = np.array([known[record["arxiv_id"]] for record in records], np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, np.float32)


def dated(paper: "Paper") -> "Paper":
    """Give the paper the month that its identifier says: not every record has a date."""
    found = _MONTH.search(paper.arxiv_id)
    if found:
        year, month = int(found[1]), min(max(int(found[2]), 1), 12)
        paper.submitted_at = datetime(year + (1900 if year > 90 else 2000), month, 1, tzinfo=UTC)
    return paper


def fill(records: Sequence[dict[str, Any]], vectors: NDArray[np.float32]) -> None:
    """Store papers, vectors and the words of the lexicon; keys are places plus one."""
    from pgvector import HalfVector

    from apps.discovery.embedders import embedder
    from apps.discovery.embeddings.embed import space_of
    from apps.discovery.models import Embedding, LexiconEntry
    from apps.discovery.related.similarity import words_of

    space = space_of(embedder())
    papers = [dated(paper_of(record, at + 1)) for at, record in enumerate(records)]
    copy_in(papers)
    with without_index(Embedding, "embedding_cosine"):
        copy_in(
            Embedding(
                paper_id=paper.pk,
                vector=HalfVector(vector),
                embedder=space,
                text_fingerprint=paper.text_fingerprint,
                embedded_at=paper.harvested_at,
                related_at=paper.harvested_at,
            )
            for paper, vector in zip(papers, vectors, strict=True)
        )
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
    from apps.discovery.models import Embedding
    from apps.discovery.related.build import related_to_vector
    from apps.discovery.related.profiles import WordWeights

    embedding = Embedding.objects.get(pk=query + 1)
    return [near.key - 1 for near in related_to_vector(embedding, WordWeights(), LOOKED_AT)]


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    given = parser.parse_args()
    truth = [json.loads(line) for line in given.truth.read_text("utf-8").splitlines()]
    records = chosen(given.corpus, truth, given.size)
    judged = judgements(records, truth)
    print(f"{len(records)} papers, {len(judged)} queries with judged papers among them")
    with empty_database():
        vectors = vectors_of(records, given.cache)
        base = (0.0, 0.0)
        for name, ranking in orders_of_parts(records, vectors, judged):
            figures = measured(judged, ranking)
            base = base if any(base) else figures
            show(name, figures, base)
        fill(records, vectors)
        started = time.perf_counter()
        show("this site", measured(judged, of_this_site), base)
        each = (time.perf_counter() - started) / len(judged)
        print(f"{each * 1000:.0f} ms a paper, the embedding not counted")


def show(name: str, figures: tuple[float, float], base: tuple[float, float]) -> None:
    """Print one line."""
    mrr, recall = figures
    print(
        f"{name:32s} MRR {mrr:.3f} ({mrr / base[0]:.2f}), recall@{LOOKED_AT} {recall:.3f} "
        f"({recall / base[1]:.2f})",
        flush=True,
    )


if __name__ == "__main__":
    main()
