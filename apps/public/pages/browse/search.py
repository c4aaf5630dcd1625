"""The page of search results, and the same search as a feed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.discovery.search.results import SearchTooSlow, Sort
from apps.public.catalogue.search import Answer, Asked, BadSearch, answer, newest, read
from apps.public.pages.caching import public_page
from apps.public.pages.feeds.content import ENTRIES
from apps.public.pages.feeds.views import FeedForm, feed_of
from apps.public.site.page_urls import absolute, page_path
from apps.text.arxiv.taxonomy_data import GROUPS

RESULTS = 20
SECONDS_BEFORE_RETRY = 30


@public_page
def results(request: HttpRequest) -> HttpResponse:
    """What a search finds. An arXiv identifier or address leads straight to the paper.

    400 where the search makes no sense, 503 where it took too long; never an error of the server.
    """
    try:
        asked = read(request.GET.dict(), cursor=request.GET.get("after"))
    except BadSearch as bad:
        return _page(request, {"problem": str(bad), "search_text": request.GET.get("q", "")}, 400)
    if asked.query.paper is not None:
        return redirect(page_path("paper", asked.query.paper.base))
    context: dict[str, Any] = {
        "search_text": asked.text,
        "asked": asked,
        "page_query": f"?{asked.query_string()}" if asked.given else "",
        "canonical": absolute(f"{page_path('search')}?{asked.query_string()}"),
    }
    if asked.query.is_empty:
        return _page(request, context)
    try:
        found = answer(asked, now=timezone.now(), size=RESULTS)
    except SearchTooSlow as slow:
        response = _page(request, {**context, "too_slow": True}, slow.status)
        response["Retry-After"] = str(slow.retry_after)
        return response
    return _page(request, {**context, **_shown(found)})


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    language = get_language() or ""
    groups = [(code, names[language == "ja"]) for code, names in GROUPS.items()]
    return render(request, "pages/search.html", {"groups": groups, **context}, status=status)


def _shown(found: Answer) -> dict[str, Any]:
    """Return what the template shows of an answer."""
    asked, results = found.asked, found.results
    literal = asked.text
    for each in results.plan.corrections:
        literal = literal.replace(each.typed, f'"{each.typed}"')
    return {
        "found": found.found,
        "marks": found.marks,
        "results": results,
        "is_first": asked.cursor is None,
        "only_similar": not results.total and bool(found.found),
        "replaced": [each for each in results.plan.corrections if each.replaced],
        "suggested": [
            (each, asked.query_string(q=asked.text.replace(each.typed, each.meant)))
            for each in results.plan.corrections
            if not each.replaced
        ],
        "as_typed": asked.query_string(q=literal),
        "feed": f"{page_path('search-feed')}?{asked.query_string(sort='')}",
        "follows": followed_as(asked),
        "feed_query": asked.query_string(sort=""),
        "following": _address(asked, after=str(results.following)) if results.following else None,
        "first": _address(asked),
        "by_relevance": _address(asked, sort=""),
        "by_date": _address(asked, sort=Sort.NEWEST.value),
        "is_newest": asked.sort == Sort.NEWEST,
        "categories": [
            (code, number, _address(asked, category=code))
            for code, number in results.facets.categories
        ],
        "years": [
            (year, number, _address(asked, **{"from": str(year), "until": str(year)}))
            for year, number in results.facets.years
        ],
        "only_reviewed": _address(asked, reviewed="1"),
        "filters": [
            (name, value, _address(asked, **{name: ""}))
            for name, value in asked.given.items()
            if name in ("category", "field", "from", "until", "reviewed")
        ],
    }


def followed_as(asked: Asked) -> str:
    """Return a search as one keyword to follow, its filters in words of the search's language."""
    filters = {
        name: asked.given[name]
        for name in ("category", "field", "from", "until")
        if name in asked.given
    }
    if "reviewed" in asked.given:
        # There is no word for it, and to follow more than was asked for would be wrong.
        return ""
    return " ".join(filter(None, [asked.text, *(f"{k}:{v}" for k, v in filters.items())]))


def _address(asked: Asked, **changes: str) -> str:
    return f"{page_path('search')}?{asked.query_string(**changes)}"


@public_page
def feed(request: HttpRequest, form: FeedForm) -> HttpResponse:
    """The newest papers that a search finds, as a feed."""
    try:
        asked = read(request.GET.dict())
    except BadSearch as bad:
        return HttpResponse(str(bad), status=400, content_type="text/plain; charset=utf-8")
    if asked.query.is_empty or asked.query.paper is not None:
        raise Http404(_("Give the search feed a query: ?q=…"))
    try:
        translations = newest(asked, now=timezone.now(), limit=ENTRIES)
        return feed_of(
            request,
            translations,
            title=_("Search: %(search)s") % {"search": asked.text or asked.query_string()},
            page=_address(asked),
            address=f"{request.path}?{asked.query_string()}",
            form=form,
        )
    except SearchTooSlow as slow:
        response = HttpResponse(
            str(slow), status=slow.status, content_type="text/plain; charset=utf-8"
        )
        response["Retry-After"] = str(slow.retry_after)
        return response
