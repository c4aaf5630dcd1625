"""The papers of one category on one day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.core.keyset import Page
from apps.papers.orderings import NEWEST
from apps.public.calendar.months import month_of
from apps.public.catalogue.papers import listed_translations
from apps.public.catalogue.published_paper import IN_LISTS, load_papers
from apps.public.pages.browse.calendar import calendar_context
from apps.public.pages.browse.lists import page_of
from apps.public.pages.caching import public_page
from apps.public.pages.params import day_param
from apps.public.site.content_language import content_language
from apps.translation.models import Translation

NO_PAGE: Page[Translation] = Page([])


@public_page
def category_day(request: HttpRequest, code: str, day: str) -> HttpResponse:
    """Show the papers of a category submitted on a day, in two sections as in arXiv's lists.

    Papers with this primary category come first, then cross-lists. `?after=` pages the first
    section, `?cross=` the second.
    """
    chosen = day_param(day)
    language = content_language()
    month = month_of(chosen, language, code)
    papers = listed_translations(language).submitted_on(chosen).in_category(code)
    primary = cross = NO_PAGE
    if "cross" not in request.GET:
        primary = page_of(request, papers.filter(paper__primary_category=code))
    if primary.next is None:
        crossed = papers.exclude(paper__primary_category=code)
        cross = page_of(request, crossed, parameter="cross")
    entries = load_papers([*primary.rows, *cross.rows], IN_LISTS)
    context: dict[str, Any] = {
        "code": code,
        "day": chosen,
        "month": month,
        "neighbours": month.around(chosen),
        "sections": [
            ("new", entries[: len(primary.rows)]),
            ("cross", entries[len(primary.rows) :]),
        ],
        "after": NEWEST.next_cursor(primary),
        "cross": NEWEST.next_cursor(cross),
        "is_first": not {"after", "cross"} & set(request.GET),
    }
    if not entries:
        return render(request, "pages/browse/category_day.html", context, status=404)
    context |= calendar_context(month)
    return render(request, "pages/browse/category_day.html", context)
