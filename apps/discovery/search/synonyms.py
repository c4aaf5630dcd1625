"""Other words for what somebody looks for: from the glossary, and short forms.

強化学習, "reinforcement learning" and "RL" are one. Terms and renderings come from the glossary;
what short forms stand for is what the abstracts on this site say themselves.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from apps.discovery.search.lexicon import short_form_counts
from apps.text.search.tokens import fold, singular_and_plural, tokenise
from apps.translation.glossary.entries import TermEntry
from apps.translation.glossary.index import TermIndex

MOST_OTHERS = 6
"""Other words for one term."""
_LONGEST_TERM = 7
# Initials of terms that are first of all words.
_NO_INITIALS = frozenset(
    """
    a ad ai al am an as at be by co de do ed en et ex go he id ie if in is it la le me mr ms my no
    of oh ok on or ph pi re so st to uk un up us vs we
""".split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)


class Thesaurus:
    """The terms of one glossary, to be found from either language."""

    def __init__(self, glossary: TermIndex) -> None:
        """Take the terms in use, of every scope."""
        self._renderings: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._sources: dict[str, list[str]] = defaultdict(list)
        self._by_initials: dict[str, list[str]] = defaultdict(list)
        for entry in glossary:
            self._add(entry)

    def _add(self, entry: TermEntry) -> None:
        words = words_of(entry.source)
        if not words:
            return
        _append(self._renderings[words], entry.target)
        _append(self._sources[fold(entry.target)], entry.source)
        if len(words) > 1:
            _append(self._by_initials["".join(word[0] for word in words)], entry.source)

    def longest_term(self, words: Sequence[str], start: int) -> int:
        """Return how many of the folded words from `start` on make the longest term; 0 if none.

        The parts of a word with hyphens are parted by spaces.
        """
        for length in range(min(_LONGEST_TERM, len(words) - start), 0, -1):
            if self._known(" ".join(words[start : start + length]).split()) is not None:
                return length
        return 0

    def renderings(self, words: Sequence[str]) -> list[str]:
        """Return the renderings of the term that the folded words make."""
        known = self._known(words)
        return [] if known is None else self._renderings[known]

    def sources(self, rendering: str) -> list[str]:
        """Return the terms that have this rendering."""
        return self._sources.get(fold(rendering), [])

    def with_initials(self, initials: str) -> list[str]:
        """Return the terms of several words that have these initials."""
        return self._by_initials.get(initials, [])

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
    """Return the thesaurus of a glossary, made once for each state of it."""
    return Thesaurus(glossary)


def words_of(term: str) -> tuple[str, ...]:
    """Return the folded words of a term, hyphens parting them."""
    return tuple(part for token in tokenise(fold(term)) for part in token.parts)


def synonyms_for(words: Sequence[str], typed: str, known: Thesaurus) -> list[str]:
    """Return what else to look for where somebody looks for a term.

    words: folded; typed: as it was typed, a term in either language or a short form. At most
    MOST_OTHERS, none of them the term itself; two queries at most.
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
    # A single word that is no term has none, and a short form needs none.
    shorts = [] if len(asked) == 1 and len(words) == 1 else _short_forms(asked, meanings, known)
    found = list(dict.fromkeys([*renderings, *terms, *shorts]))
    itself = {fold(typed), " ".join(words), *singular_and_plural(" ".join(words))}
    return [other for other in found if fold(other) not in itself][:MOST_OTHERS]


def _long_forms(
    meanings: list[tuple[str, int]], short: str, typed: str, known: Thesaurus
) -> list[str]:
    """Return what a short form stands for: what most abstracts say, else terms with its initials.

    Initials count only where they were typed as such, in capitals.
    """
    if meanings:
        most = meanings[0][1]
        return [long for long, count in meanings[:3] if " " in long and 3 * count >= most]
    return known.with_initials(short)[:2] if typed.isupper() and 2 <= len(short) <= 6 else []


def _short_forms(
    terms: Sequence[str], meanings: dict[str, list[tuple[str, int]]], known: Thesaurus
) -> list[str]:
    """Return the short forms of terms that mean mostly these, as far as abstracts say anything."""
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


def _append(found: list[str], text: str) -> None:
    if text not in found:
        found.append(text)
