"""Synonyms of search terms: 強化学習, "reinforcement learning" and "RL" find the same papers.

Terms and renderings come from the glossary, short forms from the abstracts on this site.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from apps.discovery.search.lexicon import short_form_counts
from apps.text.search.tokens import fold, singular_and_plural, tokenise
from apps.translation.glossary.index import TermIndex

MOST_SYNONYMS = 6
_LONGEST_TERM = 7
# Initials that are usually words.
_NO_INITIALS = frozenset(
    """
    a ad ai al am an as at be by co de do ed en et ex go he id ie if in is it la le me mr ms my no
    of oh ok on or ph pi re so st to uk un up us vs we
""".split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)


class Thesaurus:
    """The terms of one glossary, searchable from either language."""

    def __init__(self, glossary: TermIndex) -> None:
        # Dictionaries as ordered sets.
        self._renderings: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        self._sources: dict[str, dict[str, None]] = defaultdict(dict)
        self._by_initials: dict[str, dict[str, None]] = defaultdict(dict)
        for entry in glossary:
            if words := words_of(entry.source):
                self._renderings[words][entry.target] = None
                self._sources[fold(entry.target)][entry.source] = None
                if len(words) > 1:
                    self._by_initials["".join(word[0] for word in words)][entry.source] = None

    def longest_term(self, words: Sequence[str], start: int) -> int:
        """Return the length in words of the longest term that begins at `start`; 0 without one.

        words: folded; the parts of a word with hyphens are separated by spaces.
        """
        for length in range(min(_LONGEST_TERM, len(words) - start), 0, -1):
            if self._known(" ".join(words[start : start + length]).split()) is not None:
                return length
        return 0

    def renderings(self, words: Sequence[str]) -> list[str]:
        """Return the renderings of a term, given as folded words."""
        known = self._known(words)
        return [] if known is None else list(self._renderings[known])

    def sources(self, rendering: str) -> list[str]:
        """Return the terms with this rendering."""
        return list(self._sources.get(fold(rendering), ()))

    def with_initials(self, initials: str) -> list[str]:
        """Return the terms of several words with these initials."""
        return list(self._by_initials.get(initials, ()))

    def _known(self, words: Sequence[str]) -> tuple[str, ...] | None:
        if not words:
            return None
        *first, last = words
        for form in singular_and_plural(last):
            if (*first, form) in self._renderings:
                return (*first, form)
        return None


@lru_cache(maxsize=4)
def thesaurus(glossary: TermIndex) -> Thesaurus:
    """Return the thesaurus of a glossary, built once for each state of the glossary."""
    return Thesaurus(glossary)


def words_of(term: str) -> tuple[str, ...]:
    """Return the folded words of a term, split at hyphens."""
    return tuple(part for token in tokenise(fold(term)) for part in token.parts)


def synonyms_for(words: Sequence[str], typed: str, known: Thesaurus) -> list[str]:
    """Return up to MOST_SYNONYMS synonyms of a search term, with at most two queries.

    words: the folded words. typed: the same as typed, a term in either language or a short form.
    """
    terms = [" ".join(words), *known.sources(typed)]
    renderings = [*known.renderings(words), *([typed] if len(terms) > 1 else [])]
    asked = [" ".join(words_of(term)) for term in terms]
    meanings = short_form_counts(asked)
    if len(words) == 1:
        long_forms = _long_forms(meanings.get(words[0], []), words[0], typed, known)
        for long in long_forms:
            renderings += known.renderings(words_of(long))
        terms += long_forms
    # A word that is not a term has no short form, and a short form needs none.
    shorts = [] if len(asked) == 1 and len(words) == 1 else _short_forms(asked, meanings, known)
    found = list(dict.fromkeys([*renderings, *terms, *shorts]))
    itself = {fold(typed), " ".join(words), *singular_and_plural(" ".join(words))}
    return [other for other in found if fold(other) not in itself][:MOST_SYNONYMS]


def _long_forms(
    meanings: list[tuple[str, int]], short: str, typed: str, known: Thesaurus
) -> list[str]:
    """Return the long forms of a short form: those in most abstracts, else terms by initials.

    Initials count only where they were typed in capitals.
    """
    if meanings:
        most = meanings[0][1]
        return [long for long, count in meanings[:3] if " " in long and 3 * count >= most]
    return known.with_initials(short)[:2] if typed.isupper() and 2 <= len(short) <= 6 else []


def _short_forms(
    terms: Sequence[str], meanings: dict[str, list[tuple[str, int]]], known: Thesaurus
) -> list[str]:
    """Return the short forms of terms, unless the abstracts mostly use them for something else."""
    proposed: dict[str, str] = {}
    for term in terms:
        for short, _count in meanings.get(term, []):
            if " " not in short:
                proposed.setdefault(short, term)
        words = term.split()
        initials = "".join(word[0] for word in words)
        if known.renderings(words) and len(words) > 1 and initials not in _NO_INITIALS:
            proposed.setdefault(initials, term)
    said = short_form_counts(list(proposed))
    return [
        short.upper()
        for short, term in proposed.items()
        if not said.get(short) or said[short][0][0] == term
    ]
