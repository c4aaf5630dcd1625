"""The parameters and the results of a search."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from apps.core.refusals import Refusal
from apps.discovery.embedders.base import Embedder
from apps.discovery.search.cursors import Cursor
from apps.discovery.search.planner import Plan
from apps.discovery.search.retrieval import Match

_FACETS = 12


class SearchTooSlow(Refusal):
    """The database did not answer within the time that a search may take. Narrow it down."""

    code = "search-too-slow"
    status = 503
    retry_after = 30

    def __init__(self) -> None:
        super().__init__(_("This search takes too long. Add a word or a filter."))


class Sort(StrEnum):
    """The order of results."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Settings:
    """Parameters of a search. timeout_ms: the limit of one statement."""

    source_language: str
    language: str
    timeout_ms: int
    now: datetime
    embedder: Embedder | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. by_meaning: it is similar to the query but may lack its words."""

    translation_id: int
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the counted results each filter leaves: (value, number), most first."""

    categories: list[tuple[str, int]] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)
    reviewed: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results.

    total: the number of matches, at most a thousand; with `is_more` there are more, and the facets
    count the newest thousand. following: the cursor of the next page, None on the last.
    """

    plan: Plan
    hits: list[Hit]
    following: Cursor | None
    total: int
    is_more: bool
    facets: Facets


def count_facets(matches: Sequence[Match]) -> Facets:
    """Count the categories (the twelve most frequent), years and reviews of matches."""
    categories = Counter(code for match in matches for code in match.categories)
    years = Counter(match.submitted_at.year for match in matches)
    return Facets(
        categories.most_common(_FACETS),
        sorted(years.items(), reverse=True)[:_FACETS],
        sum(match.is_reviewed for match in matches),
    )
