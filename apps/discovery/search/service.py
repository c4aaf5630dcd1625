"""Search: the results of a query, page by page.

The best results come first, ranked by words and by meaning with reciprocal rank fusion (Cormack,
Clarke and Büttcher 2009). The rest follows newest first: matches of the words as typed, then
matches of the words inside longer words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from pgvector import HalfVector

from apps.core.keyset import Position
from apps.discovery.search.cursors import Cursor
from apps.discovery.search.planner import make_plan
from apps.discovery.search.results import (
    Hit,
    Results,
    Settings,
    Sort,
    count_facets,
)
from apps.discovery.search.retrieval import (
    Match,
    Scope,
    find_newest,
    latest_key,
    matches_of_papers,
    month_entries_until,
    text_ranks,
)
from apps.discovery.search.semantic import papers_near, vector_of
from apps.discovery.search.synonyms import thesaurus
from apps.discovery.search.timeouts import statement_timeout
from apps.discovery.search.tsquery import Clause, Counts, any_of
from apps.text.search.query import Query
from apps.translation.glossary.service import glossary_index

MOST_COUNTED = 1_000
"""The number of results is exact up to here; facets count no more."""
CANDIDATES = 100
"""How many papers of each ranking are fused."""
ADDED = 20
"""How many of the best results may match by meaning alone."""
RRF_K = 60
ENOUGH = 40
"""An expensive search stops counting after so many results."""


def search(
    query: Query,
    settings: Settings,
    *,
    sort: Sort = Sort.RELEVANCE,
    cursor: Cursor | None = None,
    size: int = 20,
) -> Results:
    """Return one page of the results of a query, in about ten statements of one transaction.

    Args:
        query: The parsed query; not empty.
        settings: Languages, time limit, current time, and the embedder if there is one.
        sort: By relevance, or newest first.
        cursor: Where the page begins; None for the first page.
        size: The number of results on a page.

    Returns:
        The page, with the total and the facets of all pages.

    Raises:
        SearchTooSlow: A statement took longer than `settings.timeout_ms`.
    """
    vector = None
    if sort == Sort.RELEVANCE and query.words:
        meaning = " ".join((*query.words, *query.phrases))
        vector = vector_of(meaning, settings.embedder)
    with statement_timeout(settings.timeout_ms):
        return _Search(query, settings, cursor).page(sort, vector, size)


def newest_matches(
    query: Query, settings: Settings, *, limit: int, after: Position | None = None
) -> list[Match]:
    """Return the newest matches of a query.

    Args:
        query: The parsed query.
        settings: As for `search`; the embedder is not used.
        limit: The most matches to return.
        after: Only matches after this position.

    Returns:
        The matches, newest first.

    Raises:
        SearchTooSlow: A statement took longer than `settings.timeout_ms`.
    """
    with statement_timeout(settings.timeout_ms):
        matches, _ = _Search(query, settings, None).newest(limit, after)
    return matches


def fuse(rankings: Iterable[Sequence[int]], k: int = RRF_K) -> list[int]:
    """Return the keys of all rankings by their sum of 1 / (k + place), the highest first.

    Keys with equal sums keep the order of their first appearance.
    """
    points: dict[int, float] = {}
    for ranking in rankings:
        for place, key in enumerate(ranking, start=1):
            points[key] = points.get(key, 0.0) + 1 / (k + place)
    return sorted(points, key=lambda key: -points[key])


class _Search:
    """One search in progress."""

    def __init__(self, query: Query, settings: Settings, cursor: Cursor | None) -> None:
        self.settings = settings
        self.cursor = cursor
        self.today = settings.now.date()
        self.months = month_entries_until(self.today)
        known = thesaurus(glossary_index(settings.source_language, settings.language))
        self.plan = make_plan(query, known, self.months)
        self.scope = Scope(settings.language, query.since, query.until)

    def page(self, sort: Sort, vector: HalfVector | None, size: int) -> Results:
        """Return the page that begins at the cursor."""
        if sort == Sort.NEWEST:
            return self._page_of_newest(size)
        up_to = latest_key() if self.cursor is None else self.cursor.up_to
        self.scope = replace(self.scope, up_to=up_to)
        found, are_all = self.candidates()
        best = self._best(found, vector)
        hits, following = self._page_after(best, up_to, size)
        return self._results(hits, following, found, are_all)

    def candidates(self) -> tuple[list[Match], bool]:
        """Return the newest matches, exact ones first, and whether these are all.

        One more than are counted, to tell whether there are more.
        """
        plan = self.plan
        exact, are_all = self._newest(plan.exact, plan.counts, MOST_COUNTED + 1, enough=ENOUGH)
        if not are_all or self.wide is None:
            return exact, are_all
        wide, are_all = self._newest(*self.wide, MOST_COUNTED + 1 - len(exact), enough=ENOUGH)
        return exact + wide, are_all

    def newest(
        self, limit: int, after: Position | None, enough: int | None = None
    ) -> tuple[list[Match], bool]:
        """Return the newest matches, exact or inside longer words, and whether these are all."""
        if self.wide is None or self.plan.exact is None:
            return self._newest(self.plan.exact, self.plan.counts, limit, after, enough)
        clause, counts = self.wide
        merged = Counts({**self.plan.counts.by_entry, **counts.by_entry}, counts.total)
        return self._newest(any_of([self.plan.exact, clause]), merged, limit, after, enough)

    @cached_property
    def wide(self) -> tuple[Clause, Counts] | None:
        """The clause for the words inside longer words, with its counts."""
        return self.plan.wide(self.months)

    def _newest(
        self,
        clause: Clause | None,
        counts: Counts,
        limit: int,
        after: Position | None = None,
        enough: int | None = None,
    ) -> tuple[list[Match], bool]:
        if clause is None and self.scope.since is None and self.scope.until is None:
            # The query has only punctuation, which is not indexed.
            return [], True
        return find_newest(
            clause,
            self.scope,
            counts,
            today=self.today,
            limit=limit,
            after=after,
            ranking=self.plan.ranking,
            enough=enough,
        )

    def _best(self, found: list[Match], vector: HalfVector | None) -> list[Hit]:
        """Return the best results by words and, with a vector, by meaning."""
        by_words = self._by_words(found)
        if vector is None or self.settings.embedder is None:
            return [Hit(key) for key in by_words]
        papers = papers_near(vector, self.settings.embedder)
        fits = matches_of_papers(papers, self.plan.wanted, self.scope)
        near = [fits[paper].translation_id for paper in papers if paper in fits][:CANDIDATES]
        has_words = {match.translation_id for match in found}
        added = [key for key in near if key not in has_words][:ADDED]
        kept = has_words | set(added)
        by_meaning = [key for key in near if key in kept]
        return [Hit(key, key not in has_words) for key in fuse([by_words, by_meaning])]

    def _by_words(self, found: list[Match]) -> list[int]:
        """Return the best results by words: chosen by titles, ordered by the whole text."""
        ranking = self.plan.ranking
        order = {match.translation_id: at for at, match in enumerate(found)}
        titles = {match.translation_id: match.rank for match in found}
        best = sorted(order, key=lambda key: (-titles[key], order[key]))[:CANDIDATES]
        if ranking is None:
            return best
        whole = text_ranks(best, ranking)
        return sorted(best, key=lambda key: (-titles[key] - whole.get(key, 0.0), order[key]))

    def _page_after(
        self, best: list[Hit], up_to: int, size: int
    ) -> tuple[list[Hit], Cursor | None]:
        """Return the hits from the cursor on, and the cursor of the next page."""
        cursor = self.cursor or Cursor(up_to, 0)
        hits: list[Hit] = []
        if cursor.best is not None:
            hits = best[cursor.best : cursor.best + size]
            if cursor.best + size < len(best):
                return hits, Cursor(up_to, cursor.best + size)
            cursor = Cursor(up_to, None, 0, None)
        self.scope = replace(self.scope, without=tuple(hit.translation_id for hit in best))
        # One more than the page holds tells whether there is a next page.
        wanted = size - len(hits) + 1
        rest: list[tuple[int, Match]] = []
        for tier in range(cursor.tier, 2):
            asked = (self.plan.exact, self.plan.counts) if tier == 0 else self.wide
            if asked is None or len(rest) >= wanted:
                break
            after = cursor.position if tier == cursor.tier else None
            found, _ = self._newest(*asked, wanted - len(rest), after)
            rest += [(tier, match) for match in found]
        shown = rest[: wanted - 1]
        hits += [Hit(match.translation_id) for _, match in shown]
        if len(rest) < wanted:
            return hits, None
        if not shown:
            return hits, Cursor(up_to, len(best))
        tier, last = shown[-1]
        return hits, Cursor(up_to, None, tier, last.position)

    def _page_of_newest(self, size: int) -> Results:
        counted, are_all = self.newest(MOST_COUNTED + 1, None, enough=max(ENOUGH, size + 1))
        shown = counted[: size + 1]
        if self.cursor is not None:
            shown, _ = self.newest(size + 1, self.cursor.position)
        following = None
        if len(shown) > size:
            following = Cursor(0, None, 0, shown[size - 1].position)
        hits = [Hit(match.translation_id) for match in shown[:size]]
        return self._results(hits, following, counted, are_all)

    def _results(
        self, hits: list[Hit], following: Cursor | None, found: list[Match], are_all: bool
    ) -> Results:
        counted = found[:MOST_COUNTED]
        return Results(
            plan=self.plan,
            hits=hits,
            following=following,
            total=len(counted),
            is_more=not are_all,
            facets=count_facets(counted),
        )
