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


def quoted(entry: str) -> str:
    """Return an entry as tsvector and tsquery literals have it."""
    inner = entry.replace("\\", "\\\\").replace("'", "''")
    return f"'{inner}'"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the index. counted_as: the entry whose documents are counted in its place."""

    text: str
    counted_as: str = ""

    def __str__(self) -> str:
        return quoted(self.text)

    def at_most(self, counts: Counts) -> int:
        """Return how many documents can match."""
        return counts.of(self.counted_as or self.text)

    def entries(self) -> Iterator[str]:
        """Yield the entry to count."""
        yield self.counted_as or self.text


@dataclass(frozen=True, slots=True)
class All:
    """Every one of the parts."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "(" + " & ".join(map(str, self.parts)) + ")"

    def at_most(self, counts: Counts) -> int:
        """Return how many documents can match: as many as the rarest part."""
        limits = [part.at_most(counts) for part in self.parts if not isinstance(part, Without)]
        return min(limits, default=counts.total)

    def entries(self) -> Iterator[str]:
        """Yield the entries to count."""
        for part in self.parts:
            yield from part.entries()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the parts."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "(" + " | ".join(map(str, self.parts)) + ")"

    def at_most(self, counts: Counts) -> int:
        """Return how many documents can match."""
        return sum(part.at_most(counts) for part in self.parts)

    def entries(self) -> Iterator[str]:
        """Yield the entries to count."""
        for part in self.parts:
            yield from part.entries()


@dataclass(frozen=True, slots=True)
class InOrder:
    """Entries at given places one after the other: (entry, place), the first place first."""

    places: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        written = quoted(self.places[0][0])
        for (_, before), (entry, place) in zip(self.places, self.places[1:], strict=False):
            written += f" <{place - before}> {quoted(entry)}"
        return f"({written})"

    def at_most(self, counts: Counts) -> int:
        """Return how many documents can match: as many as have the rarest entry."""
        return min(counts.of(entry) for entry, _ in self.places)

    def entries(self) -> Iterator[str]:
        """Yield the entries to count."""
        for entry, _ in self.places:
            yield entry


@dataclass(frozen=True, slots=True)
class Without:
    """Not this part."""

    part: Part

    def __str__(self) -> str:
        return f"!{self.part}"

    def at_most(self, counts: Counts) -> int:
        """Return how many documents can match; a negation alone limits nothing."""
        return counts.total

    def entries(self) -> Iterator[str]:
        """Yield nothing: what must not be there limits nothing."""
        return iter(())


Part = Entry | All | Any | InOrder | Without


def any_of(parts: list[Part]) -> Part:
    """Return the part that matches where one of `parts` does; duplicates count once."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else Any(distinct)


def all_of(parts: list[Part]) -> Part:
    """Return the part that matches where all of `parts` do; duplicates count once."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else All(distinct)


def must_be_read(part: Part) -> bool:
    """Whether the index alone cannot tell which documents match, because order counts."""
    if isinstance(part, InOrder):
        return True
    if isinstance(part, Without):
        return must_be_read(part.part)
    return not isinstance(part, Entry) and any(map(must_be_read, part.parts))


def has_positive(part: Part) -> bool:
    """Whether a match must have some entry, so that the index is not read from end to end."""
    return not isinstance(part, Without) and (
        not isinstance(part, All) or any(has_positive(inner) for inner in part.parts)
    )
