"""What the attention score looks like on real papers: is it spread, is any part of it constant?

    python benchmarks/score.py --corpus papers.jsonl.zst [--papers 5000] [--category cs.CL]

The corpus is JSON lines (plain or .zst) with arxiv_id, title, abstract, authors, categories,
comments and published. All dated papers are stored and their authors indexed; a fixed random
sample of --papers is embedded (vectors are kept in --cache) and then brought in by date, as a site
would have met them: stored vectors, related, scored under formulas 1 and 2. With --category the
site holds the newest papers of that primary category and nothing else, as one that began some
weeks ago. In a random sample few authors have an earlier paper that was scored; there more have.
Printed are

- deciles of each component and of the whole, and the share of papers at either end,
- the rank correlation between the formulas and between the parts and the whole,
- authors indexed per second, and what scoring costs a paper in the second and the last tenth (the
  first one fills the lists), whose ratio says whether the cost grows with the papers scored.

The database is the one of DATABASE_URL, where a test database is made and dropped, or one of
our own.
"""

import argparse
import hashlib
import io
import json
import os
import random
import re
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from batching import test_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")

SEED = 20250228
NOW = datetime(2026, 11, 1, tzinfo=UTC)
ARRIVALS = 50
EMBED_AT_ONCE = 50
DEFAULT_CACHE = Path.home() / ".cache" / "papersite" / "score"


def records_in(path: Path) -> list[dict[str, Any]]:
    """Return the dated records with authors and categories, by identifier."""
    with path.open("rb") as file:
        if path.suffix == ".zst":
            import zstandard

            lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8")
        else:
            lines = io.TextIOWrapper(file, "utf-8")
        records = [json.loads(line) for line in lines]
    dated = [
        record
        for record in records
        if re.match(r"\d{4}-\d\d-\d\d", str(record.get("published")))
        and record.get("authors")
        and record.get("categories")
    ]
    return sorted(dated, key=lambda record: record["arxiv_id"])


def paper_of(record: dict[str, Any]) -> Any:
    """Return a record as a row of the database, not yet stored."""
    from apps.papers.models import Paper
    from apps.papers.records import SourceFormat
    from apps.papers.store.fingerprints import text_fingerprint
    from apps.text.hygiene.normalise import clean_text

    title, abstract = clean_text(record["title"]), clean_text(record["abstract"])
    submitted = datetime.fromisoformat(record["published"][:10]).replace(tzinfo=UTC)
    return Paper(
        arxiv_id=record["arxiv_id"],
        source_format=SourceFormat.ARXIV_RAW,
        title=title,
        abstract=abstract,
        authors=[{"name": clean_text(name), "affiliations": []} for name in record["authors"]],
        comments=clean_text(record.get("comments") or ""),
        categories=record["categories"],
        primary_category=record["categories"][0],
        submitted_at=submitted,
        revised_at=submitted,
        harvested_at=NOW,
        changed_at=NOW,
        text_fingerprint=text_fingerprint(title, abstract),
        record_fingerprint=hashlib.md5(record["arxiv_id"].encode()).hexdigest(),
    )


