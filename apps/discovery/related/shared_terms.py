"""The terms that two related papers share, in both languages."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from apps.papers.models import Paper
from apps.text.terms.key_terms import KeyTerm, key_terms
from apps.translation.glossary.entries import fold_term
from apps.translation.glossary.index import TermIndex
from apps.translation.glossary.service import glossary_index

SHOWN = 4


class SharedTerm(TypedDict):
    """One term. source: as the paper writes it. target: its rendering in the glossary, or ""."""

    source: str
    target: str


SharedTerms = list[SharedTerm]


def shared_terms_of(
    pairs: Iterable[tuple[int, int]], *, source_language: str, language: str
) -> Mapping[frozenset[int], SharedTerms]:
    """Return up to four shared terms of each pair of papers. Two queries.

    Terms of titles come first, then terms with a rendering, then longer terms.
    """
    wanted = {frozenset(pair) for pair in pairs}
    papers = Paper.objects.only("title", "abstract", "primary_category").in_bulk(
        {key for pair in wanted for key in pair}
    )
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
    """Return the rendering of the whole term in the glossary, or ""."""
    for known in index.find(term.written, category):
        if fold_term(known.source) == fold_term(term.written):
            return known.target
    return ""


def _without_parts(found: list[tuple[int, str, KeyTerm]]) -> SharedTerms:
    """Drop terms that are part of a longer one: "model" next to "language model"."""
    texts = [f" {term.term} " for _, _, term in found]
    return [
        {"source": term.written, "target": target}
        for _, target, term in found
        if not any(f" {term.term} " in text and f" {term.term} " != text for text in texts)
    ]
