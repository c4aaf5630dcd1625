"""The parts of which key terms consist: words, compounds with hyphens, and known names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apps.text.terms.known_names import ACRONYMS, NAMES_WITH_SMALL_WORDS
from apps.text.terms.word_lists import PREFIXES, TRANSPARENT, WEAK
from apps.text.terms.words import WORD, Word, classify_word, comparison_words, is_vague

MOST_WORDS = 6

_SPACES = frozenset((" ", "\n", "\n\n"))
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013")
_YEARS = frozenset(str(year) for year in range(1900, 2100))


@dataclass(frozen=True, slots=True)
class Token:
    """A word in its place; is_joined: a hyphen stands between it and the word before."""

    word: Word
    raw: str
    start: int
    end: int
    is_joined: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a term, [start, end) of a text.

    breaks: no term reaches over it. is_name: it is a term wherever it stands; with may_be_alone
    only at the end of a stretch. acronym: what the paper abbreviates it to.
    """

    words: tuple[str, ...]
    start: int
    end: int
    breaks: bool = False
    may_end: bool = True
    may_be_alone: bool = True
    is_name: bool = False
    acronym: str = ""


def word_runs(text: str) -> Iterator[list[Token]]:
    """Yield the stretches of words with nothing but spaces and hyphens between them."""
    pieces = WORD.split(text)
    at = len(pieces[0])
    segment: list[Token] = []
    is_joined = False
    for index in range(1, len(pieces), 2):
        raw, gap = pieces[index], pieces[index + 1]
        segment.append(Token(classify_word(raw), raw, at, at + len(raw), is_joined))
        at += len(raw) + len(gap)
        is_joined = gap in _HYPHENS
        if not is_joined and gap not in _SPACES:
            yield segment
            segment = []
    if segment:
        yield segment


_KNOWN = tuple(comparison_words(phrase) for phrase in (*NAMES_WITH_SMALL_WORDS, *ACRONYMS.values()))
_STANDS_FOR = {acronym: comparison_words(long_form) for acronym, long_form in ACRONYMS.items()}


class NameFinder:
    """The names of several words, and the acronyms, that are recognised in one paper."""

    def __init__(self, defined: Iterable[tuple[str, str]]) -> None:
        """Take the acronyms that the paper explains, each with what it stands for, as written."""
        self._stands_for = dict(_STANDS_FOR)
        self._acronym_of: dict[tuple[str, ...], str] = dict.fromkeys(_KNOWN, "")
        for written, long_form in defined:
            acronym, words = written.lower(), comparison_words(long_form)
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

    def parts(self, segment: list[Token]) -> Iterator[Part]:
        """Yield the parts of which a segment consists."""
        at = 0
        while at < len(segment):
            words, end = self._known_at(segment, at)
            while end < len(segment) and segment[end].is_joined:
                end += 1
            tokens = segment[at:end]
            if words:
                acronym = self._acronym_of.get(words, "")
                yield Part(words, tokens[0].start, tokens[-1].end, is_name=True, acronym=acronym)
            else:
                yield _compound(tokens)
            at = end

    def _known_at(self, segment: list[Token], at: int) -> tuple[tuple[str, ...], int]:
        """Return the words of the longest name that begins at a token, and where it ends."""
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


def _end_of(words: tuple[str, ...], segment: list[Token], at: int) -> int:
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


def _is_continued(segment: list[Token], end: int) -> bool:
    """Whether a hyphen goes on to a word that says more than that something is used."""
    if end >= len(segment) or not segment[end].is_joined:
        return False
    return segment[end].raw not in TRANSPARENT or _is_continued(segment, end + 1)


def _compound(tokens: list[Token]) -> Part:
    """Return the part that words joined by hyphens make; mostly it is one word."""
    start, end = tokens[0].start, tokens[-1].end
    joined = _closed_up(tokens)
    last = joined[-1]
    if len(joined) == 1:
        alone = not (last.is_weak or last.is_generic)
        return Part(last.words, start, end, last.breaks, not last.is_weak, alone, last.is_name)
    words = tuple(part for word in joined for part in word.words)
    hyphened = "-".join(words)
    return Part(
        words,
        start,
        end,
        breaks=is_vague(hyphened) or all(word.breaks for word in joined),
        may_end=not (last.is_weak or last.breaks or hyphened in WEAK),
        may_be_alone=words[-1].endswith("ing") and not last.breaks,
        is_name=joined[0].is_name and (last.is_name or hyphened[-1].isdigit()),
    )


def _closed_up(tokens: list[Token]) -> list[Word]:
    """Return the words of a compound, with prefixes closed up and transparent ends left out.

    So are years, that what comes every year is one term: "SemEval-2026".
    """
    words = [token.word for token in tokens]
    if len(words) == 1:
        return words
    last = tokens[-1].raw
    if last in _YEARS or (last in TRANSPARENT and not words[0].is_generic):
        del words[-1]
    if len(words) > 1 and tokens[0].raw.lower() in PREFIXES:
        words[:2] = [classify_word(tokens[0].raw.lower() + tokens[1].raw.lower())]
    return words
