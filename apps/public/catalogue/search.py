"""Search for page, feed and API: parameters, results, and the sentences to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from apps.core.keyset import BrokenCursor, Position
from apps.discovery.embedders import embedder
from apps.discovery.search.cursors import Cursor
from apps.discovery.search.results import Results, Settings, Sort
from apps.discovery.search.retrieval import Match
from apps.discovery.search.service import newest_matches, search
from apps.public.catalogue.papers import listed_translations
from apps.public.catalogue.published_paper import IN_LISTS, PublishedPaper, load_papers
from apps.public.site.content_language import content_language
from apps.text.search.highlight import count_marks
from apps.text.search.query import (
    LONGEST_QUERY,
    MOST_WORDS,
    InvalidQuery,
    Query,
    QueryProblem,
    first_day,
    last_day,
    parse_category,
    parse_query,
)
from apps.translation.models import Segment, SegmentField, TranslationQuerySet

T = TypeVar("T")

PARAMETERS = ("q", "category", "field", "from", "until", "reviewed", "sort")
"""The parameters of a search; the URL of a page of results also has `after`."""


class BadSearch(ValueError):
    """A parameter of a search is invalid; the message says what to do."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class SearchParams:
    """The parameters of a search. given: as text, in order, without empty ones."""

    query: Query
    sort: Sort
    cursor: Cursor | None
    given: dict[str, str]

    @property
    def text(self) -> str:
        return self.given.get("q", "")

    def query_string(self, **changes: str) -> str:
        """Return the canonical query string with some parameters changed; "" removes one."""
        merged = {**self.given, **changes}
        ordered = [(name, merged[name]) for name in (*PARAMETERS, "after") if merged.get(name)]
        return urlencode(ordered)


def read_params(parameters: Mapping[str, str], *, cursor: str | None = None) -> SearchParams:
    """Read the parameters of a search. Unknown parameters are ignored.

    Args:
        parameters: As in the URL.
        cursor: The cursor of the page; None for the first page.

    Returns:
        The parsed parameters.

    Raises:
        BadSearch: If a parameter or the cursor is invalid.
    """
    given = {
        name: " ".join(value.split()) for name in PARAMETERS if (value := parameters.get(name, ""))
    }
    query = _read_one("q", given, parse_query) or Query()
    categories = _read_one("category", given, parse_category)
    field = _read_one("field", given, parse_category)
    since = _read_one("from", given, first_day) or query.since
    until = _read_one("until", given, last_day) or query.until
    sort = _read_one("sort", given, _sort) or Sort.RELEVANCE
    query = replace(
        query,
        categories=(categories,) if categories else query.categories,
        fields=(field,) if field else query.fields,
        since=since,
        until=until,
        reviewed=given.get("reviewed", "") in ("1", "true", "on"),
    )
    if "q" in given:
        given["q"] = query.text
    if sort == Sort.RELEVANCE:
        given.pop("sort", None)
    if not query.reviewed:
        given.pop("reviewed", None)
    try:
        begins = Cursor.parse(cursor) if cursor else None
    except BrokenCursor as broken:
        raise BadSearch(
            "cursor",
            _(
                "“%(cursor)s” is not a position in these results. Omit it to start from the "
                "beginning, or use the URL of the next page unchanged."
            )
            % {"cursor": broken.text},
        ) from broken
    return SearchParams(
        query, sort, begins, {name: value for name, value in given.items() if value}
    )


def _read_one(name: str, given: Mapping[str, str], reader: Callable[[str], T]) -> T | None:
    if not given.get(name):
        return None
    try:
        return reader(given[name])
    except InvalidQuery as bad:
        raise BadSearch(name, problem_message(bad)) from bad


def _sort(text: str) -> Sort:
    try:
        return Sort(text)
    except ValueError:
        raise InvalidQuery(QueryProblem.NO_ORDER, text) from None


