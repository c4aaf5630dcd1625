"""The archive: months as calendars, and years."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.public.calendar.days import days_with_papers
from apps.public.calendar.months import (
    BadMonth,
    MonthOfPapers,
    month_of,
    parse_month,
    weekdays,
    year_of,
)
from apps.public.pages.caching import public_page
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import page_path


@public_page
def latest_month(request: HttpRequest) -> HttpResponse:
    """Redirect to the latest month that has papers."""
    listed = days_with_papers(content_language()).first()
    if listed is None:
        raise Http404(_("No paper has been published yet."))
    return redirect(page_path("month", f"{listed.day:%Y-%m}"))


@public_page
def month(request: HttpRequest, month: str) -> HttpResponse:
    """Show the calendar of a month; without papers, 404 with links to the nearest ones."""
    try:
        first = parse_month(month)
    except BadMonth as bad:
        raise Http404(str(bad)) from bad
    shown = month_of(first, content_language())
    context = {"month": shown, **(calendar_context(shown) if shown.days else {})}
    return render(request, "pages/browse/month.html", context, status=200 if shown.days else 404)


@public_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the months of a year; without papers, 404 with links to the nearest years."""
    if not date.min.year <= year <= date.max.year:
        raise Http404(_("There is no year “%(year)s”.") % {"year": f"{year:04d}"})
    shown = year_of(year, content_language())
    most = max(papers for _month, papers in shown.months)
    context = {"year": shown, "first": date(year, 1, 1), "most": most}
    return render(request, "pages/browse/year.html", context, status=200 if shown.total else 404)


def calendar_context(month: MonthOfPapers) -> dict[str, Any]:
    """Return the context of the template of a calendar."""
    interface = get_language() or ""
    return {"weeks": month.weeks(interface), "weekdays": weekdays(interface)}
