"""What the pipeline costs around an engine, what batching across papers brings, and memory.

    python benchmarks/batching.py --sentences some.en [--papers 1000] [--memory-papers 10000]

Uses the random Marian model of `benchmarks/engines.py` (same --cache, same fixed length), and a
real PostgreSQL: the one of DATABASE_URL, where a test database is made and dropped, or one of
our own.

- overhead: papers are opened, claimed, masked, translated, restored, committed, checked and
  summed up; printed is the time outside the engine's own call as a share of the time inside it.
- batching: the same sentences given to the same engine a claim at a time, and a paper at a time.
- memory: resident memory of the process after every tenth of --memory-papers. The engine is a
  stand-in that answers at once, since only what the pipeline keeps is of interest.
"""

import argparse
import contextlib
import itertools
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engines import DEFAULT_CACHE, fixed_length_engine, seconds, sentences_in
from harvest import databases

if TYPE_CHECKING:
    from apps.translation.engines.base import Context, Engine, Result
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")

SENTENCES_A_PAPER = 6
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


class Timed:
    """An engine that counts the seconds spent in it."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine
        self.name, self.version = engine.name, engine.version
        self.mask_style, self.batch_size = engine.mask_style, engine.batch_size
        self.seconds = 0.0
        self.texts = 0

    def check(self) -> None:
        """The engine's own check."""
        self._engine.check()

    def translate(
        self, texts: Sequence[str], source: str, target: str, contexts: Sequence["Context"] = ()
    ) -> list["Result"]:
        """Translate, and count."""
        started = time.perf_counter()
        results = self._engine.translate(texts, source, target, contexts)
        self.seconds += time.perf_counter() - started
        self.texts += len(texts)
        return results


