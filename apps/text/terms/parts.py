"""The parts of key terms: words, compounds with hyphens, and known names."""

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
    """A word with its position; is_joined: a hyphen joins it to the word before."""

    word: Word
    raw: str
    start: int
    end: int
    is_joined: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a term, [start, end) of a text.

    breaks: no term extends across it. is_name: it is a term anywhere; with may_be_alone only at the
    end of a run. acronym: the paper's abbreviation for it.
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
    """Yield the runs of words that are separated only by spaces and hyphens."""
    pieces = WORD.split(text)
    at = len(pieces[0])
    run: list[Token] = []
    is_joined = False
    for index in range(1, len(pieces), 2):
        raw, gap = pieces[index], pieces[index + 1]
        run.append(Token(classify_word(raw), raw, at, at + len(raw), is_joined))
        at += len(raw) + len(gap)
        is_joined = gap in _HYPHENS
        if not is_joined and gap not in _SPACES:
            yield run
            run = []
    if run:
        yield run


_KNOWN = tuple(comparison_words(phrase) for phrase in (*NAMES_WITH_SMALL_WORDS, *ACRONYMS.values()))
_STANDS_FOR = {acronym: comparison_words(long_form) for acronym, long_form in ACRONYMS.items()}


class NameFinder:
    """Finds the names of several words and the acronyms of one paper."""

    def __init__(self, defined: Iterable[tuple[str, str]]) -> None:
        """Take the (acronym, long form) pairs that the paper defines, as written."""
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

    def parts(self, run: list[Token]) -> Iterator[Part]:
        """Yield the parts of a run of words."""
        at = 0
        while at < len(run):
            words, end = self._known_at(run, at)
            while end < len(run) and run[end].is_joined:
                end += 1
            tokens = run[at:end]
            if words:
                acronym = self._acronym_of.get(words, "")
                yield Part(words, tokens[0].start, tokens[-1].end, is_name=True, acronym=acronym)
            else:
                yield _compound(tokens)
            at = end

    def _known_at(self, run: list[Token], at: int) -> tuple[tuple[str, ...], int]:
        """Return the words of the longest name that begins at a token, and where it ends."""
        word = run[at].word
        for words in self._by_first.get(word.words[0], ()):
            end = _end_of(words, run, at)
            if end and not _is_continued(run, end):
                return words, end
        if word.is_name and not _is_continued(run, at + 1):
            return self._stands_for.get(word.words[0], ()), at + 1
        return (), at + 1


def _is_same(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether a paper's long form equals that of a known acronym, except inner words or the end."""
    if not words or not known or words[0] != known[0]:
        return False
    return words[-1] == known[-1] or words == known[: len(words)]


def _end_of(words: tuple[str, ...], run: list[Token], at: int) -> int:
    """Return where the words that begin at a token end; 0 if they do not occur there."""
    rest = words
    for end in range(at, len(run)):
        here = run[end].word.words
        if rest[: len(here)] != here:
            return 0
        rest = rest[len(here) :]
        if not rest:
            return end + 1
    return 0


def _is_continued(run: list[Token], end: int) -> bool:
    """Whether a hyphen joins a further word other than a TRANSPARENT one ("based")."""
    if end >= len(run) or not run[end].is_joined:
        return False
    return run[end].raw not in TRANSPARENT or _is_continued(run, end + 1)


def _compound(tokens: list[Token]) -> Part:
    """Return the part made of words joined by hyphens; usually a single word."""
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
    """Join prefixes to the next word; drop a last "based" or year (SemEval-2026)."""
    words = [token.word for token in tokens]
    if len(words) == 1:
        return words
    last = tokens[-1].raw
    if last in _YEARS or (last in TRANSPARENT and not words[0].is_generic):
        del words[-1]
    if len(words) > 1 and tokens[0].raw.lower() in PREFIXES:
        words[:2] = [classify_word(tokens[0].raw.lower() + tokens[1].raw.lower())]
    return words
