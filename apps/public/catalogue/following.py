"""The categories and keywords that a reader follows, and the merged list of their papers.

Readers have no accounts: their choices are in the URL and stored in the browser. Page and feeds
both use this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from apps.core.keyset import Page, Position
from apps.discovery.search.results import SearchTooSlow
from apps.papers.orderings import NEWEST
from apps.public.calendar.days import latest_day_by_category
from apps.public.catalogue.category_filter import filter_by_categories
from apps.public.catalogue.papers import listed_translations
from apps.public.catalogue.search import BadSearch, SearchParams, newest_for_keyword, read_params
from apps.public.site.content_language import content_language
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES
from apps.translation.models import Translation

MOST_CATEGORIES = 20
MOST_KEYWORDS = 10
LONGEST_QUOTE = 60
"""How many characters of an input are quoted in a message."""

_BY_SMALL_LETTERS = {code.lower(): code for code in CURRENT_CATEGORIES}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader follows. problems: messages about the inputs that were left out."""

    categories: tuple[str, ...] = ()
    searches: tuple[SearchParams, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def keywords(self) -> tuple[str, ...]:
        return tuple(params.text for params in self.searches)

    @property
    def is_empty(self) -> bool:
        return not (self.categories or self.searches)

    @property
    def names(self) -> list[str]:
        return [*self.categories, *self.keywords]

    def query_string(self, **more: str) -> str:
        """Return the canonical query string of the choices."""
        chosen = [("category", code) for code in self.categories]
        chosen += [("q", text) for text in self.keywords]
        return urlencode([*chosen, *more.items()])


def read_choices(categories: Iterable[str], keywords: Iterable[str]) -> Choices:
    """Read the choices in a URL. One query if a category is not one of arXiv's current ones.

    Args:
        categories: The codes in the URL.
        keywords: The searches in the URL.

    Returns:
        The choices. Unknown, malformed and surplus inputs are left out and reported in `problems`.
    """
    problems: list[str] = []
    codes = _existing_categories(categories, problems)
    searches = _searches(keywords, problems)
    if len(codes) > MOST_CATEGORIES:
        said = _("You can follow at most %(most)s categories. Left out: %(left_out)s.")
        problems.append(said % _too_many(codes, MOST_CATEGORIES))
    if len(searches) > MOST_KEYWORDS:
        said = _("You can follow at most %(most)s keywords. Left out: %(left_out)s.")
        problems.append(said % _too_many([params.text for params in searches], MOST_KEYWORDS))
    return Choices(tuple(codes[:MOST_CATEGORIES]), tuple(searches[:MOST_KEYWORDS]), tuple(problems))


def _too_many(names: Sequence[str], most: int) -> dict[str, object]:
    return {"most": most, "left_out": _(", ").join(map(_quoted, names[most : 2 * most]))}


def _existing_categories(categories: Iterable[str], problems: list[str]) -> list[str]:
    """Return the categories that are arXiv's or have papers here, without duplicates."""
    given = list(dict.fromkeys(code.strip() for code in categories if code.strip()))
    codes = [_BY_SMALL_LETTERS.get(code.lower(), code) for code in given]
    # PostgreSQL takes no NUL in a text, and no code is longer than this.
    strange = [code for code in codes if code not in CURRENT_CATEGORIES]
    short = [code for code in strange if len(code) <= 32 and code.isprintable()]
    here = latest_day_by_category(short[:MOST_CATEGORIES], content_language()) if short else {}
    existing = []
    for code in dict.fromkeys(codes):
        if code in CURRENT_CATEGORIES or code in here:
            existing.append(code)
        else:
            problems.append(
                _("“%(code)s” is not an arXiv category. Write a code such as cs.CL or hep-th.")
                % {"code": _quoted(code)}
            )
    return existing


def _searches(keywords: Iterable[str], problems: list[str]) -> list[SearchParams]:
    """Return the valid searches, without duplicates."""
    found: dict[str, SearchParams] = {}
    for text in keywords:
        if not text.strip():
            continue
        try:
            params = read_params({"q": text})
        except BadSearch as bad:
            problems.append(
                _("“%(text)s” cannot be followed: %(reason)s")
                % {"text": _quoted(text), "reason": bad}
            )
            continue
        if params.query.paper is not None:
            said = _(
                "“%(text)s” is a single paper, so no new papers can follow. Bookmark it instead."
            )
            problems.append(said % {"text": _quoted(text)})
        elif params.query.is_empty:
            said = _("“%(text)s” contains no search term.")
            problems.append(said % {"text": _quoted(text)})
        else:
            found.setdefault(params.text.casefold(), params)
    return list(found.values())


def _quoted(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


@dataclass(frozen=True, slots=True)
class MergedPage:
    """One page of the papers of all choices. too_slow: the keywords whose search timed out."""

    page: Page[Translation]
    too_slow: tuple[str, ...]


def newest_papers(
    choices: Choices, after: Position | None, *, now: datetime, size: int
) -> MergedPage:
    """Return a page of the papers of all categories and searches, newest first, without duplicates.

    Three queries, and one search for each keyword. The search index may lag, so its results are
    shown only if they are listed now.

    Args:
        choices: What the reader follows.
        after: The position after which the page begins; None for the first page.
        now: The current time.
        size: The maximum number of papers.

    Returns:
        The page and the searches that timed out.
    """
    language = content_language()
    listed = listed_translations(language).defer("abstract", "paper__abstract")
    found: dict[int, Translation] = {}
    # The last position read of each source; beyond the nearest one the list is incomplete.
    ends: list[Position] = []
    if choices.categories:
        page = NEWEST.page(
            filter_by_categories(listed, choices.categories, language), after, size=size
        )
        found = {translation.pk: translation for translation in page.rows}
        ends += [page.next] if page.next else []
    matched, too_slow = _matches(choices.searches, after, now=now, size=size, ends=ends)
    if missing := matched - found.keys():
        found |= {translation.pk: translation for translation in listed.filter(pk__in=missing)}
    end = max(ends, default=None)
    merged = [
        each
        for each in sorted(found.values(), key=NEWEST.position_of, reverse=True)
        if (end is None or NEWEST.position_of(each) >= end)
        and (after is None or NEWEST.position_of(each) < after)
    ]
    page = NEWEST.cut(merged, size)
    return MergedPage(Page(page.rows, page.next or end), tuple(too_slow))


def _matches(
    searches: Sequence[SearchParams],
    after: Position | None,
    *,
    now: datetime,
    size: int,
    ends: list[Position],
) -> tuple[set[int], list[str]]:
    """Return the keys of the matches of all searches, and the searches that timed out."""
    keys: set[int] = set()
    too_slow = []
    for params in searches:
        try:
            matches = newest_for_keyword(
                params, now=now, limit=size + 1, after=after, share=len(searches)
            )
        except SearchTooSlow:
            too_slow.append(params.text)
            continue
        keys.update(match.translation_id for match in matches[:size])
        if len(matches) > size:
            ends.append(matches[size - 1].position)
    return keys, too_slow
