"""How fast terms are found in sentences, next to a loop of regular expressions.

Looks for the terms of a glossary (the starter glossary, filled up with made-up terms) in the
sentences of the demonstration, over and over, on one core, and prints sentences a second next to
a plain loop that searches each sentence for each term with its compiled regular expression. Both
find the longest terms, plurals and gaps; the loop knows no scopes and looks into math as well.
Exits with 1 where the bar is missed.
"""

import argparse
import csv
import re
import time
from collections.abc import Callable

from apps.translation.glossary.entries import TermEntry
from apps.translation.glossary.index import TermIndex
from apps.translation.memory.tmx import read_tmx
from benchmarks.scaffold.environment import ROOT

BAR = 10_000
ROUNDS = 5
TINY = "--terms 40 --rounds 1 --bar 1"
MADE_UP = ("sparse", "joint", "robust", "latent", "local", "global", "adaptive", "hybrid", "linear")


def made_up(count: int) -> list[str]:
    """Return terms of two words, as many of which begin alike as in a real glossary."""
    return [f"{MADE_UP[at % len(MADE_UP)]} method{at // len(MADE_UP)}" for at in range(count)]


def sentences() -> list[str]:
    """Return the English sentences of the demonstration's memory."""
    path = ROOT / "seeds" / "translation_memory.tmx"
    return [unit.source for unit in read_tmx(path, source="en", target="ja")]


def speed(find: Callable[[str], object], texts: list[str], repeat: int, rounds: int) -> float:
    """Return sentences a second, best of some rounds, in the time of this process alone."""
    best = float("inf")
    for _round in range(rounds):
        started = time.process_time()
        for _again in range(repeat):
            for text in texts:
                find(text)
        best = min(best, time.process_time() - started)
    return len(texts) * repeat / best


def naive(terms: list[str]) -> Callable[[str], object]:
    """Return the plain loop."""
    patterns = [
        re.compile(rf"(?<!\w){'[ -]'.join(map(re.escape, re.split('[ -]', term)))}(?:s|es)?(?!\w)",
                   re.IGNORECASE)
        for term in sorted(terms, key=len, reverse=True)
    ]  # fmt: skip

    def find(text: str) -> list[str]:
        taken: list[tuple[int, int]] = []
        for pattern in patterns:
            for match in pattern.finditer(text):
                start, end = match.span()
                if not any(start < other_end and other < end for other, other_end in taken):
                    taken.append((start, end))
        return [text[start:end] for start, end in sorted(taken)]

    return find


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--terms", type=int, default=1000, help="how many (1000)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="the best counts")
    parser.add_argument("--bar", type=int, default=BAR, help="sentences a second")


def run(given: argparse.Namespace) -> int:
    """Measure and print."""
    with (ROOT / "seeds" / "glossary_en_ja.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = [(row["source"], row["target"], row["scope"]) for row in csv.DictReader(file)]
    rows += [(term, "訳語", "") for term in made_up(given.terms - len(rows))]
    entries = [TermEntry("en", "ja", *row) for row in rows[: given.terms]]
    started = time.process_time()
    index = TermIndex(entries)
    built = time.process_time() - started
    texts = sentences()
    found = sum(len(index.find(text, "cs.CL")) for text in texts)
    ours = speed(lambda text: index.find(text, "cs.CL"), texts, repeat=20, rounds=given.rounds)
    loop = speed(naive([entry.source for entry in entries]), texts, repeat=1, rounds=given.rounds)
    print(f"{len(entries):,} terms, index built in {built * 1000:.0f} ms")
    print(f"{len(texts)} sentences, {found} terms found in them")
    print(f"index       {ours:10,.0f} sentences/s on one core   (bar: at least {given.bar:,})")
    print(f"regex loop  {loop:10,.0f} sentences/s")
    print(f"index/loop  {ours / loop:10.0f}")
    return 0 if ours >= given.bar else 1
