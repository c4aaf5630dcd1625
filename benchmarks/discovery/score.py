"""What the attention score looks like on real papers: is it spread, is any part of it constant?

All papers with authors and categories are stored and their authors indexed; a fixed random
sample of --papers is embedded (vectors are kept in --cache) and then brought in by date, as a site
would have met them: stored vectors, related, scored under formulas 1 and 2. With --category the
site holds the newest papers of that primary category and nothing else, as one that began some
weeks ago. In a random sample few authors have an earlier paper that was scored; there more have.
Printed are

- deciles of each component and of the whole, and the share of papers at either end,
- the rank correlation between the formulas and between the parts and the whole,
- authors indexed per second, and what scoring costs a paper in the second and the last tenth (the
  first one fills the lists), whose ratio says whether the cost grows with the papers scored.
"""

import argparse
import random
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import connection

from apps.discovery.author_index import index_authors_batch
from apps.discovery.embeddings.embed import text_to_embed
from apps.discovery.models import AuthorPaper, Embedding, Score
from apps.discovery.related.build import relate_batch
from apps.discovery.scoring.compare import deciles, spearman
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.score import score_papers
from apps.papers.models import Paper
from apps.text.hygiene.normalise import clean_text
from benchmarks.scaffold.corpus import corpus_of, corpus_options, papers_in
from benchmarks.scaffold.embedded import vectors_of
from benchmarks.scaffold.environment import empty_database
from benchmarks.scaffold.rows import LANGUAGE, NOW, copy_in, embeddings_of, papers_of
from benchmarks.scaffold.timing import seconds
from benchmarks.scaffold.vectors import Vectors
from benchmarks.sites.published import blocks_of, until_done

SEED = 20250228
TINY = "--papers 12 --arrivals 4"


def arrive(papers: Sequence[Paper], vectors: Vectors, at_once: int) -> list[float]:
    """Bring the papers in by date, as the stages do; return the seconds that scoring took each."""
    took = []
    arrivals = sorted(
        zip(papers, vectors, strict=True), key=lambda pair: (pair[0].submitted_at, pair[0].pk)
    )
    for chunk in blocks_of(arrivals, at_once):
        arrived, of_each = zip(*chunk, strict=True)
        Embedding.objects.bulk_create(embeddings_of(arrived, of_each, related_at=None))
        until_done(relate_batch, source_language="en", language=LANGUAGE, now=NOW, limit=at_once)
        keys = [paper.pk for paper in arrived]
        score_papers(keys, FORMULAS[1], now=NOW)
        took.append(seconds(partial(score_papers, keys, FORMULAS[2], now=NOW)) / len(keys))
    return took


def report(formula: int) -> None:
    """Print the deciles of a formula's components and of the whole."""
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


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    corpus_options(parser, papers=5000)
    parser.add_argument("--category", help="the newest of this category, not a random sample")
    parser.add_argument("--arrivals", type=int, default=50, help="papers that come at once (50)")


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    found = papers_in(given.corpus) if given.corpus else corpus_of(given)
    records = [record for record in found if record["authors"] and record["categories"]]
    with empty_database():
        chosen = chosen_of(records, given.papers, given.category)
        site = records if given.category is None else chosen
        measure(site, {record["arxiv_id"] for record in chosen}, given)


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


def measure(records: list[dict[str, Any]], chosen: set[str], given: argparse.Namespace) -> None:
    """Store, index, relate, score; print."""
    papers = papers_of(records)
    for paper in papers:
        paper.title, paper.abstract = clean_text(paper.title), clean_text(paper.abstract)
    copy_in(papers)
    stored = list(Paper.objects.order_by("pk"))
    spent = seconds(lambda: until_done(index_authors_batch, changed_since=None, limit=2000))
    rows = AuthorPaper.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s)", [AuthorPaper._meta.db_table])
        (size,) = cursor.fetchone()
    print(
        f"{len(stored):,} papers, {rows:,} rows of authors of {size / rows:.0f} bytes with their "
        f"indexes, {len(stored) / spent:,.0f} papers indexed a second",
        flush=True,
    )
    sample = [paper for paper in stored if paper.arxiv_id in chosen]
    texts = [text_to_embed(paper.title, paper.abstract) for paper in sample]
    took = arrive(sample, vectors_of(texts, given.cache), given.arrivals)
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
