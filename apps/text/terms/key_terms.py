"""The key terms of an English title and abstract: what a paper is about, in one to three words.

No tagger and no model: a term is a stretch of words without a small word, a verb or a word of
academic prose in it (`key_term_words` has the lists). Two papers share a term where plural,
hyphen, accents, capitals or British spelling are all that differs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from apps.text.protection.spans import find_spans
from apps.text.terms.acronyms import defined_acronyms
from apps.text.terms.known_names import BOILERPLATE_TERMS
from apps.text.terms.parts import MOST_WORDS, NameFinder, Part, word_runs
from apps.text.tex.accents import accents_to_unicode

RULES = 1
"""The version of these rules: counts that were made under another one cannot be compared."""

MOST_PARTS = 3
_BREAK = "\u00a6"
"""Stands where math or an address was: no term reaches over it."""


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """One term of a paper.

    term: as compared, "large language model". written: as the paper has it, "Large Language
    Models". in_title: whether it stands in the title. acronym: as compared, where the paper gives
    one of three letters or more that is not known all over arXiv: "grpo"; otherwise empty.
    """

    term: str
    written: str
    in_title: bool
    acronym: str = ""


def key_terms(title: str, abstract: str) -> list[KeyTerm]:
    """Return the distinct key terms, those of the title first, in the order of the text.

    Takes the texts as arXiv has them; TeX, math, addresses and citations are left out. An acronym
    and what it stands for are one term.
    """
    texts = [_plain(title), _plain(abstract)]
    names = NameFinder(pair for text in texts for pair in defined_acronyms(text))
    found: dict[str, KeyTerm] = {}
    for place, text in enumerate(texts):
        for segment in word_runs(text):
            for words, first, last in _stretches(names.parts(segment)):
                term = " ".join(words)
                written = text[first.start : last.end]
                known = found.get(term)
                if known is not None:
                    if " " in written and " " not in known.written:
                        found[term] = replace(known, written=written)
                elif term not in BOILERPLATE_TERMS:
                    acronym = first.acronym if first is last else ""
                    found[term] = KeyTerm(term, written, place == 0, acronym)
    return list(found.values())


def _plain(text: str) -> str:
    """Return the text in Unicode, with a sign for each stretch that is math, TeX or an address."""
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


def _stretches(parts: Iterator[Part]) -> Iterator[tuple[tuple[str, ...], Part, Part]]:
    """Yield each stretch of parts that is a term: its words, its first and its last part."""
    run: list[Part] = []
    for part in parts:
        if part.breaks:
            yield from _within(run)
            run = []
        else:
            run.append(part)
    yield from _within(run)


def _within(run: list[Part]) -> Iterator[tuple[tuple[str, ...], Part, Part]]:
    for at, first in enumerate(run):
        if first.is_name or (first.may_be_alone and at + 1 == len(run)):
            yield first.words, first, first
        words = first.words
        for last in run[at + 1 : at + MOST_PARTS]:
            words += last.words
            if last.may_end and len(words) <= MOST_WORDS:
                yield words, first, last
