"""Why papers are related, in words: the terms that both have, in both languages."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from apps.discovery.related.profiles import papers_of
from apps.papers.models import Paper
from apps.text.terms.key_terms import KeyTerm, key_terms
from apps.translation.glossary.entries import fold_term
from apps.translation.glossary.index import TermIndex
from apps.translation.glossary.service import glossary_index

SHOWN = 4


class SharedTerm(TypedDict):
    """One term. source: as the paper writes it. target: as the glossary renders it, or empty."""

    source: str
    target: str


SharedTerms = list[SharedTerm]


def shared_terms_of(
    pairs: Iterable[tuple[int, int]], *, source_language: str, language: str
) -> Mapping[frozenset[int], SharedTerms]:
    """Return up to four terms that the two papers of each pair share, by the pair.

    Terms of the titles come first, then those with a translation, then the longer ones. Papers
    that share no term have an empty list. Two queries.
    """
    wanted = {frozenset(pair) for pair in pairs}
    papers = papers_of(key for pair in wanted for key in pair)
    terms = {key: _by_term(paper) for key, paper in papers.items()}
    index = glossary_index(source_language, language)
    explained: dict[frozenset[int], SharedTerms] = {}
    for pair in wanted:
        one, other = sorted(pair)
        both = terms[one].keys() & terms[other].keys()
        found = [
            (
                terms[one][term].in_title + terms[other][term].in_title,
                _rendering(terms[one][term], papers[one].primary_category, index),
                terms[one][term],
            )
            for term in both
        ]
        found.sort(key=lambda item: (-item[0], not item[1], -item[2].term.count(" "), item[2].term))
        explained[pair] = _without_parts(found)[:SHOWN]
    return explained


def _by_term(paper: Paper) -> dict[str, KeyTerm]:
    return {term.term: term for term in key_terms(paper.title, paper.abstract)}


def _rendering(term: KeyTerm, category: str, index: TermIndex) -> str:
    """Return how the glossary renders the whole term, "" where it has only a part or nothing."""
    for known in index.find(term.written, category):
        if fold_term(known.source) == fold_term(term.written):
            return known.target
    return ""


def _without_parts(found: list[tuple[int, str, KeyTerm]]) -> SharedTerms:
    """Leave out what is a part of a longer term: "model" next to "language model"."""
    texts = [f" {term.term} " for _, _, term in found]
    return [
        {"source": term.written, "target": target}
        for _, target, term in found
        if not any(f" {term.term} " in text and f" {term.term} " != text for text in texts)
    ]
