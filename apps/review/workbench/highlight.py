"""Texts split into pieces, so that a page can mark terms and findings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from apps.text.checks import Finding, Severity, Term

GRAVEST_FIRST = (Severity.BLOCKING, Severity.WARNING, Severity.NOTICE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, with its mark (`kind`, or empty) and the mark's explanation (`about`)."""

    text: str
    kind: str = ""
    about: str = ""


def with_terms(source: str, terms: Iterable[Term]) -> list[Piece]:
    """Split a source at its glossary terms; `about` has the rendering.

    A term that overlaps a longer one is not marked.
    """
    places: list[tuple[int, int, str]] = []
    for term in sorted(terms, key=lambda term: -len(term.source)):
        start = source.find(term.source)
        while start >= 0:
            end = start + len(term.source)
            if all(end <= other[0] or start >= other[1] for other in places):
                places.append((start, end, term.target))
            start = source.find(term.source, end)
    pieces, at = [], 0
    for start, end, target in sorted(places):
        pieces += [Piece(source[at:start]), Piece(source[start:end], "term", target)]
        at = end
    return [piece for piece in [*pieces, Piece(source[at:])] if piece.text]


def with_findings(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """Split a target where findings begin and end; where they overlap, the gravest is marked."""
    placed = [found for found in findings if found.end > found.start]
    edges = {0, len(text)}
    for found in placed:
        edges |= {min(found.start, len(text)), min(found.end, len(text))}
    cuts = sorted(edges)
    pieces = []
    for start, end in pairwise(cuts):
        here = [found.severity for found in placed if found.start <= start and end <= found.end]
        kind = next((level.value for level in GRAVEST_FIRST if level in here), "")
        pieces.append(Piece(text[start:end], kind))
    return pieces
