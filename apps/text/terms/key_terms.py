"""Key terms of an English title and abstract: the topics of a paper, in one to three words.

No tagger and no model: a term is a run of words without function words, verbs and words of
academic prose (see `word_lists`). Terms of two papers are equal if they differ only in plural,
hyphens, accents, case or British spelling.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from apps.text.protection.spans import find_spans
from apps.text.terms.acronyms import defined_acronyms
from apps.text.terms.known_names import BOILERPLATE_TERMS
from apps.text.terms.parts import MOST_WORDS, NameFinder, Part, word_runs
from apps.text.tex.accents import accents_to_unicode

RULES = 1
"""Version of these rules. Counts made with different versions cannot be compared."""

MOST_PARTS = 3
_BREAK = "\u00a6"
"""Replaces math and addresses; no term extends across it."""


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """A key term of a paper.

    term: normalised, "large language model". written: as in the paper, "Large Language Models".
    in_title: whether it occurs in the title. acronym: normalised, if the paper defines one of three
    letters or more that is not common across arXiv: "grpo"; otherwise empty.
    """

    term: str
    written: str
    in_title: bool
    acronym: str = ""


def key_terms(title: str, abstract: str) -> list[KeyTerm]:
    """Return the key terms of a paper, leaving out TeX, math, addresses and citations.

    Args:
        title: as arXiv has it.
        abstract: as arXiv has it.

    Returns:
        The distinct terms in order, the title's first. An acronym and its long form are one term.
    """
    texts = [_plain(title), _plain(abstract)]
    names = NameFinder(pair for text in texts for pair in defined_acronyms(text))
    found: dict[str, KeyTerm] = {}
    for position, text in enumerate(texts):
        for run in word_runs(text):
            for words, first, last in _terms(names.parts(run)):
                term = " ".join(words)
                written = text[first.start : last.end]
                known = found.get(term)
                if known is not None:
                    if " " in written and " " not in known.written:
                        found[term] = replace(known, written=written)
                elif term not in BOILERPLATE_TERMS:
                    acronym = first.acronym if first is last else ""
                    found[term] = KeyTerm(term, written, position == 0, acronym)
    return list(found.values())


def _plain(text: str) -> str:
    """Return the text in Unicode, with one sign for each span of math, TeX or an address."""
    text = accents_to_unicode(text)
    if text.isupper():
        text = text.lower()
    spans = find_spans(text)
    if not spans:
        return text
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], _BREAK]
        at = span.end
    return "".join([*pieces, text[at:]])


def _terms(parts: Iterator[Part]) -> Iterator[tuple[tuple[str, ...], Part, Part]]:
    """Yield each term: its words, its first and its last part."""
    run: list[Part] = []
    for part in parts:
        if part.breaks:
            yield from _terms_of_run(run)
            run = []
        else:
            run.append(part)
    yield from _terms_of_run(run)


def _terms_of_run(run: list[Part]) -> Iterator[tuple[tuple[str, ...], Part, Part]]:
    for at, first in enumerate(run):
        if first.is_name or (first.may_be_alone and at + 1 == len(run)):
            yield first.words, first, first
        words = first.words
        for last in run[at + 1 : at + MOST_PARTS]:
            words += last.words
            if last.may_end and len(words) <= MOST_WORDS:
                yield words, first, last
