"""What one more paper costs, and what a page asks of the database, as the corpus grows.

Fills two databases with --small and --large papers, each with a vector, related papers, a score,
its authors and terms, and a published translation that search finds. The vectors are made with the
geometry of real ones: of --fit, or of --fitted texts that are embedded first. Then papers are added
to both in turns, a batch a round, and each stage of the pipeline brings them in: its own functions,
the real embedder. Printed for each stage: the median milliseconds a paper in both, and their ratio
(bar: at most 1.5 for all stages together).

Printed as well: the SQL queries of a paper's page and of a day's page with 1,000 and with --large
published papers (bar: the same number).
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from apps.discovery.author_index import index_authors_batch
from apps.discovery.embedders import embedder
from apps.discovery.embeddings.embed import embed_batch
from apps.discovery.related.build import relate_batch
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.rank import rank_batch
from apps.discovery.scoring.score import papers_to_score, score_papers
from apps.discovery.search.indexing import index_batch
from apps.discovery.trends.extract_terms import extract_terms_batch
from apps.papers.models import Paper
from apps.translation.models import Translation
from benchmarks.scaffold.corpus import corpus_of
from benchmarks.scaffold.environment import empty_database
from benchmarks.scaffold.fitting import fit_options, fitted_geometry
from benchmarks.scaffold.rows import LANGUAGE, NOW, papers_of, settle
from benchmarks.scaffold.vectors import Geometry
from benchmarks.sites.published import plain_translation, publish_all, until_done

TINY = "--small 30 --large 60 --few 20 --rounds 2 --batch 2 --fitted 12"
LATELY = timedelta(days=2)


def score(papers: int) -> int:
    """Score the new papers under the formula in force."""
    formula = FORMULAS[settings.SCORE_FORMULA]
    return score_papers(papers_to_score(formula, NOW - LATELY, papers), formula, now=NOW)


def rank(papers: int) -> int:
    """Rank the days and categories of the new papers; a paper's share of that is its cost."""
    until_done(rank_batch, now=NOW)
    return papers


STAGES: dict[str, Callable[[int], int]] = {
    "authors": lambda papers: index_authors_batch(changed_since=NOW - LATELY, limit=papers),
    "embed": lambda papers: embed_batch(
        embedder(), changed_since=NOW - LATELY, now=NOW, limit=papers
    ),
    "relate": lambda papers: relate_batch(
        source_language="en", language=LANGUAGE, now=NOW, limit=papers
    ),
    "score": score,
    "rank": rank,
    "index": lambda papers: index_batch(changed_since=NOW - LATELY, limit=papers),
    "gather": lambda papers: extract_terms_batch(changed_since=NOW - LATELY, limit=papers),
}
"""The stages that a new paper goes through, in their order: each returns how many it did."""


class Corpora:
    """Two databases of one server, of which Django sees one at a time."""

    def __init__(self) -> None:

        self.small = connection.settings_dict["NAME"]
        connection.creation.clone_test_db("large", verbosity=0)
        self.large = f"{self.small}_large"

    @contextmanager
    def use(self, name: str) -> Iterator[None]:
        """Let Django see the database."""
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.ensure_connection()
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = self.small

    def drop_clone(self) -> None:
        """Drop what was made here; the other database belongs to its maker."""
        connection.creation.destroy_test_db(verbosity=0, suffix="large", keepdb=False)


def add(records: list[dict[str, Any]], first_key: int) -> None:
    """Store new papers, as a harvest has just brought them, and publish their translations."""
    papers = papers_of(records, first_key)
    for paper in papers:
        paper.changed_at = paper.harvested_at = NOW
    Paper.objects.bulk_create(papers)
    Translation.objects.bulk_create(
        plain_translation(paper, updated_at=NOW, published_at=NOW) for paper in papers
    )


