"""Searching: what a query finds, in which order, page by page.

The results begin with the best ones, where the rank by words and the rank by meaning are fused by
reciprocal rank fusion (Cormack, Clarke and Büttcher 2009). The rest follows newest first: what fits
as typed, then what has the words as parts of longer ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

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
"""Up to here the number of results is exact, and facets are of all of them."""
CANDIDATES = 100
"""Papers of each rank that are fused."""
ADDED = 20
"""Papers among the best that are near in meaning but need not have the words."""
RRF_K = 60
ENOUGH = 40
"""Results after which a search that is much work stops to count them."""


def search(
    query: Query,
    settings: Settings,
    *,
    sort: Sort = Sort.RELEVANCE,
    cursor: Cursor | None = None,
    size: int = 20,
) -> Results:
    """Return one page of what a query finds. The query must not be empty.

    Raises SearchTooSlow. Its own transaction, about ten statements however large the corpus.
    """
    vector = None
    if sort == Sort.RELEVANCE:
        vector = vector_of(meaning_of(query), settings.embedder)
    with statement_timeout(settings.timeout_ms):
        return _Search(query, settings, cursor).page(sort, vector, size)


def newest_keys(query: Query, settings: Settings, *, limit: int) -> list[int]:
    """Return the keys of the `limit` newest translations that fit a query, for feeds.

    Raises SearchTooSlow.
    """
    return [match.translation_id for match in newest_matches(query, settings, limit=limit)]


def newest_matches(
    query: Query, settings: Settings, *, limit: int, after: Position | None = None
) -> list[Match]:
    """Return the `limit` newest that fit a query, newest first; only those after `after`.

    Raises SearchTooSlow.
    """
    with statement_timeout(settings.timeout_ms):
        matches, _ = _Search(query, settings, None).newest(limit, after)
    return matches


def fuse(rankings: Iterable[Sequence[int]], k: int = RRF_K) -> list[int]:
    """Return the keys of all rankings, the best first: each place gives 1 / (k + place).

    Equal sums stand in the order in which they were first seen.
    """
    points: dict[int, float] = {}
    for ranking in rankings:
        for place, key in enumerate(ranking, start=1):
            points[key] = points.get(key, 0.0) + 1 / (k + place)
    return sorted(points, key=lambda key: -points[key])


class _Search:
    """One search while it runs."""

    def __init__(self, query: Query, settings: Settings, cursor: Cursor | None) -> None:
        self.settings = settings
        self.cursor = cursor
        self.today = settings.now.date()
        self.months = month_entries_until(self.today)
        known = thesaurus(glossary_index(settings.source_language, settings.language))
        self.plan = make_plan(query, known, self.months)
        self.scope = Scope(settings.language, query.since, query.until)
        self._wide: tuple[Clause, Counts] | None = None
        self._asked_wide = False

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
        """Return the newest that fit, those as typed first, and whether these are all.

        One more than are counted, so that one knows.
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
        """Return the newest that fit in any way."""
        if self.wide is None or self.plan.exact is None:
            return self._newest(self.plan.exact, self.plan.counts, limit, after, enough)
        part, counts = self.wide
        merged = Counts({**self.plan.counts.of_entry, **counts.of_entry}, counts.total)
        return self._newest(any_of([self.plan.exact, part]), merged, limit, after, enough)

    @property
    def wide(self) -> tuple[Clause, Counts] | None:
        """What has the words as parts of longer words; looked up when it is first asked for."""
        if not self._asked_wide:
            self._wide, self._asked_wide = self.plan.wide(self.months), True
        return self._wide

    def _newest(
        self,
        part: Clause | None,
        counts: Counts,
        limit: int,
        after: Position | None = None,
        enough: int | None = None,
    ) -> tuple[list[Match], bool]:
        if part is None and self.scope.since is None and self.scope.until is None:
            # There were only signs, which no paper can be asked for.
            return [], True
        return find_newest(
            part,
            self.scope,
            counts,
            today=self.today,
            limit=limit,
            after=after,
            ranking=self.plan.ranking,
            enough=enough,
        )

    def _best(self, found: list[Match], vector: HalfVector | None) -> list[Hit]:
        """Return the best results: both ranks fused, or the one there is."""
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
        """Return the best by words: the titles choose among all, then the whole text decides."""
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
        """Return the hits from the cursor on, and where the next page begins."""
        cursor = self.cursor or Cursor(up_to, 0)
        hits: list[Hit] = []
        if cursor.best is not None:
            hits = best[cursor.best : cursor.best + size]
            if cursor.best + size < len(best):
                return hits, Cursor(up_to, cursor.best + size)
            cursor = Cursor(up_to, None, 0, None)
        self.scope = replace(self.scope, without=tuple(hit.translation_id for hit in best))
        # One more than fit on the page says whether there is another.
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


def meaning_of(query: Query) -> str:
    """Return the text whose meaning is looked for; none without a free word."""
    return " ".join((*query.words, *query.phrases)) if query.words else ""
