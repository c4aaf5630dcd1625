"""The key terms of an English title and abstract: what a paper is about, in one to three words.

No tagger and no model: a term is a stretch of words without a small word, a verb or a word of
academic prose in it (`key_term_words` has the lists). Two papers share a term where plural,
hyphen, accents, capitals or British spelling are all that differs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from apps.text.acronym_definitions import defined_acronyms
from apps.text.key_term_words import (
    ABOUT_THE_PAPER, ACRONYMS, ADJECTIVE_ENDINGS, FUNCTION_WORDS, GENERIC, LY_NOUNS,
    NAMES_WITH_SMALL_WORDS, NO_TERMS, NOUNS, NOUNS_WITH_ADJECTIVE_ENDINGS, PREFIXES, SPELLINGS,
    TRANSPARENT, VAGUE, VERBS, WEAK,
)  # fmt: skip
from apps.text.singulars import singular
from apps.text.spans import find_spans
from apps.text.tex_accents import accents_to_unicode

RULES = 1
"""The version of these rules. Counts made under another one cannot be compared: count anew."""

MOST_PARTS = 3
MOST_WORDS = 6
_LONGEST_WORD = 40

_WORD = re.compile(r"([^\W_]+(?:['’.](?=[^\W_])[^\W_]+)*[+#*]*)")
_SPACES = frozenset((" ", "\n", "\n\n"))
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013")
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

    Takes the text as arXiv has it; TeX, math, addresses and citations are left out. An acronym
    and what it stands for are one term.
    """
    texts = [_plain(title), _plain(abstract)]
    phrases = _Phrases(pair for text in texts for pair in defined_acronyms(text))
    found: dict[str, KeyTerm] = {}
    for text in texts:
        for segment in _segments(text):
            for candidate in _candidates(phrases.units(segment), text):
                term = candidate.term
                known = found.get(term)
                if known is not None:
                    if _is_spelled_out(candidate, known):
                        found[term] = replace(known, written=candidate.written)
                elif term not in NO_TERMS:
                    found[term] = replace(candidate, in_title=text is texts[0])
    return list(found.values())


