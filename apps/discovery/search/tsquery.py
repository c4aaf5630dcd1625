"""Clauses: full-text queries of PostgreSQL, with an upper bound of the documents that they match.

str(clause) is a tsquery: https://www.postgresql.org/docs/current/datatype-textsearch.html. Every
entry is quoted, so no input can be an operator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of documents that have each entry, and of all documents."""

    by_entry: Mapping[str, int]
    total: int

    def of(self, entry: str) -> int:
        """Return the number of documents that have the entry."""
        return self.by_entry.get(entry, 0)


def quote_entry(entry: str) -> str:
    """Quote an entry for a tsvector or tsquery literal.

    Args:
        entry: The text of the entry, with any characters.

    Returns:
        The entry in single quotes, with quotes and backslashes escaped.
    """
    inner = entry.replace("\\", "\\\\").replace("'", "''")
    return f"'{inner}'"


@dataclass(frozen=True, slots=True)
class Entry:
    """Matches one entry of the index. counted_as: the entry that gives the upper bound instead."""

    text: str
    counted_as: str = ""

    def __str__(self) -> str:
        return quote_entry(self.text)

    def upper_bound(self, counts: Counts) -> int:
        return counts.of(self.counted_as or self.text)

    def entries(self) -> Iterator[str]:
        yield self.counted_as or self.text


@dataclass(frozen=True, slots=True)
class AllOf:
    """Matches where every clause does."""

    clauses: tuple[Clause, ...]

    def __str__(self) -> str:
        return "(" + " & ".join(map(str, self.clauses)) + ")"

    def upper_bound(self, counts: Counts) -> int:
        """Return the most documents that can match: those of the rarest clause."""
        limits = [
            clause.upper_bound(counts) for clause in self.clauses if not isinstance(clause, Not)
        ]
        return min(limits, default=counts.total)

    def entries(self) -> Iterator[str]:
        for clause in self.clauses:
            yield from clause.entries()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Matches where at least one clause does."""

    clauses: tuple[Clause, ...]

    def __str__(self) -> str:
        return "(" + " | ".join(map(str, self.clauses)) + ")"

    def upper_bound(self, counts: Counts) -> int:
        return sum(clause.upper_bound(counts) for clause in self.clauses)

    def entries(self) -> Iterator[str]:
        for clause in self.clauses:
            yield from clause.entries()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Matches entries at fixed distances: (entry, position), in ascending order of position."""

    places: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        written = quote_entry(self.places[0][0])
        for (_, before), (entry, place) in zip(self.places, self.places[1:], strict=False):
            written += f" <{place - before}> {quote_entry(entry)}"
        return f"({written})"

    def upper_bound(self, counts: Counts) -> int:
        """Return the most documents that can match: those of the rarest entry."""
        return min(counts.of(entry) for entry, _ in self.places)

    def entries(self) -> Iterator[str]:
        for entry, _ in self.places:
            yield entry


@dataclass(frozen=True, slots=True)
class Not:
    """Matches where the clause does not."""

    clause: Clause

    def __str__(self) -> str:
        return f"!{self.clause}"

    def upper_bound(self, counts: Counts) -> int:
        """Return all documents: a negation has no upper bound."""
        return counts.total

    def entries(self) -> Iterator[str]:
        """Yield nothing: a negation needs no counts."""
        return iter(())


Clause = Entry | AllOf | AnyOf | Phrase | Not


def any_of(clauses: list[Clause]) -> Clause:
    """Return the clause that matches where one of `clauses` does, without duplicates."""
    distinct = tuple(dict.fromkeys(clauses))
    return distinct[0] if len(distinct) == 1 else AnyOf(distinct)


def all_of(clauses: list[Clause]) -> Clause:
    """Combine clauses that must all match.

    Args:
        clauses: One or more clauses; duplicates are dropped.

    Returns:
        The clause itself where there is only one, else an `AllOf`.
    """
    distinct = tuple(dict.fromkeys(clauses))
    return distinct[0] if len(distinct) == 1 else AllOf(distinct)


def needs_reading(clause: Clause) -> bool:
    """Whether PostgreSQL must read documents to decide, because positions matter."""
    if isinstance(clause, Phrase):
        return True
    if isinstance(clause, Not):
        return needs_reading(clause.clause)
    return not isinstance(clause, Entry) and any(map(needs_reading, clause.clauses))


def requires_entry(clause: Clause) -> bool:
    """Whether every match has some entry, so that PostgreSQL need not scan the whole index."""
    return not isinstance(clause, Not) and (
        not isinstance(clause, AllOf) or any(requires_entry(inner) for inner in clause.clauses)
    )
