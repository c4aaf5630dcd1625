"""What the pipeline costs around an engine, what batching across papers brings, and memory.

Uses the random Marian model of the benchmark `engines` (same --cache, same fixed length), or with
--instant an engine that answers at once, which leaves nothing to compare batches by.

- overhead: papers are opened, claimed, masked, translated, restored, committed, checked and
  summed up; printed is the time outside the engine's own call as a share of the time inside it.
- batching: the same sentences given to the same engine a claim at a time, and a paper at a time.
- memory: resident memory of the process after every tenth of --memory-papers. The engine is the
  instant one, since only what the pipeline keeps is of interest.
"""

import argparse
import itertools
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import reset_queries

from apps.papers.models import Paper
from apps.translation.engines.base import Context, Engine, Result
from apps.translation.models import Segment, SegmentState
from apps.translation.pipeline.finish import finish_batch
from apps.translation.pipeline.open import open_translations
from apps.translation.pipeline.translate import Plan, translate_batch
from benchmarks.scaffold.environment import empty_database
from benchmarks.scaffold.instant import Instant
from benchmarks.scaffold.rows import NOW, paper_of
from benchmarks.scaffold.timing import in_turns, print_ratio, seconds
from benchmarks.translation.engines import fixed_length_engine, sentences_in

SENTENCES_A_PAPER = 6
TINY = "--instant --papers 10 --batching-papers 3 --memory-papers 20 --rounds 1"


class Timed:
    """An engine that counts the seconds spent in it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name, self.version = engine.name, engine.version
        self.mask_style, self.batch_size = engine.mask_style, engine.batch_size
        self.seconds = 0.0
        self.texts = 0

    def check(self) -> None:
        """The engine's own check."""
        self._engine.check()

    def translate(
        self, texts: Sequence[str], source: str, target: str, contexts: Sequence[Context] = ()
    ) -> list[Result]:
        """Translate, and count."""
        started = time.perf_counter()
        results = self._engine.translate(texts, source, target, contexts)
        self.seconds += time.perf_counter() - started
        self.texts += len(texts)
        return results


def build_papers(count: int, sentences: Sequence[str], first: int) -> list[int]:
    """Store papers of distinct sentences and return their keys."""
    endless = itertools.cycle(sentences)
    papers = []
    for number in range(first, first + count):
        chosen = [f"{next(endless)[:-1]} in case {number}." for _ in range(SENTENCES_A_PAPER)]
        record = {
            "arxiv_id": f"2603.{number:05d}",
            "title": chosen[0].rstrip("."),
            "abstract": " ".join(chosen[1:]),
            "authors": ["Ada Example"],
            "categories": ["cs.CL"],
            "published": "2026-03-02",
        }
        papers.append(paper_of(record))
    return [paper.pk for paper in Paper.objects.bulk_create(papers, batch_size=500)]


def run_pipeline(keys: list[int], engine: Any, batch: int) -> None:
    """Open, translate and finish the papers, as the workers do."""
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


def measure_overhead(papers: int, sentences: list[str], engine: Engine, batch: int) -> None:
    """Print the share of time around the engine."""
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
    papers: int, sentences: list[str], engine: Engine, batch: int, rounds: int
) -> None:
    """Print what batches across papers bring."""
    texts = list(itertools.islice(itertools.cycle(sentences), papers * SENTENCES_A_PAPER))

    def in_groups_of(size: int) -> None:
        for start in range(0, len(texts), size):
            engine.translate(texts[start : start + size], "en", "ja")

    taken = in_turns(
        {
            "paper by paper": lambda: in_groups_of(SENTENCES_A_PAPER),
            f"{batch} sentences of many papers": lambda: in_groups_of(batch),
        },
        rounds,
    )
    print_ratio(taken, len(texts), "sentences", bar=1.5)


def measure_memory(papers: int, sentences: list[str], batch: int) -> None:
    """Print the resident memory as the papers go by."""
    import psutil

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


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--sentences", type=Path, help="a sentence a line (made ones)")
    parser.add_argument("--instant", action="store_true", help="an engine that answers at once")
    parser.add_argument("--papers", type=int, default=1000, help="0 leaves out the overhead")
    parser.add_argument("--batching-papers", type=int, default=100, help="0 leaves it out")
    parser.add_argument("--memory-papers", type=int, default=10_000, help="0 leaves it out")
    parser.add_argument("--batch", type=int, default=64, help="TRANSLATION_BATCH")
    parser.add_argument("--length", type=int, default=40)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    sentences = sentences_in(given.sentences)
    if given.papers or given.batching_papers:
        engine: Any = Instant()
        if not given.instant:
            engine = fixed_length_engine(
                given.cache, sentences, length=given.length, beam=given.beam
            )
        engine.translate(sentences[:8], "en", "ja")
    if given.batching_papers:
        measure_batching(given.batching_papers, sentences, engine, given.batch, given.rounds)
    with empty_database():
        if given.papers:
            measure_overhead(given.papers, sentences, engine, given.batch)
        if given.memory_papers:
            measure_memory(given.memory_papers, sentences, given.batch)
