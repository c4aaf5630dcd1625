"""Formulas, their components, and the facts that they use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

Fact = Mapping[str, Any]
"""The basis of a component's value, as JSON without text in any language."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The value of one component, still to be limited to 0 to 1, and its basis."""

    value: float
    fact: Fact = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One of the nearest papers, with the place of the scored paper in its list.

    similarity: cosine. place: from 1; None if it is not in the list. listed: length of the list.
    """

    similarity: float
    submitted_at: datetime
    place: int | None = None
    listed: int = 0


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """An author's papers on this site in the year before, and scores (0 to 100) of earlier ones."""

    papers_in_year: int = 0
    past_scores: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What this site knows about a paper when it is scored.

    neighbours: nearest first. site_dates: sorted dates of submission of possible neighbours, or
    an even sample. site_score: their mean score; None without any. authors: in the order of the
    paper, possibly fewer than `author_count`.
    """

    submitted_at: datetime
    abstract: str = ""
    comments: str = ""
    journal_ref: str = ""
    categories: Sequence[str] = ()
    author_count: int = 0
    neighbours: Sequence[Neighbour] = ()
    site_dates: Sequence[datetime] = ()
    site_score: float | None = None
    authors: Sequence[AuthorRecord] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a score: `weight` points times the value of `measure`, limited to 0 to 1.

    label, meaning: for readers. scale: what gives no points and all points. describe: states a
    stored fact in the reader's language.
    """

    name: str
    label: str | Promise
    meaning: str | Promise
    scale: str | Promise
    weight: int
    measure: Callable[[Facts], Measured]
    describe: Callable[[Fact], str] | None = None

    def fact_label(self, fact: Fact) -> str:
        """Return the fact as a sentence; "" where the formula stores none."""
        return self.describe(fact) if self.describe is not None and fact else ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A version of the score; the weights of its components add up to 100."""

    version: int
    summary: str | Promise
    components: tuple[Component, ...]

    def score(self, facts: Facts) -> tuple[float, list[dict[str, Any]]]:
        """Return the score (0 to 100) and its components as they are stored and shown."""
        parts: list[dict[str, Any]] = []
        total = 0.0
        for component in self.components:
            measured = component.measure(facts)
            value = min(max(measured.value, 0.0), 1.0)
            points = round(component.weight * value, 2)
            total += points
            parts.append(
                {
                    "name": component.name,
                    "value": round(value, 4),
                    "points": points,
                    "fact": dict(measured.fact),
                }
            )
        return round(min(total, 100.0), 2), parts