def one_round(records: list[dict[str, Any]], first_key: int) -> dict[str, float]:
    """Add papers and return the milliseconds that each stage took for one."""
    # The first one brings the connection, the caches and the plans up to temperature.
    spent: dict[str, float] = {}
    for chosen, key in ((records[:1], first_key), (records[1:], first_key + 1)):
        add(chosen, key)
        for name, stage in STAGES.items():
            started = time.perf_counter()
            done = stage(len(chosen))
            spent[name] = (time.perf_counter() - started) * 1000 / len(chosen)
            if done < len(chosen):
                raise SystemExit(f"{name} did {done} of {len(chosen)} papers.")
    return spent


def queries_of_pages() -> dict[str, int]:
    """Return how many SQL queries the pages of a paper and of its day take."""
    paper = Translation.objects.listed().select_related("paper").order_by("-pk")[0].paper
    counts = {}
    for name, address in (
        ("paper", f"/papers/{paper.arxiv_id}/"),
        ("day", f"/days/{paper.submitted_at:%Y-%m-%d}/"),
    ):
        client = Client()
        client.get(address)
        # A page from the page cache takes no query.
        with override_settings(PAGE_CACHE_MB=0), CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}.")
        counts[name] = len(captured)
    return counts


def fill(records: list[dict[str, Any]], geometry: Geometry, papers: int) -> None:
    """Publish the papers; print how long that took."""
    started = time.perf_counter()
    stored = publish_all(records, geometry, papers)
    settle()
    print(f"{stored:,} papers published in {time.perf_counter() - started:.0f} s", flush=True)


def report(rounds: dict[str, list[dict[str, float]]]) -> None:
    """Print the medians and their ratios."""
    print(f"{'ms a paper':10} {'small':>9} {'large':>9}   ratio")
    sums = {}
    for name, stages in rounds.items():
        sums[name] = statistics.median(sum(stage.values()) for stage in stages)
    for stage in STAGES:
        small, large = (
            statistics.median(found[stage] for found in rounds[name]) for name in ("small", "large")
        )
        print(f"{stage:10} {small:9.1f} {large:9.1f}   {large / small:.2f}")
    print(
        f"{'together':10} {sums['small']:9.1f} {sums['large']:9.1f}   "
        f"{sums['large'] / sums['small']:.2f} (bar: at most 1.5)"
    )


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    fit_options(parser)
    parser.add_argument("--corpus", type=Path, help="papers, JSON lines (made ones)")
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=128_000)
    parser.add_argument("--few", type=int, default=1000, help="papers for the first count")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--batch", type=int, default=16, help="papers a round, besides one")


def run(given: argparse.Namespace) -> None:
    """Fill the databases, count the queries, add papers in turns, print."""
    given.papers = given.large + (given.batch + 1) * given.rounds
    records = corpus_of(given)
    with empty_database():
        geometry = fitted_geometry(given)
        corpora = Corpora()
        try:
            measure(corpora, records, geometry, given)
        finally:
            corpora.drop_clone()


def measure(
    corpora: Corpora,
    records: list[dict[str, Any]],
    geometry: Geometry,
    given: argparse.Namespace,
) -> None:
    """Fill the databases, count the queries, add papers in turns, print."""
    with corpora.use(corpora.small):
        fill(records, geometry, given.few)
        few = queries_of_pages()
        fill(records[given.few :], geometry, given.small - given.few)
    with corpora.use(corpora.large):
        fill(records, geometry, given.large)
        many = queries_of_pages()
    for page in few:
        same = "the same" if few[page] == many[page] else "NOT the same"
        print(
            f"SQL queries of a {page}'s page: {few[page]} at {given.few:,} papers, "
            f"{many[page]} at {given.large:,}: {same}"
        )
    rounds: dict[str, list[dict[str, float]]] = {"small": [], "large": []}
    for number in range(given.rounds):
        start = given.large + number * (given.batch + 1)
        batch = records[start : start + given.batch + 1]
        first = 10_000_000 + number * 1000
        for size in ("small", "large") if number % 2 else ("large", "small"):
            with corpora.use(getattr(corpora, size)):
                rounds[size].append(one_round(batch, first))
    report(rounds)
