"""Builds clauses from words, phrases, glossary terms and author names."""

from collections.abc import Sequence

from apps.discovery.search.documents import name_parts
from apps.discovery.search.synonyms import words_of
from apps.discovery.search.tsquery import Clause, Entry, Phrase, all_of, any_of
from apps.text.search.tokens import Token, fold, run_ngrams, singular_and_plural, tokenise


def word_clause(word: str) -> Clause | None:
    """Return the clause for one word: singular or plural, with hyphens or without."""
    found = list(tokenise(fold(word)))
    if len(found) != 1:
        return _sequence_clause(found)
    (token,) = found
    if token.is_cjk:
        return _cjk_clause(without_long_vowel(token.text))
    if len(token.parts) == 1:
        return any_of([Entry(form) for form in singular_and_plural(token.text)])
    joined = "".join(token.parts)
    spaced = _sequence_clause(found)
    assert spaced is not None
    return any_of([spaced, *(Entry(form) for form in singular_and_plural(joined))])


def phrase_clause(phrase: str) -> Clause | None:
    """Build the clause that finds a phrase in exactly these words.

    Args:
        phrase: Text in either language.

    Returns:
        The clause; None where the phrase has no words.
    """
    found = list(tokenise(fold(phrase)))
    if len(found) == 1 and found[0].is_cjk:
        return _cjk_clause(found[0].text)
    return _sequence_clause(found)


def term_clause(text: str) -> Clause | None:
    """Build the clause that finds a glossary term, its last word in singular or plural.

    Args:
        text: The term in either language.

    Returns:
        The clause; None where the term has no words.
    """
    words = words_of(text)
    if not words or any(token.is_cjk for token in tokenise(fold(text))):
        return phrase_clause(text)
    forms = [" ".join((*words[:-1], form)) for form in singular_and_plural(words[-1])]
    return any_of([clause for form in forms if (clause := phrase_clause(form)) is not None])


def _sequence_clause(found: Sequence[Token]) -> Clause | None:
    """Return the clause that finds tokens one after the other."""
    places: list[tuple[str, int]] = []
    alone: list[Clause] = []
    for token in found:
        if not token.is_cjk:
            places += [(part, token.position + at) for at, part in enumerate(token.parts)]
        elif len(token.text) == 1:
            # The index keeps no position of single characters.
            alone.append(Entry(token.text))
        else:
            run = token.text
            places += [(run[at : at + 2], token.position + at) for at in range(len(run) - 1)]
    if len(places) > 1:
        alone.append(Phrase(tuple(places)))
    elif places:
        alone.append(Entry(places[0][0]))
    return all_of(alone) if alone else None


def _cjk_clause(run: str) -> Clause:
    return all_of([Entry(gram) for gram in run_ngrams(run)])


def without_long_vowel(run: str) -> str:
    """Drop a final long vowel mark: コンピューター is also written コンピュータ."""
    return run[:-1] if run.endswith("ー") and len(run) > 3 else run


def author_clause(name: str) -> Clause | None:
    """Return the clause for an author: "Hinton", "G. Hinton", "Hinton, Geoffrey".

    A full first name also finds papers that give only its initial. The lexicon does not count
    author entries, so the upper bound is the count of the last name as a word.
    """
    names = name_parts(name)
    if not names:
        return None
    if len(names) == 1:
        return Entry(f"@a{names[0]}", counted_as=names[0])
    orders: list[Clause] = []
    for first, last in ((names[0], names[-1]), (names[-1], names[0])):
        sign = "@i" if len(first) == 1 else "@n"
        whole = [Entry(f"{sign}{first} {last}", counted_as=last)]
        if len(names) > 2:
            whole += [Entry(f"@a{middle}", counted_as=middle) for middle in names[1:-1]]
        orders.append(all_of(list(whole)))
        if len(first) > 1:
            orders.append(Entry(f"@n{first[0]} {last}", counted_as=last))
    return any_of(orders)