def _is_spelled_out(candidate: KeyTerm, known: KeyTerm) -> bool:
    """Whether a term that was found as an acronym is written out here."""
    return " " in candidate.written and " " not in known.written


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


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as compared, and where it may stand in a term.

    words: mostly one. breaks: it is part of no term. is_weak: it only begins terms. is_generic:
    it is no term alone. is_name: it is a term wherever it stands.
    """

    words: tuple[str, ...]
    breaks: bool
    is_weak: bool
    is_generic: bool
    is_name: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """A word in its place; is_joined: a hyphen stands between it and the word before."""

    word: _Word
    raw: str
    start: int
    end: int
    is_joined: bool


@dataclass(frozen=True, slots=True)
class _Unit:
    """What counts as one part of a term: a word, a compound with hyphens, or a known term."""

    words: tuple[str, ...]
    start: int
    end: int
    breaks: bool = False
    may_end: bool = True
    may_be_alone: bool = True
    is_name: bool = False
    acronym: str = ""


def _segments(text: str) -> Iterator[list[_Token]]:
    """Yield the stretches of words with nothing but spaces and hyphens between them."""
    pieces = _WORD.split(text)
    at = len(pieces[0])
    segment: list[_Token] = []
    is_joined = False
    for index in range(1, len(pieces), 2):
        raw, gap = pieces[index], pieces[index + 1]
        segment.append(_Token(_word(raw), raw, at, at + len(raw), is_joined))
        at += len(raw) + len(gap)
        is_joined = gap in _HYPHENS
        if not is_joined and gap not in _SPACES:
            yield segment
            segment = []
    if segment:
        yield segment


@lru_cache(maxsize=1 << 16)
def _word(raw: str) -> _Word:
    bare = raw[:-2] if raw.endswith(("'s", "’s")) else raw
    is_name = sum(letter.isupper() for letter in bare) > 1
    if is_name and bare.endswith("s") and bare[:-1].isupper():
        bare = bare[:-1]
    lowered = _without_accents(bare).lower()
    is_acronym = is_name and bare.isupper()
    key = lowered if is_acronym else singular(lowered)
    key = SPELLINGS.get(key, key)
    if key.endswith("isation"):
        key = f"{key[:-7]}ization"
    has_digit = any(letter.isdigit() for letter in key)
    is_name = is_name or (has_digit and not key[0].isdigit())
    breaks = (
        (len(key) == 1 and key.isalnum())
        or len(key) > _LONGEST_WORD
        or not any(letter.isalpha() for letter in key)
        or (not is_acronym and _is_prose(key))
    )
    return _Word(
        words=tuple(key.split()),
        breaks=breaks,
        is_weak=not is_name and _is_weak(key),
        is_generic=not is_name and (key in GENERIC or len(key) < 3),
        is_name=is_name and key not in WEAK,
    )


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _is_prose(key: str) -> bool:
    if key in NOUNS or key in WEAK:
        return False
    if key in FUNCTION_WORDS or key in ABOUT_THE_PAPER or key in VAGUE or key in _VERB_FORMS:
        return True
    return len(key) > 4 and key.endswith("ly") and key not in LY_NOUNS


def _is_weak(key: str) -> bool:
    if key in WEAK:
        return True
    return (
        len(key) > 4
        and key.endswith(ADJECTIVE_ENDINGS)
        and key not in NOUNS_WITH_ADJECTIVE_ENDINGS
        and key not in GENERIC
        and key not in NOUNS
    )


def _forms(verb: str) -> Iterator[str]:
    """Yield a verb and its forms in -ed and -ing, doubled consonants and all."""
    yield verb
    stem = verb[:-1] if verb.endswith("e") else verb
    yield f"{stem}ing"
    yield f"{stem}ed"
    if verb.endswith("y"):
        yield f"{verb[:-1]}ied"
    if verb[-1] not in "aeiouwxy" and verb[-2:-1] in "aeiou":
        yield f"{verb}{verb[-1]}ing"
        yield f"{verb}{verb[-1]}ed"


_VERB_FORMS = frozenset(form for verb in VERBS for form in _forms(verb)) - NOUNS


def _compared(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are compared."""
    return tuple(
        word for raw in _WORD.split(phrase)[1::2] for word in _word(raw).words if word
    )


_KNOWN = tuple(_compared(phrase) for phrase in (*NAMES_WITH_SMALL_WORDS, *ACRONYMS.values()))
_STANDS_FOR = {acronym: _compared(long_form) for acronym, long_form in ACRONYMS.items()}


class _Phrases:
    """The terms of several words, and the acronyms, that are recognised in one paper."""

    def __init__(self, defined: Iterable[tuple[str, str]]) -> None:
        """Take the acronyms that the paper explains, each with what it stands for."""
        self._stands_for = dict(_STANDS_FOR)
        self._acronym_of: dict[tuple[str, ...], str] = dict.fromkeys(_KNOWN, "")
        for written, long_form in defined:
            acronym, words = written.lower(), _compared(long_form)
            known = _STANDS_FOR.get(acronym, ())
            if _is_same(words, known):
                continue
            self._stands_for.pop(acronym, None)
            if 1 < len(words) <= MOST_WORDS:
                self._stands_for[acronym] = words
                self._acronym_of[words] = acronym if len(acronym) > 2 and not known else ""
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(self._acronym_of, key=len, reverse=True):
            self._by_first.setdefault(words[0], []).append(words)

    def units(self, segment: list[_Token]) -> Iterator[_Unit]:
        """Yield the parts of which the terms of a segment consist."""
        at = 0
        while at < len(segment):
            words, end = self._known_at(segment, at)
            while end < len(segment) and segment[end].is_joined:
                end += 1
            tokens = segment[at:end]
            if words:
                acronym = self._acronym_of.get(words, "")
                yield _Unit(words, tokens[0].start, tokens[-1].end, is_name=True, acronym=acronym)
            else:
                yield _compound(tokens)
            at = end

    def _known_at(self, segment: list[_Token], at: int) -> tuple[tuple[str, ...], int]:
        """Return the words of the longest known term that begins at a token, and where it ends."""
        word = segment[at].word
        for words in self._by_first.get(word.words[0], ()):
            end = _end_of(words, segment, at)
            if end and not _is_continued(segment, end):
                return words, end
        if word.is_name and not _is_continued(segment, at + 1):
            return self._stands_for.get(word.words[0], ()), at + 1
        return (), at + 1


