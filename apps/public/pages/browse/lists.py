"""The lists of papers: home, day, categories. Without cookies and sessions."""

from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from apps.core.keyset import Page
from apps.papers.orderings import NEWEST
from apps.public.calendar.days import categories_of_day, days_with_papers
from apps.public.calendar.months import month_of
from apps.public.catalogue.category_filter import filter_by_categories
from apps.public.catalogue.papers import highest_scored, listed_translations
from apps.public.catalogue.published_paper import IN_LISTS, load_papers
from apps.public.pages.browse.calendar import calendar_context
from apps.public.pages.browse.category_groups import groups_with_papers
from apps.public.pages.caching import public_page
from apps.public.pages.params import day_param, position_param
from apps.public.site.content_language import content_language
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES, category_name
from apps.translation.models import Translation, TranslationQuerySet

DAYS_ON_HOME = 3
PAPERS_PER_DAY_ON_HOME = 20
PAPERS_PER_PAGE = 50
DAYS_OF_CATEGORY = 7


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the highest scored papers of the latest days."""
    language = content_language()
    days = list(days_with_papers(language)[:DAYS_ON_HOME])
    found = [
        highest_scored(
            listed_translations(language)
            .submitted_on(listed.day)
            .defer("abstract", "paper__abstract"),
            PAPERS_PER_DAY_ON_HOME,
        )
        for listed in days
    ]
    entries = {
        entry.translation.pk: entry for entry in load_papers(chain.from_iterable(found), IN_LISTS)
    }
    sections = [
        {
            "day": listed.day,
            "papers": listed.papers,
            "entries": [entries[translation.pk] for translation in of_day],
            "more": listed.papers > len(of_day),
        }
        for listed, of_day in zip(days, found, strict=True)
        if of_day
    ]
    return render(request, "pages/browse/home.html", {"sections": sections})


@public_page
def day(request: HttpRequest, day: str) -> HttpResponse:
    """Show the papers of a day, with its calendar, categories and neighbouring days."""
    chosen = day_param(day)
    language = content_language()
    month = month_of(chosen, language)
    page = page_of(request, listed_translations(language).submitted_on(chosen))
    context: dict[str, Any] = {
        "day": chosen,
        "month": month,
        "neighbours": month.around(chosen),
        "entries": load_papers(page.rows, IN_LISTS),
        "following": NEWEST.next_cursor(page),
        "is_first": "after" not in request.GET,
    }
    if not page.rows:
        return render(request, "pages/browse/day.html", context, status=404)
    context |= {"categories": categories_of_day(chosen, language), **calendar_context(month)}
    return render(request, "pages/browse/day.html", context)


@public_page
def categories(request: HttpRequest) -> HttpResponse:
    """Show the categories that have papers, by group, each with its latest day."""
    groups = groups_with_papers(content_language(), get_language() or "")
    return render(request, "pages/browse/categories.html", {"groups": groups})


@public_page
def category(request: HttpRequest, code: str) -> HttpResponse:
    """Show the papers of a category, cross-lists included, newest first."""
    language = content_language()
    page = page_of(request, filter_by_categories(listed_translations(language), [code], language))
    context = {
        "code": code,
        "group": category_name(code),
        "entries": load_papers(page.rows, IN_LISTS),
        "following": NEWEST.next_cursor(page),
        "is_first": "after" not in request.GET,
    }
    if page.rows:
        context["days"] = list(days_with_papers(language, code)[:DAYS_OF_CATEGORY])
    exists = code in CURRENT_CATEGORIES or page.rows
    return render(request, "pages/browse/category.html", context, status=200 if exists else 404)


def page_of(
    request: HttpRequest, translations: TranslationQuerySet, *, parameter: str = "after"
) -> Page[Translation]:
    """Return the page of a list at the cursor in a parameter. Raises Http404 if it is broken."""
    slim = translations.defer("abstract", "paper__abstract")
    return NEWEST.page(slim, position_param(request, parameter), size=PAPERS_PER_PAGE)
