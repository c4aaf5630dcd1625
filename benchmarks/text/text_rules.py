"""Sentence splitting and masking, next to plain splitters, on data of your own.

Every file is JSON lines, or the same compressed as .zst (needs the package zstandard):

- --sentences, --golden: {"text": "...", "sentences": ["...", "..."]}, the sentences in order.
  Boundaries are compared by the characters before them that are no white space. Only boundaries
  inside a text count: its end is right for everyone. --sentences is also shown as two halves
  (lines 1, 3, 5 ... and 2, 4, 6 ...); the rules were tuned on the first half only.
- --corpus: {"abstract": "..."} (or {"text": "..."}); may be given several times. Counts the cuts
  inside math and URLs as found by plain patterns of this file's own, texts that do not come back
  from masking unchanged, and the speed.
- --pairs SOURCE TARGET: two plain text files, English and Japanese, aligned line by line. Prints
  how many sentences a second one core splits, masks, restores and checks, all together, next to
  what plain pysbd splits in the same time.
- --made N: a corpus of so many made papers.

Plain pysbd and plain sentencex are measured next to ours in the same run where installed.
"""

import argparse
import importlib.util
import random
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from apps.text.checks import Pair, run_checks
from apps.text.protection.masking import mask
from apps.text.protection.placeholders import STYLES
from apps.text.sentences.splitter import split_sentences
from benchmarks.scaffold.corpus import lines_in
from benchmarks.scaffold.made_papers import papers
from benchmarks.text.checks import clear_caches

TINY = "--made 20"
Splitter = Callable[[str], list[str]]

_DISPLAY = re.compile(
    r"\$\$.+?\$\$|\\\[.+?\\\]|\\\(.+?\\\)|\\begin\{(\w+\*?)\}.+?\\end\{\1\}", re.S
)
_TEXT_ENVIRONMENT = re.compile(r"\\begin\{(?:itemize|enumerate|description|abstract|quote)")
_PROSE = re.compile(r"(?<![\\\w])[a-z]{3,} [a-z]{3,}")
_URL = re.compile(r"(?:https?|ftp)://[^\s{}<>]*[^\s{}<>.,;:)\]'\"]")
_GLUED_SENTENCE = re.compile(r"\.[A-Z][a-z]+$")


def splitters() -> dict[str, Splitter]:
    """Ours, and the plain libraries that are installed."""
    found: dict[str, Splitter] = {"ours": lambda text: [s.text for s in split_sentences(text)]}
    if importlib.util.find_spec("sentencex"):
        import sentencex

        found["plain sentencex"] = lambda text: list(sentencex.segment("en", text))
    if importlib.util.find_spec("pysbd"):
        import pysbd

        found["plain pysbd"] = pysbd.Segmenter(language="en", clean=False).segment
    return found


def inner_boundaries(sentences: list[str]) -> set[int]:
    """Numbers of non-space characters before each boundary, without the end of the text."""
    count = 0
    boundaries = []
    for sentence in sentences:
        count += sum(not character.isspace() for character in sentence)
        boundaries.append(count)
    return set(boundaries[:-1])


def print_f1(name: str, records: list[dict[str, Any]], split: Splitter) -> None:
    """Print precision, recall and F1 of boundaries, and texts that are right as a whole."""
    hits = extra = lost = exact = sentences = 0
    started = time.perf_counter()
    answers = [split(str(record["text"])) for record in records]
    seconds = time.perf_counter() - started
    for record, answer in zip(records, answers, strict=True):
        given = inner_boundaries(answer)
        gold = inner_boundaries(record["sentences"])
        hits += len(given & gold)
        extra += len(given - gold)
        lost += len(gold - given)
        exact += given == gold
        sentences += len(answer)
    precision = hits / (hits + extra) if hits + extra else 1.0
    recall = hits / (hits + lost) if hits + lost else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(
        f"{name:34} P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}"
        f"  texts right {exact}/{len(records)}  {sentences / seconds:10,.0f} sentences/s"
    )


def untouchable(text: str) -> list[tuple[int, int]]:
    """Ranges of math and URLs by plain patterns that know nothing of our recogniser.

    Inline math is taken by pairing dollars, only where all of them surely are math: an even
    number, none escaped and none around two plain words.
    """
    ranges = []
    rest = text
    for found in _DISPLAY.finditer(text):
        if not (_TEXT_ENVIRONMENT.match(found[0]) or _PROSE.search(found[0])):
            ranges.append(found.span())
            rest = rest[: found.start()] + " " * len(found[0]) + rest[found.end() :]
    dollars = [found.start() for found in re.finditer(r"\$", rest)]
    pairs = list(zip(dollars[::2], dollars[1::2], strict=False))
    certain = len(dollars) % 2 == 0 and "\\$" not in rest
    if certain and not any(_PROSE.search(rest[first:last]) for first, last in pairs):
        ranges += [(first, last + 1) for first, last in pairs]
    for found in _URL.finditer(text):
        glued = _GLUED_SENTENCE.search(found[0])
        ranges.append((found.start(), found.end() - len(glued[0]) if glued else found.end()))
    return ranges


