"""What a formula of the attention score is made of, and what it may look at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

Fact = Mapping[str, Any]
"""What a component saw: numbers, days and words as JSON has them, without a language."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The value of one component (0 to 1 once bounded), and what it was taken from."""

    value: float
    fact: Fact = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One of the nearest papers, and where the scored paper stands in that one's own list.

    similarity: cosine. place: from 1; None where it is not in the list. listed: how long the
    list is.
    """

    similarity: float
    submitted_at: datetime
    place: int | None = None
    listed: int = 0


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """What this site knew of one author when the paper came: at most so many papers of a year.

    past_scores: of the author's papers before this one, 0 to 100.
    """

    papers_in_year: int = 0
    past_scores: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What this site knows about a paper when it is scored; nothing comes from elsewhere.

    neighbours: its nearest papers, nearest first. site_dates: when the papers of this site were
    submitted that could be neighbours, in order: all of them or an even sample, without the paper
    itself. site_score: the mean score of these under the formula, None where none has one.
    authors: as many as were looked up, in the order of the paper, of `author_count`.
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
    """One part of a score: `weight` points at most, times the bounded value of `measure`.

    label, meaning: for readers. scale: what gives no points, and what gives all. wording: puts a
    stored fact into a sentence of the reader's language.
    """

    name: str
    label: str | Promise
    meaning: str | Promise
    scale: str | Promise
    weight: int
    measure: Callable[[Facts], Measured]
    wording: Callable[[Fact], str] | None = None

    def say(self, fact: Fact) -> str:
        """Return the fact in words; empty where the formula kept none."""
        return self.wording(fact) if self.wording is not None and fact else ""


@dataclass(frozen=True, slots=True)
class Formula:
    """One version of the score; the weights of its components add up to 100."""

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
