"""The attention score: what it is made of, version by version.

A formula is a list of components. Each looks at facts known to this site when the paper is
scored, gives a value from 0 to 1, and counts for a fixed number of points; the points add up to
100. The score says how much attention a paper may get. It is no measure of quality.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECENT = timedelta(days=180)
CODE_OR_DATA = re.compile(
    r"github\.com|gitlab\.com|huggingface\.co|zenodo\.org|osf\.io|bitbucket\.org|kaggle\.com|"
    r"code (?:is|will be|are) (?:made )?(?:publicly )?available|we release (?:the |our )?code",
    re.IGNORECASE,
)
ACCEPTED = re.compile(
    r"\b(?:accepted (?:at|by|to|for|in)|to appear (?:in|at)|published (?:in|at)|camera[- ]ready|"
    r"oral|spotlight|best paper)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a paper when it is scored.

    similarities: cosine to its nearest papers, nearest first. neighbour_dates: when those were
    first submitted, in the same order.
    """

    submitted_at: datetime
    abstract: str
    comments: str
    journal_ref: str
    authors: int
    categories: int
    similarities: Sequence[float]
    neighbour_dates: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a score: `weight` points at most, times `measure(facts)` (0 to 1)."""

    name: str
    label: str | Promise
    meaning: str | Promise
    weight: int
    measure: Callable[[Facts], float]


@dataclass(frozen=True, slots=True)
class Formula:
    """One version of the score; the weights of its components add up to 100."""

    version: int
    components: tuple[Component, ...]

    def score(self, facts: Facts) -> tuple[float, list[dict[str, float | str]]]:
        """Return the score (0 to 100) and its components as they are stored and shown."""
        parts: list[dict[str, float | str]] = []
        total = 0.0
        for component in self.components:
            value = min(max(component.measure(facts), 0.0), 1.0)
            points = round(component.weight * value, 2)
            total += points
            parts.append({"name": component.name, "value": round(value, 4), "points": points})
        return round(min(total, 100.0), 2), parts


def topic_recency(facts: Facts) -> float:
    """Return the share of the nearest papers submitted in the half year around this one."""
    if not facts.neighbour_dates:
        return 0.0
    near = [date for date in facts.neighbour_dates if abs(facts.submitted_at - date) <= RECENT]
    return len(near) / len(facts.neighbour_dates)


def centrality(facts: Facts) -> float:
    """Return how near the nearest papers are: mean cosine of ten, 0.75 is 0 and 0.95 is 1.

    Cosines of this embedder lie close together; unrelated papers have about 0.75.
    """
    nearest = facts.similarities[:10]
    if not nearest:
        return 0.0
    return (sum(nearest) / len(nearest) - 0.75) / 0.2


def breadth(facts: Facts) -> float:
    """Return how many fields it is listed in: one is 0, four or more is 1."""
    return (facts.categories - 1) / 3


def openness(facts: Facts) -> float:
    """Return 1 when title page or abstract point to code or data, else 0."""
    return float(bool(CODE_OR_DATA.search(f"{facts.abstract} {facts.comments}")))


def acceptance(facts: Facts) -> float:
    """Return 1 when comments or journal reference say where it appears, else 0."""
    return float(bool(facts.journal_ref or ACCEPTED.search(facts.comments)))


def team(facts: Facts) -> float:
    """Return the size of the team on a logarithmic scale: one author is 0, thirty-two are 1."""
    return math.log2(max(facts.authors, 1)) / 5


FORMULAS: Mapping[int, Formula] = {
    1: Formula(
        version=1,
        components=(
            Component(
                "topic_recency",
                _("Liveliness of the topic"),
                _("the share of the nearest papers that appeared within half a year of this one"),
                30,
                topic_recency,
            ),
            Component(
                "centrality",
                _("Centrality"),
                _("how near the ten nearest papers on this site are"),
                25,
                centrality,
            ),
            Component(
                "breadth",
                _("Breadth"),
                _("in how many arXiv categories it is listed"),
                15,
                breadth,
            ),
            Component(
                "openness",
                _("Code and data"),
                _("whether the abstract or the comments point to code or data"),
                10,
                openness,
            ),
            Component(
                "acceptance",
                _("Venue"),
                _("whether the comments or the journal reference name a venue"),
                10,
                acceptance,
            ),
            Component("team", _("Team"), _("the number of authors, logarithmically"), 10, team),
        ),
    ),
}