class Instant:
    """Answers at once, with text that is about as long as a translation."""

    name = "instant"
    version = "instant-1"
    mask_style = None
    batch_size = 64

    def check(self) -> None:
        """It is always there."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, contexts: Sequence["Context"] = ()
    ) -> list["Result"]:
        """Return kana for each text."""
        from apps.translation.engines.base import Result

        return [Result(f"これは{len(text)}字の文の訳である。") for text in texts]


def build_papers(count: int, sentences: Sequence[str], first: int) -> list[int]:
    """Store papers of distinct sentences and return their keys."""
    from apps.papers.models import Paper
    from apps.papers.records import SourceFormat

    endless = itertools.cycle(sentences)
    papers = []
    for number in range(first, first + count):
        chosen = [f"{next(endless)[:-1]} in case {number}." for _ in range(SENTENCES_A_PAPER)]
        title, abstract = chosen[0].rstrip("."), " ".join(chosen[1:])
        papers.append(
            Paper(
                arxiv_id=f"2603.{number:05d}",
                source_format=SourceFormat.ARXIV_RAW,
                latest_version=1,
                title=title,
                abstract=abstract,
                authors=[{"name": "Ada Example", "affiliations": []}],
                categories=["cs.CL"],
                primary_category="cs.CL",
                submitted_at=NOW,
                revised_at=NOW,
                harvested_at=NOW,
                changed_at=NOW,
                text_fingerprint=f"{number:032x}",
                record_fingerprint=f"{number:032x}",
            )
        )
    return [paper.pk for paper in Paper.objects.bulk_create(papers, batch_size=500)]


def run_pipeline(keys: list[int], engine: Any, batch: int) -> None:
    """Open, translate and finish the papers, as the workers do."""
    from apps.translation.pipeline.finish import finish_batch
    from apps.translation.pipeline.open import open_translations
    from apps.translation.pipeline.translate import Plan, translate_batch

    plan = Plan(
        source_language="en",
        engine={engine.name: engine}.__getitem__,
        chains=[{"engines": [engine.name]}],
        batch=batch,
        lease_seconds=3600,
    )
    open_translations(keys, "ja", now=NOW)
    while translate_batch(plan, clock=lambda: NOW):
        pass
    while finish_batch(now=NOW):
        pass


def measure_overhead(papers: int, sentences: list[str], engine: "Engine", batch: int) -> None:
    """Print the share of time around the engine."""
    from apps.translation.models import Segment, SegmentState

    keys = build_papers(papers, sentences, 1)
    timed = Timed(engine)
    whole = seconds(lambda: run_pipeline(keys, timed, batch))
    done = Segment.objects.filter(state=SegmentState.DONE).count()
    around = whole - timed.seconds
    print(
        f"overhead at {papers} papers ({done} sentences done, {timed.texts} given to the engine): "
        f"{whole:.1f} s in all, {timed.seconds:.1f} s in the engine, {around:.1f} s around it: "
        f"{around / timed.seconds:.1%} (bar: at most 10%)"
    )


def measure_batching(
    papers: int, sentences: list[str], engine: "Engine", batch: int, rounds: int
) -> None:
    """Print what batches across papers bring."""
    texts = list(itertools.islice(itertools.cycle(sentences), papers * SENTENCES_A_PAPER))

    def in_groups_of(size: int) -> None:
        for start in range(0, len(texts), size):
            engine.translate(texts[start : start + size], "en", "ja")

    times = [
        (
            seconds(lambda: in_groups_of(SENTENCES_A_PAPER)),
            seconds(lambda: in_groups_of(batch)),
        )
        for _ in range(rounds)
    ]
    alone, across = (statistics.median(column) for column in zip(*times, strict=True))
    ratios = ", ".join(f"{a / b:.2f}" for a, b in times)
    print(
        f"batching {papers} papers: paper by paper {alone:.1f} s, {batch} sentences of many papers "
        f"{across:.1f} s, ratio {alone / across:.2f} (bar: at least 1.5; rounds: {ratios})"
    )


def measure_memory(papers: int, sentences: list[str], batch: int) -> None:
    """Print the resident memory as the papers go by."""
    import psutil
    from django.db import reset_queries

    process = psutil.Process()
    sizes = []
    step = papers // 10
    started = time.perf_counter()
    for part in range(10):
        run_pipeline(build_papers(step, sentences, 100_000 + part * step), Instant(), batch)
        reset_queries()
        sizes.append(process.memory_info().rss / 1e6)
    print(
        f"memory over {step * 10} papers ({time.perf_counter() - started:.0f} s, instant engine), "
        f"MB after each tenth: {', '.join(f'{size:.0f}' for size in sizes)}; "
        f"growth from the second to the last tenth {sizes[-1] / sizes[1] - 1:+.1%}"
    )


@contextlib.contextmanager
def test_database() -> Iterator[None]:
    """Make an empty database and drop it again."""
    with databases():
        import django

        django.setup()
        from django.conf import settings
        from django.test.utils import get_runner, setup_test_environment

        setup_test_environment()
        runner = get_runner(settings)(verbosity=0, interactive=False)
        made = runner.setup_databases()
        try:
            yield
        finally:
            runner.teardown_databases(made)


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--papers", type=int, default=1000, help="0 leaves out the overhead")
    parser.add_argument("--batching-papers", type=int, default=100, help="0 leaves it out")
    parser.add_argument("--memory-papers", type=int, default=10_000, help="0 leaves it out")
    parser.add_argument("--batch", type=int, default=64, help="TRANSLATION_BATCH")
    parser.add_argument("--length", type=int, default=40)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    sentences = sentences_in(given.sentences)
    if given.papers or given.batching_papers:
        engine = fixed_length_engine(given.cache, sentences, length=given.length, beam=given.beam)
        engine.translate(sentences[:8], "en", "ja")
    if given.batching_papers:
        measure_batching(given.batching_papers, sentences, engine, given.batch, given.rounds)
    with test_database():
        if given.papers:
            measure_overhead(given.papers, sentences, engine, given.batch)
        if given.memory_papers:
            measure_memory(given.memory_papers, sentences, given.batch)


if __name__ == "__main__":
    main()