def print_corpus(name: str, records: Iterable[dict[str, Any]], sample: int) -> None:
    """Print cuts, round trips and speed over the texts of one file."""
    texts = [str(record.get("abstract") or record.get("text") or "") for record in records]
    cut_texts = texts
    if sample and sample < len(texts):
        cut_texts = random.Random(0).sample(texts, sample)
    guarded = [untouchable(text) for text in cut_texts]
    for splitter, split in splitters().items():
        some = list(zip(cut_texts, guarded, strict=True))
        if splitter == "plain pysbd":
            some = some[:500]
        cut = sum(cuts_inside(text, split(text), ranges) for text, ranges in some)
        total = sum(len(ranges) for _, ranges in some)
        print(f"{name}: {splitter}: {cut} of {total} math and URLs cut in {len(some)} texts")
    for style in STYLES.values():
        started = time.perf_counter()
        masked = [mask(text, style) for text in texts]
        back = [item.restore(item.text) for item in masked]
        seconds = time.perf_counter() - started
        failures = sum(
            restored.text != text or not restored.complete
            for restored, text in zip(back, texts, strict=True)
        )
        tokens = sum(len(item.tokens) for item in masked)
        print(
            f"{name}: masking, style {style.name}: {failures} of {len(texts)} texts changed by"
            f" the round trip, {tokens} placeholders, {seconds:.1f} s"
        )
    print_speed(name, cut_texts)


def cuts_inside(text: str, sentences: list[str], ranges: list[tuple[int, int]]) -> int:
    """How many of the ranges a sentence boundary cuts."""
    position = 0
    offsets = []
    solid = [place for place, character in enumerate(text) if not character.isspace()]
    for sentence in sentences[:-1]:
        position += sum(not character.isspace() for character in sentence)
        if 0 < position < len(solid):
            offsets.append(solid[position])
    return sum(any(first < offset < last for offset in offsets) for first, last in ranges)


def print_speed(name: str, texts: list[str]) -> None:
    """Print sentences a second of splitting, of masking sentence by sentence, and of both."""
    started = time.perf_counter()
    sentences = [sentence.text for text in texts for sentence in split_sentences(text)]
    splitting = time.perf_counter() - started
    started = time.perf_counter()
    for sentence in sentences:
        masked = mask(sentence)
        masked.restore(masked.text)
    masking = time.perf_counter() - started
    count = len(sentences)
    print(
        f"{name}: {count} sentences; splitting {count / splitting:,.0f}/s, masking and restoring"
        f" {count / masking:,.0f}/s, both {count / (splitting + masking):,.0f}/s"
    )


def print_everything(source: Path, target: Path) -> None:
    """Print the speed of splitting, masking, restoring and checking together, in CPU time."""
    with source.open(encoding="utf-8") as sources, target.open(encoding="utf-8") as targets:
        pairs = list(zip(sources.read().splitlines(), targets.read().splitlines(), strict=True))
    clear_caches()
    start = time.process_time()
    sentences = 0
    for english, japanese in pairs:
        sentences += len(split_sentences(english))
        masked = mask(english)
        masked.restore(masked.text)
        run_checks(Pair(english, japanese))
    rate = sentences / (time.process_time() - start)
    print(f"splitting, masking and checking: {rate:,.0f} sentences/s on one core")
    plain = splitters().get("pysbd")
    if plain is not None:
        some = pairs[:500]
        start = time.process_time()
        count = sum(len(plain(english)) for english, _ in some)
        alone = count / (time.process_time() - start)
        print(
            f"plain pysbd, splitting only:     {alone:,.0f} sentences/s, ratio {rate / alone:.1f}"
        )


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--sentences", type=Path, help="gold sentences; shown in two halves")
    parser.add_argument("--golden", type=Path, help="gold sentences; shown as one set")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="abstracts")
    parser.add_argument("--made", type=int, default=0, help="made papers as a further corpus")
    parser.add_argument("--sample", type=int, default=20_000, help="texts for cuts; 0 for all")
    parser.add_argument("--pairs", type=Path, nargs=2, metavar=("SOURCE", "TARGET"))


def run(given: argparse.Namespace) -> None:
    """Print what was asked for."""
    if given.pairs:
        print_everything(*given.pairs)
    for name, split in splitters().items():
        if given.sentences:
            records = list(lines_in(given.sentences))
            print_f1(f"{name}: first half", records[::2], split)
            print_f1(f"{name}: second half", records[1::2], split)
        if given.golden:
            print_f1(f"{name}: golden", list(lines_in(given.golden)), split)
    for path in given.corpus:
        print_corpus(path.name, lines_in(path), given.sample)
    if given.made:
        print_corpus("made", papers(given.made), given.sample)