def problem_message(bad: InvalidQuery) -> str:
    """Return the message for an invalid query: what is wrong and what to do."""
    given = {"given": bad.given, "characters": LONGEST_QUERY, "words": MOST_WORDS}
    if bad.problem == QueryProblem.TOO_LONG:
        said = _("The search is too long. Use at most %(characters)s characters.")
    elif bad.problem == QueryProblem.TOO_MANY_WORDS:
        said = _("Too many words. Use at most %(words)s words, phrases and filters.")
    elif bad.problem == QueryProblem.NO_DATE:
        said = _(
            "“%(given)s” is not a date. Write a year, a month or a day: 2025, 2025-02, 2025-02-28."
        )
    elif bad.problem == QueryProblem.NO_ORDER:
        said = _("“%(given)s” is not an order. Write relevance or newest.")
    else:
        said = _(
            "“%(given)s” is not a category or field. Write a code such as cs.CL, hep-th or physics."
        )
    return said % given


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """One result. sentence: the best matching sentence of the abstract, if any."""

    entry: PublishedPaper
    by_meaning: bool
    sentence: Segment | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results."""

    params: SearchParams
    results: Results
    papers: list[FoundPaper]

    @property
    def marks(self) -> tuple[str, ...]:
        """The folded words to highlight."""
        return self.results.plan.marks


def search_page(params: SearchParams, *, now: datetime, size: int) -> SearchPage:
    """Run a search. Only translations that are listed now are shown, whatever the index holds.

    Args:
        params: The parameters, not empty.
        now: The current time.
        size: The maximum number of results.

    Returns:
        One page of results.

    Raises:
        SearchTooSlow: If the search times out.
    """
    results = search(
        params.query,
        _settings(now, is_meant=params.sort == Sort.RELEVANCE),
        sort=params.sort,
        cursor=params.cursor,
        size=size,
    )
    keys = [hit.translation_id for hit in results.hits]
    shown = {entry.translation.pk: entry for entry in load_papers(_listed(keys), IN_LISTS)}
    sentences = _best_sentences(list(shown), results.plan.marks)
    papers = [
        FoundPaper(shown[hit.translation_id], hit.by_meaning, sentences.get(hit.translation_id))
        for hit in results.hits
        if hit.translation_id in shown
    ]
    return SearchPage(params, results, papers)


def newest_found_papers(params: SearchParams, *, now: datetime, limit: int) -> TranslationQuerySet:
    """Return the newest matches of a search, for feeds. Raises SearchTooSlow."""
    matches = newest_matches(params.query, _settings(now, is_meant=False), limit=limit)
    keys = [match.translation_id for match in matches]
    return listed_translations(content_language()).filter(pk__in=keys)


def newest_for_keyword(
    params: SearchParams, *, now: datetime, limit: int, after: Position | None, share: int
) -> list[Match]:
    """Return the newest matches of one of several searches, after a position.

    share: the number of searches; together they get the time of two. Raises SearchTooSlow.
    """
    given = _settings(now, is_meant=False)
    timeout = min(given.timeout_ms, 2 * given.timeout_ms // share)
    return newest_matches(
        params.query, replace(given, timeout_ms=timeout), limit=limit, after=after
    )


def _listed(keys: Sequence[int]) -> TranslationQuerySet:
    listed = listed_translations(content_language()).filter(pk__in=keys)
    return listed.defer("abstract", "paper__abstract")


def _settings(now: datetime, *, is_meant: bool) -> Settings:
    return Settings(
        source_language=settings.SOURCE_LANGUAGE,
        language=content_language(),
        timeout_ms=settings.SEARCH_TIMEOUT_MS,
        now=now,
        embedder=embedder() if is_meant else None,
    )


def _best_sentences(keys: Sequence[int], marks: Sequence[str]) -> dict[int, Segment]:
    """Return the sentence with most highlights in either language, by translation key."""
    best: dict[int, tuple[int, Segment]] = {}
    segments: dict[int, list[Segment]] = defaultdict(list)
    if not marks:
        return {}
    rows = Segment.objects.filter(translation__in=keys, field=SegmentField.ABSTRACT)
    for segment in rows.only("translation_id", "text", "source").order_by("position"):
        segments[segment.translation_id].append(segment)
    for key, of_one in segments.items():
        for segment in of_one:
            number = count_marks(f"{segment.text}\n{segment.source}", marks)
            if number and (key not in best or number > best[key][0]):
                best[key] = number, segment
    return {key: segment for key, (_number, segment) in best.items()}