def _is_same(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether a paper's wording is that of a known acronym, but for its small words or its end."""
    if not words or not known or words[0] != known[0]:
        return False
    return words[-1] == known[-1] or words == known[: len(words)]


def _end_of(words: tuple[str, ...], segment: list[_Token], at: int) -> int:
    """Return where the words end that begin at a token; 0 where they do not stand there."""
    rest = words
    for end in range(at, len(segment)):
        here = segment[end].word.words
        if rest[: len(here)] != here:
            return 0
        rest = rest[len(here) :]
        if not rest:
            return end + 1
    return 0


def _is_continued(segment: list[_Token], end: int) -> bool:
    """Whether a hyphen goes on to a word that says more than that something is used."""
    if end >= len(segment) or not segment[end].is_joined:
        return False
    return segment[end].raw not in TRANSPARENT or _is_continued(segment, end + 1)


def _compound(tokens: list[_Token]) -> _Unit:
    """Return the unit of words that hyphens join; mostly it is one word."""
    start, end = tokens[0].start, tokens[-1].end
    parts = _parts(tokens)
    last = parts[-1]
    if len(parts) == 1:
        return _Unit(
            last.words, start, end, last.breaks, not last.is_weak,
            not (last.is_weak or last.is_generic), last.is_name,
        )  # fmt: skip
    words = tuple(word for part in parts for word in part.words)
    hyphened = "-".join(words)
    return _Unit(
        words,
        start,
        end,
        breaks=hyphened in VAGUE or hyphened in ABOUT_THE_PAPER or all(p.breaks for p in parts),
        may_end=not (last.is_weak or last.breaks or hyphened in WEAK),
        may_be_alone=last.words[-1].endswith("ing") and not last.breaks,
        is_name=parts[0].is_name and (last.is_name or hyphened[-1].isdigit()),
    )


def _parts(tokens: list[_Token]) -> list[_Word]:
    """Return the words of a compound, with prefixes closed up and transparent ends left out."""
    parts = [token.word for token in tokens]
    if len(parts) == 1:
        return parts
    if tokens[-1].raw in TRANSPARENT and not parts[0].is_generic:
        del parts[-1]
    if len(parts) > 1 and tokens[0].raw.lower() in PREFIXES:
        parts[:2] = [_word(tokens[0].raw.lower() + tokens[1].raw.lower())]
    return parts


def _candidates(units: Iterable[_Unit], text: str) -> Iterator[KeyTerm]:
    """Yield the terms of a segment, with those inside longer ones."""
    run: list[_Unit] = []
    for unit in units:
        if unit.breaks:
            yield from _terms_of(run, text)
            run = []
        else:
            run.append(unit)
    yield from _terms_of(run, text)


def _terms_of(run: list[_Unit], text: str) -> Iterator[KeyTerm]:
    for at, first in enumerate(run):
        is_last = at + 1 == len(run)
        if first.is_name or (is_last and first.may_be_alone):
            yield _term(first.words, first, first, text)
        words = first.words
        for last in run[at + 1 : at + MOST_PARTS]:
            words += last.words
            if last.may_end and len(words) <= MOST_WORDS:
                yield _term(words, first, last, text)


def _term(words: tuple[str, ...], first: _Unit, last: _Unit, text: str) -> KeyTerm:
    acronym = first.acronym if first is last else ""
    return KeyTerm(" ".join(words), text[first.start : last.end], False, acronym)
