"""The pages of rising topics."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from apps.discovery.trends import statistic as statistic
from apps.discovery.trends.selectors import WEEKS_NEEDED, weeks_with_papers
from apps.public.calendar.weeks import BadWeek, parse_week
from apps.public.catalogue.trends import topics_of
from apps.public.pages.caching import public_page
from apps.public.site.content_language import content_language
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES
from apps.text.render import bar_charts


@public_page
def trends(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show the rising topics of all papers or a category, of the latest week or `?week=`."""
    written = request.GET.get("week")
    try:
        week = None if written is None else parse_week(written)
    except BadWeek as bad:
        raise Http404(str(bad)) from bad
    page = topics_of(code, week, content_language())
    context: dict[str, Any] = {
        "code": code,
        "week": written,
        "page": page,
        "chart": {
            "width": bar_charts.STEP * 15,
            "height": bar_charts.HEIGHT,
            "bar": bar_charts.BAR,
        },
        "statistic": statistic,
    }
    if page is not None:
        return render(request, "pages/browse/trends.html", context)
    context |= {"weeks_needed": WEEKS_NEEDED, "weeks_so_far": weeks_with_papers()}
    is_page = week is None and (not code or code in CURRENT_CATEGORIES)
    return render(request, "pages/browse/trends.html", context, status=200 if is_page else 404)
