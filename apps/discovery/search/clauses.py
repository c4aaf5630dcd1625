"""Parts: words, phrases and names as what the index is asked for."""

from collections.abc import Sequence

from apps.discovery.search.documents import name_parts
from apps.discovery.search.synonyms import words_of
from apps.discovery.search.tsquery import Entry, InOrder, Part, all_of, any_of
from apps.text.search.tokens import Token, fold, run_ngrams, singular_and_plural, tokenise


def free(word: str) -> Part | None:
    """Return the part that finds a free word: in singular and plural, with hyphens or without."""
    found = list(tokenise(fold(word)))
    if len(found) != 1:
        return _in_order(found)
    (token,) = found
    if token.is_cjk:
        return _run(without_length(token.text))
    if len(token.parts) == 1:
        return any_of([Entry(form) for form in singular_and_plural(token.text)])
    joined = "".join(token.parts)
    spaced = _in_order(found)
    assert spaced is not None
    return any_of([spaced, *(Entry(form) for form in singular_and_plural(joined))])


def literal(phrase: str) -> Part | None:
    """Return the part that finds a phrase as it stands; None where it has no words."""
    found = list(tokenise(fold(phrase)))
    if len(found) == 1 and found[0].is_cjk:
        return _run(found[0].text)
    return _in_order(found)


def term(text: str) -> Part | None:
    """Return the part that finds a term of the glossary: a phrase, its last word in any number."""
    words = words_of(text)
    if not words or any(token.is_cjk for token in tokenise(fold(text))):
        return literal(text)
    forms = [" ".join((*words[:-1], form)) for form in singular_and_plural(words[-1])]
    return any_of([part for form in forms if (part := literal(form)) is not None])


def _in_order(found: Sequence[Token]) -> Part | None:
    """Return the part that finds tokens one after the other."""
    places: list[tuple[str, int]] = []
    alone: list[Part] = []
    for token in found:
        if not token.is_cjk:
            places += [(part, token.position + at) for at, part in enumerate(token.parts)]
        elif len(token.text) == 1:
            # A single character has no place in the index; that it is there has to do.
            alone.append(Entry(token.text))
        else:
            run = token.text
            places += [(run[at : at + 2], token.position + at) for at in range(len(run) - 1)]
    if len(places) > 1:
        alone.append(InOrder(tuple(places)))
    elif places:
        alone.append(Entry(places[0][0]))
    return all_of(alone) if alone else None


def _run(run: str) -> Part:
    return all_of([Entry(gram) for gram in run_ngrams(run)])


def without_length(run: str) -> str:
    """Leave out the last sign of length: コンピューター is also written コンピュータ."""
    return run[:-1] if run.endswith("ー") and len(run) > 3 else run


def author(name: str) -> Part | None:
    """Return the part that finds an author: "Hinton", "G. Hinton", "Hinton, Geoffrey".

    A first name also finds authors of whom only its initial is known. Authors are no entries of
    the lexicon; there are at most as many papers as have the name anywhere.
    """
    names = name_parts(name)
    if not names:
        return None
    if len(names) == 1:
        return Entry(f"@a{names[0]}", counted_as=names[0])
    ways: list[Part] = []
    for first, last in ((names[0], names[-1]), (names[-1], names[0])):
        sign = "@i" if len(first) == 1 else "@n"
        whole = [Entry(f"{sign}{first} {last}", counted_as=last)]
        if len(names) > 2:
            whole += [Entry(f"@a{middle}", counted_as=middle) for middle in names[1:-1]]
        ways.append(all_of(list(whole)))
        if len(first) > 1:
            ways.append(Entry(f"@n{first[0]} {last}", counted_as=last))
    return any_of(ways)