def vectors_of(texts: Sequence[str], cache: Path) -> Any:
    """Return a vector for each text; those in the cache are not computed again."""
    import numpy as np

    from apps.discovery.embedders import embedder

    model = embedder()
    folder = cache / model.name
    folder.mkdir(parents=True, exist_ok=True)
    keys = [hashlib.md5(text.encode()).hexdigest() for text in texts]
    known: dict[str, Any] = {}
    for path in folder.glob("*.npz"):
        with np.load(path) as stored:
            known.update(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    missing = [place for place, key in enumerate(keys) if key not in known]
    for start in range(0, len(missing), EMBED_AT_ONCE):
        chunk = missing[start : start + EMBED_AT_ONCE]
        vectors = model.passages([texts[place] for place in chunk]).astype(np.float16)
        new = [keys[place] for place in chunk]
        np.savez(folder / f"{new[0]}.npz", keys=np.array(new), vectors=vectors)
        known.update(zip(new, vectors, strict=True))
        print(f"embedded {start + len(chunk)} of {len(missing)}", file=sys.stderr)
    return [known[key] for key in keys]


def arrive(papers: Sequence[Any], vectors: Sequence[Any]) -> list[float]:
    """Bring the papers in by date, as the stages do; return the seconds that scoring took each."""
    from pgvector import HalfVector

    from apps.discovery.embedders import embedder
    from apps.discovery.models import Embedding
    from apps.discovery.related.build import relate_batch
    from apps.discovery.scoring.formulas import FORMULAS
    from apps.discovery.scoring.score import score_papers

    took = []
    arrivals: list[Any] = sorted(
        zip(papers, vectors, strict=True), key=lambda pair: (pair[0].submitted_at, pair[0].pk)
    )
    for chunk in _chunks(arrivals, ARRIVALS):
        Embedding.objects.bulk_create(
            Embedding(
                paper=paper,
                vector=HalfVector(vector),
                embedder=embedder().name,
                text_fingerprint=paper.text_fingerprint,
                embedded_at=NOW,
            )
            for paper, vector in chunk
        )
        while relate_batch(source_language="en", language="ja", now=NOW, limit=ARRIVALS):
            pass
        keys = [paper.pk for paper, _ in chunk]
        score_papers(keys, FORMULAS[1], now=NOW)
        started = time.perf_counter()
        score_papers(keys, FORMULAS[2], now=NOW)
        took.append((time.perf_counter() - started) / len(keys))
    return took


def _chunks(items: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def report(formula: int) -> None:
    """Print the deciles of a formula's components and of the whole."""
    from apps.discovery.models import Score
    from apps.discovery.scoring.compare import deciles, spearman
    from apps.discovery.scoring.formulas import FORMULAS

    rows = list(Score.objects.filter(formula=formula).values_list("value", "components"))
    totals = [value for value, _ in rows]
    head = "".join(f"{place * 10:>7}" for place in range(11))
    print(
        f"\nformula {formula}, {len(rows)} papers: deciles{'':4}{head}   at 0   at 1   with whole"
    )
    print(f"  {'score':<28}{''.join(f'{value:7.1f}' for value in deciles(totals))}")
    for place, component in enumerate(FORMULAS[formula].components):
        values = [components[place]["value"] for _, components in rows]
        shown = "".join(f"{value:7.2f}" for value in deciles(values))
        low = sum(value == 0 for value in values) / len(values)
        high = sum(value == 1 for value in values) / len(values)
        together = spearman(values, totals)
        name = f"{component.name} ({component.weight})"
        print(f"  {name:<28}{shown}  {low:5.0%}  {high:5.0%}   {together or 0:8.2f}")


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--papers", type=int, default=5000, help="how many to score (5000)")
    parser.add_argument("--category", help="the newest of this category, not a random sample")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    given = parser.parse_args()
    with test_database():
        records = records_in(given.corpus)
        chosen = chosen_of(records, given.papers, given.category)
        site = records if given.category is None else chosen
        measure(site, {record["arxiv_id"] for record in chosen}, given.cache)


def chosen_of(
    records: list[dict[str, Any]], count: int, category: str | None
) -> list[dict[str, Any]]:
    """Return the records to score: a fixed random sample, or the newest of a category."""
    if category is None:
        return random.Random(SEED).sample(records, min(count, len(records)))
    of_category = [record for record in records if record["categories"][0] == category]
    return sorted(of_category, key=lambda record: (record["published"], record["arxiv_id"]))[
        -count:
    ]


def measure(records: list[dict[str, Any]], chosen: set[str], cache: Path) -> None:
    """Store, index, relate, score; print."""
    from django.db import connection

    from apps.discovery.author_index import index_authors_batch
    from apps.discovery.embeddings.embed import text_to_embed
    from apps.discovery.models import AuthorPaper, Score
    from apps.discovery.scoring.compare import spearman
    from apps.papers.models import Paper

    stored = [
        paper
        for chunk in _chunks(records, 2000)
        for paper in Paper.objects.bulk_create([paper_of(record) for record in chunk])
    ]
    started = time.perf_counter()
    while index_authors_batch(changed_since=None, limit=2000):
        pass
    seconds = time.perf_counter() - started
    rows = AuthorPaper.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s)", [AuthorPaper._meta.db_table])
        (size,) = cursor.fetchone()
    print(
        f"{len(stored):,} papers, {rows:,} rows of authors of {size / rows:.0f} bytes with their "
        f"indexes, {len(stored) / seconds:,.0f} papers indexed a second",
        flush=True,
    )
    sample = [paper for paper in stored if paper.arxiv_id in chosen]
    texts = [text_to_embed(paper.title, paper.abstract) for paper in sample]
    took = arrive(sample, vectors_of(texts, cache))
    tenth = max(len(took) // 10, 1)
    first, last = (sum(part) / len(part) for part in (took[tenth : 2 * tenth], took[-tenth:]))
    print(
        f"scoring under formula 2: {first * 1e3:.2f} ms a paper in the second tenth, "
        f"{last * 1e3:.2f} ms in the last, ratio {last / first:.2f}"
    )
    for formula in (1, 2):
        report(formula)
    both = [
        dict(Score.objects.filter(formula=formula).values_list("paper", "value"))
        for formula in (1, 2)
    ]
    keys = sorted(both[0])
    correlation = spearman([both[0][key] for key in keys], [both[1][key] for key in keys])
    print(f"\nrank correlation of formula 1 and formula 2 (Spearman): {correlation:.3f}")


if __name__ == "__main__":
    main()
