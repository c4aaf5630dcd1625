"""Full-text queries as PostgreSQL writes them, built from parts and never from what was typed.

Text format: https://www.postgresql.org/docs/current/datatype-textsearch.html, "tsquery". Every
entry is quoted here, so no input can be an operator. Beside its text each part knows how many
documents it can match at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents have each entry, and how many there are in all."""

    of_entry: Mapping[str, int]
    total: int

    def of(self, entry: str) -> int:
        """Return how many documents have the entry."""
        return self.of_entry.get(entry, 0)


def quote_entry(entry: str) -> str:
    """Return an entry as tsvector and tsquery literals have it."""
    inner = entry.replace("\\", "\\\\").replace("'", "''")
    return f"'{inner}'"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the index. counted_as: the entry whose documents are counted in its place."""

    text: str
    counted_as: str = ""

    def __str__(self) -> str:
        return quote_entry(self.text)

    def upper_bound(self, counts: Counts) -> int:
        """Return how many documents can match."""
        return counts.of(self.counted_as or self.text)

    def entries(self) -> Iterator[str]:
        """Yield the entry to count."""
        yield self.counted_as or self.text


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the parts."""

    parts: tuple[Clause, ...]

    def __str__(self) -> str:
        return "(" + " & ".join(map(str, self.parts)) + ")"

    def upper_bound(self, counts: Counts) -> int:
        """Return how many documents can match: as many as the rarest part."""
        limits = [part.upper_bound(counts) for part in self.parts if not isinstance(part, Not)]
        return min(limits, default=counts.total)

    def entries(self) -> Iterator[str]:
        """Yield the entries to count."""
        for part in self.parts:
            yield from part.entries()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the parts."""

    parts: tuple[Clause, ...]

    def __str__(self) -> str:
        return "(" + " | ".join(map(str, self.parts)) + ")"

    def upper_bound(self, counts: Counts) -> int:
        """Return how many documents can match."""
        return sum(part.upper_bound(counts) for part in self.parts)

    def entries(self) -> Iterator[str]:
        """Yield the entries to count."""
        for part in self.parts:
            yield from part.entries()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Entries at given places one after the other: (entry, place), the first place first."""

    places: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        written = quote_entry(self.places[0][0])
        for (_, before), (entry, place) in zip(self.places, self.places[1:], strict=False):
            written += f" <{place - before}> {quote_entry(entry)}"
        return f"({written})"

    def upper_bound(self, counts: Counts) -> int:
        """Return how many documents can match: as many as have the rarest entry."""
        return min(counts.of(entry) for entry, _ in self.places)

    def entries(self) -> Iterator[str]:
        """Yield the entries to count."""
        for entry, _ in self.places:
            yield entry


@dataclass(frozen=True, slots=True)
class Not:
    """Not this part."""

    part: Clause

    def __str__(self) -> str:
        return f"!{self.part}"

    def upper_bound(self, counts: Counts) -> int:
        """Return how many documents can match; a negation alone limits nothing."""
        return counts.total

    def entries(self) -> Iterator[str]:
        """Yield nothing: what must not be there limits nothing."""
        return iter(())


Clause = Entry | AllOf | AnyOf | Phrase | Not


def any_of(parts: list[Clause]) -> Clause:
    """Return the part that matches where one of `parts` does; duplicates count once."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else AnyOf(distinct)


def all_of(parts: list[Clause]) -> Clause:
    """Return the part that matches where all of `parts` do; duplicates count once."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else AllOf(distinct)


def needs_reading(part: Clause) -> bool:
    """Whether the index alone cannot tell which documents match, because order counts."""
    if isinstance(part, Phrase):
        return True
    if isinstance(part, Not):
        return needs_reading(part.part)
    return not isinstance(part, Entry) and any(map(needs_reading, part.parts))


def requires_entry(part: Clause) -> bool:
    """Whether a match must have some entry, so that the index is not read from end to end."""
    return not isinstance(part, Not) and (
        not isinstance(part, AllOf) or any(requires_entry(inner) for inner in part.parts)
    )
