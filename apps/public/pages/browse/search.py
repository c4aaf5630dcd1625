"""Search: the page of results, and the feed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.discovery.search.results import SearchTooSlow, Sort
from apps.public.catalogue.search import (
    BadSearch,
    SearchPage,
    SearchParams,
    newest_found_papers,
    read_params,
    search_page,
)
from apps.public.pages.caching import public_page
from apps.public.pages.feeds.content import ENTRIES
from apps.public.pages.feeds.views import FeedForm, feed_response
from apps.public.site.page_urls import absolute, page_path
from apps.text.arxiv.taxonomy_data import GROUPS

RESULTS = 20
SECONDS_BEFORE_RETRY = 30


@public_page
def results(request: HttpRequest) -> HttpResponse:
    """Show the results of a search; an arXiv identifier or URL redirects to the paper.

    400 for an invalid search, 503 if it times out.
    """
    try:
        params = read_params(request.GET.dict(), cursor=request.GET.get("after"))
    except BadSearch as bad:
        return _page(request, {"problem": str(bad), "search_text": request.GET.get("q", "")}, 400)
    if params.query.paper is not None:
        return redirect(page_path("paper", params.query.paper.base))
    context: dict[str, Any] = {
        "search_text": params.text,
        "params": params,
        "page_query": f"?{params.query_string()}" if params.given else "",
        "canonical": absolute(f"{page_path('search')}?{params.query_string()}"),
    }
    if params.query.is_empty:
        return _page(request, context)
    try:
        page = search_page(params, now=timezone.now(), size=RESULTS)
    except SearchTooSlow as slow:
        response = _page(request, {**context, "too_slow": True}, slow.status)
        response["Retry-After"] = str(slow.retry_after)
        return response
    return _page(request, {**context, **_shown(page)})


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    language = get_language() or ""
    groups = [(code, names[language == "ja"]) for code, names in GROUPS.items()]
    return render(request, "pages/browse/search.html", {"groups": groups, **context}, status=status)


def _shown(page: SearchPage) -> dict[str, Any]:
    """Return the context of a page of results."""
    params, results = page.params, page.results
    literal = params.text
    for each in results.plan.corrections:
        literal = literal.replace(each.typed, f'"{each.typed}"')
    return {
        "papers": page.papers,
        "marks": page.marks,
        "results": results,
        "is_first": params.cursor is None,
        "only_similar": not results.total and bool(page.papers),
        "replaced": [each for each in results.plan.corrections if each.replaced],
        "suggested": [
            (each, params.query_string(q=params.text.replace(each.typed, each.meant)))
            for each in results.plan.corrections
            if not each.replaced
        ],
        "as_typed": params.query_string(q=literal),
        "feed": f"{page_path('search-feed')}?{params.query_string(sort='')}",
        "follows": as_keyword(params),
        "feed_query": params.query_string(sort=""),
        "following": _address(params, after=str(results.following)) if results.following else None,
        "first": _address(params),
        "by_relevance": _address(params, sort=""),
        "by_date": _address(params, sort=Sort.NEWEST.value),
        "is_newest": params.sort == Sort.NEWEST,
        "categories": [
            (code, number, _address(params, category=code))
            for code, number in results.facets.categories
        ],
        "years": [
            (year, number, _address(params, **{"from": str(year), "until": str(year)}))
            for year, number in results.facets.years
        ],
        "only_reviewed": _address(params, reviewed="1"),
        "filters": [
            (name, value, _address(params, **{name: ""}))
            for name, value in params.given.items()
            if name in ("category", "field", "from", "until", "reviewed")
        ],
    }


def as_keyword(params: SearchParams) -> str:
    """Return a search as one keyword to follow, its filters in the query language."""
    filters = {
        name: params.given[name]
        for name in ("category", "field", "from", "until")
        if name in params.given
    }
    if "reviewed" in params.given:
        # The query language has no such filter.
        return ""
    return " ".join(filter(None, [params.text, *(f"{k}:{v}" for k, v in filters.items())]))


def _address(params: SearchParams, **changes: str) -> str:
    return f"{page_path('search')}?{params.query_string(**changes)}"


@public_page
def feed(request: HttpRequest, form: FeedForm) -> HttpResponse:
    """Return the newest results of a search as a feed."""
    try:
        params = read_params(request.GET.dict())
    except BadSearch as bad:
        return HttpResponse(str(bad), status=400, content_type="text/plain; charset=utf-8")
    if params.query.is_empty or params.query.paper is not None:
        raise Http404(_("Give the search feed a query: ?q=…"))
    try:
        translations = newest_found_papers(params, now=timezone.now(), limit=ENTRIES)
        return feed_response(
            request,
            translations,
            title=_("Search: %(search)s") % {"search": params.text or params.query_string()},
            page=_address(params),
            address=f"{request.path}?{params.query_string()}",
            form=form,
        )
    except SearchTooSlow as slow:
        response = HttpResponse(
            str(slow), status=slow.status, content_type="text/plain; charset=utf-8"
        )
        response["Retry-After"] = str(slow.retry_after)
        return response
