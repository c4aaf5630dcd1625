"""Plans: turns a query into clauses, with synonyms and spelling corrections."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from apps.discovery.search.clauses import (
    author_clause,
    phrase_clause,
    term_clause,
    without_long_vowel,
    word_clause,
)
from apps.discovery.search.lexicon import (
    SHORTEST_PART,
    document_counts,
    is_word,
    likely_correction,
    words_containing,
)
from apps.discovery.search.synonyms import Thesaurus, synonyms_for, words_of
from apps.discovery.search.tsquery import Clause, Counts, Entry, Not, all_of, any_of
from apps.text.search.query import Query
from apps.text.search.tokens import fold, singular_and_plural, tokenise

_STOP_WORDS = frozenset(
    """
    a an the of in on for and or to with by from via at as is are be its this that we our
""".split()  # noqa: SIM905 (easier to read and to keep than a list of strings)
)
_MOST_EXPANDED = 4
_MOST_RANKED = 60
_MOST_WITH_PARTS = 3
_RARE = 3
_OFTEN = 50
_TIMES_MORE = 100


@dataclass(frozen=True, slots=True)
class Correction:
    """A typed word and the word likely meant. replaced: whether that was searched instead."""

    typed: str
    meant: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The clauses of a query.

    exact: every word or a synonym, and every filter. wanted: the filters and phrases alone, which
    results by meaning must match as well. counts: of all entries. ranking: the entries by which
    matches are ranked. marks: folded words to mark. others: the synonyms. parts: words that are
    also searched inside longer words.
    """

    query: Query
    exact: Clause | None
    wanted: Clause | None
    counts: Counts
    ranking: Clause | None
    marks: tuple[str, ...]
    others: tuple[str, ...]
    corrections: tuple[Correction, ...]
    parts: tuple[str, ...]

    def wide(self, months: Sequence[str]) -> tuple[Clause, Counts] | None:
        """Return the clause for words inside longer words only, and its counts; None without any.

        At most two queries to the lexicon.
        """
        if self.exact is None or not self.parts:
            return None
        longer = {
            part: any_of([Entry(word) for word in found])
            for part, found in words_containing(self.parts).items()
            if found not in ([], [part])
        }
        if not longer:
            return None
        widened = _WordClauses(self.query.words, None, longer)
        clause = all_of([*widened.groups, *_filter_clauses(self.query), Not(self.exact)])
        return clause, document_counts(clause.entries(), months)


def make_plan(query: Query, thesaurus: Thesaurus, months: Sequence[str]) -> Plan:
    """Plan a query, with a few queries to the lexicon. months: the entries of all months.

    A word that no document has is replaced by the word that was most likely meant.
    """
    corrections = _corrections(query.words)
    meant = {each.typed: each.meant for each in corrections if each.replaced}
    query = replace(query, words=tuple(meant.get(word, word) for word in query.words))
    clauses = _WordClauses(query.words, thesaurus, {})
    filters = _filter_clauses(query)
    asked = [*clauses.groups, *filters]
    ranking = [
        *clauses.ranking,
        *(entry for text in query.phrases for entry in _ranking_entries(text)),
    ]
    marked = [*clauses.marks, *(mark for text in query.phrases for mark in _marks(text))]
    exact = all_of(asked) if asked else None
    return Plan(
        query=query,
        exact=exact,
        wanted=all_of(filters) if filters else None,
        counts=document_counts(() if exact is None else exact.entries(), months),
        ranking=any_of(ranking[:_MOST_RANKED]) if ranking else None,
        marks=tuple(dict.fromkeys(marked)),
        others=tuple(clauses.others),
        corrections=tuple(corrections),
        parts=_parts_of_words(query.words),
    )


def _corrections(words: Sequence[str]) -> list[Correction]:
    """Return corrections of rare words, with one query and more for each of those."""
    spelled = {word: folded for word in words if is_word(folded := fold(word))}
    if not spelled:
        return []
    forms = {word: singular_and_plural(folded) for word, folded in spelled.items()}
    counts = document_counts((form for each in forms.values() for form in each), ())
    rare = {
        word: folded
        for word, folded in spelled.items()
        if sum(map(counts.of, forms[word])) <= _RARE and folded not in _STOP_WORDS
    }
    parts = words_containing([folded for folded in rare.values() if len(folded) >= SHORTEST_PART])
    found = []
    for word, folded in rare.items():
        is_known = bool(parts.get(folded))
        meant = likely_correction(folded)
        if meant is None:
            continue
        documents = sum(map(counts.of, forms[word]))
        if not is_known:
            found.append(Correction(word, meant.word, True))
        elif documents and meant.documents >= max(_OFTEN, _TIMES_MORE * documents):
            found.append(Correction(word, meant.word, False))
    return found


