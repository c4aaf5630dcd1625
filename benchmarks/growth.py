"""What one more paper costs, and what a page asks of the database, as the corpus grows.

    python benchmarks/growth.py --fit real.npy [--corpus papers.jsonl.zst]

Fills two databases with --small and --large papers, each with a vector, related papers, a score,
its authors and terms, and a published translation that search finds: of --corpus, or made by
`papers_generator.py`. The vectors are made with the geometry of real ones (--fit, see
`geometry.py`). Then papers are added to both in turns, a batch a round, so that a busy machine is
busy for both, and each stage of the pipeline brings them in: its own functions, the real embedder.
Printed for each stage: the median milliseconds a paper in
both, and their ratio (bar: at most 1.5 for all stages together).

Printed as well: the SQL queries of a paper's page and of a day's page with 1,000 and with --large
published papers (bar: the same number).
"""

import argparse
import itertools
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")

import papers_generator
from corpus import papers_in
from geometry import Geometry, geometry_of, vectors_in
from loading import NOW, empty_database, paper_of, settle
from published import publish_all, translations_of

FEW = 1000
LANGUAGE = "ja"
LATELY = timedelta(days=2)


def index_authors(papers: int) -> int:
    """Bring the new papers through the stage; return how many it did."""
    from apps.discovery.author_index import index_authors_batch

    return index_authors_batch(changed_since=NOW - LATELY, limit=papers)


def embed(papers: int) -> int:
    """Bring the new papers through the stage; return how many it did."""
    from apps.discovery.embedders import embedder
    from apps.discovery.embeddings.embed import embed_batch

    return embed_batch(embedder(), changed_since=NOW - LATELY, now=NOW, limit=papers)


def relate(papers: int) -> int:
    """Bring the new papers through the stage; return how many it did."""
    from apps.discovery.related.build import relate_batch

    return relate_batch(source_language="en", language=LANGUAGE, now=NOW, limit=papers)


def score(papers: int) -> int:
    """Bring the new papers through the stage; return how many it did."""
    from django.conf import settings

    from apps.discovery.scoring.formulas import FORMULAS
    from apps.discovery.scoring.score import papers_to_score, score_papers

    formula = FORMULAS[settings.SCORE_FORMULA]
    return score_papers(papers_to_score(formula, NOW - LATELY, papers), formula, now=NOW)


def rank(papers: int) -> int:
    """Rank the days and categories of the new papers; a paper's share of that is its cost."""
    from apps.discovery.scoring.rank import rank_batch

    while rank_batch(now=NOW):
        pass
    return papers


def index(papers: int) -> int:
    """Bring the new papers through the stage; return how many it did."""
    from apps.discovery.search.indexing import index_batch

    return index_batch(changed_since=NOW - LATELY, limit=papers)


def gather(papers: int) -> int:
    """Bring the new papers through the stage; return how many it did."""
    from apps.discovery.trends.extract_terms import gather_batch

    return gather_batch(changed_since=NOW - LATELY, limit=papers)


STAGES: dict[str, Callable[[int], int]] = {
    "authors": index_authors,
    "embed": embed,
    "relate": relate,
    "score": score,
    "rank": rank,
    "index": index,
    "gather": gather,
}
"""The stages that a new paper goes through, in their order. A further one is a line here."""


class Corpora:
    """Two databases of one server, of which Django sees one at a time."""

    def __init__(self) -> None:
        from django.db import connection

        self.small = connection.settings_dict["NAME"]
        connection.creation.clone_test_db("large", verbosity=0)
        self.large = f"{self.small}_large"

    @contextmanager
    def use(self, name: str) -> Iterator[None]:
        """Let Django see the database."""
        from django.db import connection

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
        from django.db import connection

        connection.creation.destroy_test_db(verbosity=0, suffix="large", keepdb=False)


def add(records: list[dict[str, Any]], first_key: int) -> None:
    """Store new papers, as a harvest has just brought them, and publish their translations."""
    from apps.papers.models import Paper
    from apps.translation.models import Translation

    papers = [paper_of(record, key) for key, record in enumerate(records, first_key)]
    for paper in papers:
        paper.changed_at = paper.harvested_at = NOW
    Paper.objects.bulk_create(papers)
    translations = list(translations_of(papers, LANGUAGE))
    for translation in translations:
        translation.updated_at = translation.published_at = NOW
    Translation.objects.bulk_create(translations)


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
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from apps.translation.models import Translation

    paper = Translation.objects.listed().select_related("paper").order_by("-pk")[0].paper
    counts = {}
    for name, address in (
        ("paper", f"/papers/{paper.arxiv_id}/"),
        ("day", f"/days/{paper.submitted_at:%Y-%m-%d}/"),
    ):
        client = Client()
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}.")
        counts[name] = len(captured)
    return counts


def fill(records: Iterator[dict[str, Any]], geometry: Geometry, papers: int) -> None:
    """Publish the papers; print how long that took."""
    started = time.perf_counter()
    stored = publish_all(itertools.islice(records, papers), geometry, papers, LANGUAGE)
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


def main() -> None:
    """Read the arguments, fill, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--fit", type=Path, required=True, help="real vectors, .npy")
    parser.add_argument("--corpus", type=Path, help="papers (made ones)")
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=128_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--batch", type=int, default=16, help="papers a round, besides one")
    given = parser.parse_args()
    geometry = geometry_of(vectors_in(given.fit))
    new = (given.batch + 1) * given.rounds
    total = given.large + new

    def records() -> Iterator[dict[str, Any]]:
        return papers_in(given.corpus) if given.corpus else papers_generator.papers(total)

    with empty_database():
        corpora = Corpora()
        try:
            measure(corpora, records, geometry, given)
        finally:
            corpora.drop_clone()


def measure(
    corpora: Corpora,
    records: Callable[[], Iterator[dict[str, Any]]],
    geometry: Geometry,
    given: argparse.Namespace,
) -> None:
    """Fill the databases, count the queries, add papers in turns, print."""
    with corpora.use(corpora.small):
        fill(records(), geometry, min(FEW, given.small))
        few = queries_of_pages()
        rest = itertools.islice(records(), FEW, None)
        if given.small > FEW:
            fill(rest, geometry, given.small - FEW)
    with corpora.use(corpora.large):
        fill(records(), geometry, given.large)
        many = queries_of_pages()
    for page in few:
        same = "the same" if few[page] == many[page] else "NOT the same"
        print(
            f"SQL queries of a {page}'s page: {few[page]} at {min(FEW, given.small):,} papers, "
            f"{many[page]} at {given.large:,}: {same}"
        )
    rounds: dict[str, list[dict[str, float]]] = {"small": [], "large": []}
    coming = itertools.islice(records(), given.large, None)
    for number in range(given.rounds):
        batch = list(itertools.islice(coming, given.batch + 1))
        first = 10_000_000 + number * 1000
        for size in ("small", "large") if number % 2 else ("large", "small"):
            with corpora.use(getattr(corpora, size)):
                rounds[size].append(one_round(batch, first))
    report(rounds)


if __name__ == "__main__":
    main()
