"""How good engines are on a pair of aligned files: chrF and BLEU of sacrebleu.

Needs papersite[quality] (sacrebleu and its ja-mecab tokeniser). --source and --reference are text
files, aligned line by line; without them the demonstration's memory is taken. --engine names an
engine of the settings (or `instant`, which answers at once), so the usual variables configure it
(OPENAI_BASE_URL, CTRANSLATE2_MODEL, BERGAMOT_MODELS ...); it may be given several times. Sentences
go the way the pipeline sends them: masked in the engine's style, judged, and put back; what an
engine could not translate counts as an empty line and is reported.

--glossary terms.csv (columns source, target) measures once more with the terms that stand in
each sentence sent along; --memory pairs.tmx with the like sentences of a translation memory as
examples. Engines that take neither give the same text again.
"""

import argparse
import csv
import difflib
import random
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from apps.text.checks import Pair, Term, run_checks
from apps.text.protection.masking import Masked, mask
from apps.translation.engines import get_engine as named
from apps.translation.engines.base import Context, Engine
from apps.translation.engines.validation import validate_result
from apps.translation.memory.tmx import read_tmx
from benchmarks.scaffold.environment import ROOT, need
from benchmarks.scaffold.instant import Instant

TINY = "--engine instant --count 5"
MOST_EXAMPLES = 3
LEAST_LIKENESS = 0.5


def pairs_of(given: argparse.Namespace) -> list[tuple[str, str]]:
    """Return the sentences with their references."""
    if given.source is None:
        return examples_in(ROOT / "seeds" / "translation_memory.tmx", "en", "ja")
    files = (given.source, given.reference)
    return list(zip(*(path.read_text("utf-8").splitlines() for path in files), strict=True))


def terms_in(path: Path) -> list[Term]:
    """Return the terms of a CSV file with the columns source and target."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Term(row["source"], row["target"]) for row in csv.DictReader(file)]


def examples_in(path: Path, source: str, target: str) -> list[tuple[str, str]]:
    """Return the pairs of a TMX file."""
    return [(unit.source, unit.target) for unit in read_tmx(path, source=source, target=target)]


def contexts_for(
    texts: Sequence[str], terms: Sequence[Term], examples: Sequence[tuple[str, str]]
) -> Iterator[Context]:
    """Give for each text the terms that stand in it and the examples most like it."""
    found = {term: re.compile(rf"\b{re.escape(term.source)}s?\b", re.I) for term in terms}
    for text in texts:
        likeness = [
            (difflib.SequenceMatcher(None, text, example[0]).ratio(), example)
            for example in examples
        ]
        best = sorted(likeness, reverse=True)[:MOST_EXAMPLES]
        yield Context(
            terms=tuple(term for term, pattern in found.items() if pattern.search(text)),
            examples=tuple(example for ratio, example in best if ratio >= LEAST_LIKENESS),
        )


def translate(
    engine: Engine, texts: Sequence[str], contexts: Sequence[Context], source: str, target: str
) -> list[str]:
    """Return the translation of each text, "" where the engine has none."""
    style = engine.mask_style
    masked = [mask(text, style) if style else Masked(text, ()) for text in texts]
    results = engine.translate([item.text for item in masked], source, target, contexts)
    sound = [
        validate_result(item.text, result, target)
        for item, result in zip(masked, results, strict=True)
    ]
    return [
        item.restore(result.text).text if result.text else ""
        for item, result in zip(masked, sound, strict=True)
    ]


def report(
    label: str, sources: list[str], written: list[str], references: list[str], took: float
) -> None:
    """Print the scores of one run, and how many texts the checks would hold back."""
    import sacrebleu

    bleu = sacrebleu.corpus_bleu(written, [references], tokenize="ja-mecab")
    chrf = sacrebleu.corpus_chrf(written, [references])
    held = sum(
        any(found.severity == "blocking" for found in run_checks(Pair(source, text)))
        for source, text in zip(sources, written, strict=True)
    )
    print(
        f"{label}: chrF {chrf.score:.1f}, BLEU {bleu.score:.1f} (ja-mecab), "
        f"{sum(not text for text in written)} without a text, {held} with a blocking finding, "
        f"{took / len(sources):.2f} s a sentence",
        flush=True,
    )


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--source", type=Path, help="a sentence a line")
    parser.add_argument("--reference", type=Path, help="their translations")
    parser.add_argument("--engine", action="append", required=True)
    parser.add_argument("--languages", default="en-ja")
    parser.add_argument("--count", type=int, default=0, help="a random sample; 0 takes all")
    parser.add_argument("--glossary", type=Path)
    parser.add_argument("--memory", type=Path)


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    need("sacrebleu")
    pairs = pairs_of(given)
    if given.count:
        pairs = random.Random(1).sample(pairs, min(given.count, len(pairs)))
    sources, references = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    source, _, target = given.languages.partition("-")

    terms = terms_in(given.glossary) if given.glossary else []
    examples = examples_in(given.memory, source, target) if given.memory else []
    ways: dict[str, tuple[list[Term], list[tuple[str, str]]]] = {"plain": ([], [])}
    if terms:
        ways["with glossary"] = (terms, [])
    if examples:
        ways["with memory"] = ([], examples)
    if terms and examples:
        ways["with both"] = (terms, examples)
    print(f"{len(sources)} sentences")
    for name in given.engine:
        chosen = Instant() if name == "instant" else named(name)
        for label, (used_terms, used_examples) in ways.items():
            contexts = list(contexts_for(sources, used_terms, used_examples))
            started = time.perf_counter()
            written = translate(chosen, sources, contexts, source, target)
            took = time.perf_counter() - started
            report(f"{name} {label}", sources, written, references, took)