@dataclass(slots=True)
class _WordClauses:
    """Clauses of the free words of a query, one for each word or glossary term.

    longer: alternatives of a word.
    """

    words: Sequence[str]
    thesaurus: Thesaurus | None
    longer: dict[str, Clause]
    groups: list[Clause] = field(default_factory=list)
    ranking: list[Clause] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        words = [word for word in self.words if any(tokenise(fold(word)))]
        content_words = [word for word in words if fold(word) not in _STOP_WORDS] or words
        at = 0
        while at < len(content_words):
            at += self._read(content_words, at)

    def _read(self, words: Sequence[str], at: int) -> int:
        """Add the term or word that begins at `at`; return its number of words."""
        length = 1
        others: list[str] = []
        if self.thesaurus is not None and len(self.groups) < _MOST_EXPANDED:
            folded = [" ".join(words_of(word)) for word in words]
            length = self.thesaurus.longest_term(folded, at) or 1
            typed = " ".join(words[at : at + length])
            inner = [part for word in folded[at : at + length] for part in word.split()]
            others = synonyms_for(inner, typed, self.thesaurus)
        typed_words = words[at : at + length]
        base = all_of(
            [clause for word in typed_words if (clause := self._clause(word)) is not None]
        )
        alternatives = [clause for other in others if (clause := term_clause(other)) is not None]
        self.groups.append(any_of([base, *alternatives]))
        for text in (*typed_words, *others):
            self.ranking += _ranking_entries(text)
        self.marks += [mark for word in typed_words for mark in _marks(word)]
        self.marks += [mark for other in others for mark in _marks_of_term(other)]
        self.others += others
        return length

    def _clause(self, word: str) -> Clause | None:
        clause = word_clause(word)
        longer = self.longer.get(fold(word))
        return clause if clause is None or longer is None else any_of([clause, longer])


def _parts_of_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words to search inside longer ones; none in a query of many words."""
    if len(words) > _MOST_WITH_PARTS:
        return ()
    folded = dict.fromkeys(map(fold, words))
    return tuple(word for word in folded if len(word) >= SHORTEST_PART and is_word(word))


def _ranking_entries(text: str) -> list[Clause]:
    """Return the entries that matches are ranked by: words, and pairs of characters."""
    found: list[Clause] = []
    for token in tokenise(fold(text)):
        if token.is_cjk and len(token.text) > 1:
            pairs = (token.text[at : at + 2] for at in range(len(token.text) - 1))
            found += [Entry(pair) for pair in pairs]
        elif token.is_cjk:
            found.append(Entry(token.text))
        else:
            found += [Entry(form) for part in token.parts for form in singular_and_plural(part)]
    return found


def _marks(text: str) -> list[str]:
    """Return the folded words to mark for a word or phrase."""
    found = []
    for token in tokenise(fold(text)):
        if token.is_cjk:
            found.append(without_long_vowel(token.text))
        else:
            joined = "".join(token.parts)
            for word in dict.fromkeys((*token.parts, joined)):
                if word not in _STOP_WORDS:
                    found += singular_and_plural(word)
    return found


def _marks_of_term(text: str) -> list[str]:
    """Return what to mark for a synonym: the whole phrase, not its words."""
    words = words_of(text)
    if len(words) < 2 or any(token.is_cjk for token in tokenise(fold(text))):
        return _marks(text)
    return [" ".join((*words[:-1], form)) for form in singular_and_plural(words[-1])]


def _filter_clauses(query: Query) -> list[Clause]:
    """Return the clauses of phrases, authors, filters and excluded words."""
    found = [clause for phrase in query.phrases if (clause := phrase_clause(phrase)) is not None]
    found += [clause for name in query.authors if (clause := author_clause(name)) is not None]
    found += [_any_entry("@c", query.categories)] if query.categories else []
    found += [_any_entry("@g", query.fields)] if query.fields else []
    found += [Entry("@r")] if query.reviewed else []
    for text in query.excluded:
        clause = word_clause(text) if " " not in text else phrase_clause(text)
        if clause is not None:
            found.append(Not(clause))
    return found


def _any_entry(sign: str, values: Sequence[str]) -> Clause:
    return any_of([Entry(f"{sign}{value}") for value in values])
