"""The followed categories and keywords: page, feed, and list of feeds (OPML)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.papers.orderings import NEWEST
from apps.public.catalogue.following import (
    MOST_CATEGORIES,
    MOST_KEYWORDS,
    Choices,
    newest_papers,
    read_choices,
)
from apps.public.catalogue.papers import listed_translations
from apps.public.catalogue.published_paper import IN_LISTS, load_papers
from apps.public.pages.browse.category_groups import groups_with_papers
from apps.public.pages.browse.lists import PAPERS_PER_PAGE
from apps.public.pages.browse.search import SECONDS_BEFORE_RETRY
from apps.public.pages.caching import public_page
from apps.public.pages.feeds.content import ENTRIES
from apps.public.pages.feeds.opml import MEDIA_TYPE, Outline, opml
from apps.public.pages.feeds.views import FeedForm, feed_response
from apps.public.pages.params import position_param
from apps.public.site import labels
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import absolute, page_path

EMPTY_KEYWORDS = 3
"""Empty fields for keywords in the form, for use without JavaScript."""
NAMES_IN_TITLE = 5


@public_page
def following(request: HttpRequest) -> HttpResponse:
    """Show the newest papers of the choices in the URL, and the form to change them.

    Always 200, with messages about invalid choices; 404 only for a broken cursor.
    """
    choices = _choices(request)
    context: dict[str, Any] = {
        "choices": choices,
        "problems": choices.problems,
        "groups": groups_with_papers(content_language(), get_language() or ""),
        "most": {"categories": MOST_CATEGORIES, "keywords": MOST_KEYWORDS},
        "blanks": range(min(EMPTY_KEYWORDS, MOST_KEYWORDS - len(choices.keywords))),
    }
    if choices.is_empty:
        return render(request, "pages/browse/following.html", context)
    found = newest_papers(
        choices, position_param(request), now=timezone.now(), size=PAPERS_PER_PAGE
    )
    slow = [_too_slow(keyword) for keyword in found.too_slow]
    query, page = choices.query_string(), page_path("following")
    following = NEWEST.next_cursor(found.page)
    context |= {
        "problems": [*choices.problems, *slow],
        "entries": load_papers(found.page.rows, IN_LISTS),
        "older": f"{page}?{choices.query_string(after=following)}" if following else None,
        "first": f"{page}?{query}",
        "page_query": f"?{query}",
        "is_first": "after" not in request.GET,
        "feed_query": query,
        "feed_title": _title(choices),
    }
    response = render(request, "pages/browse/following.html", context)
    if slow:
        response["Cache-Control"] = "no-store"
    return response


@public_page
def feed(request: HttpRequest, form: FeedForm) -> HttpResponse:
    """Return the newest papers of the choices in the URL as a feed.

    400 without valid choices, 503 if a search timed out.
    """
    choices = _choices(request)
    if choices.is_empty:
        return _plain("\n".join(choices.problems) or _nothing_chosen(), 400)
    found = newest_papers(choices, None, now=timezone.now(), size=ENTRIES)
    if found.too_slow:
        response = _plain("\n".join(map(_too_slow, found.too_slow)), 503)
        response["Retry-After"] = str(SECONDS_BEFORE_RETRY)
        return response
    keys = [translation.pk for translation in found.page.rows]
    return feed_response(
        request,
        listed_translations(content_language()).filter(pk__in=keys),
        title=_title(choices),
        page=f"{page_path('following')}?{choices.query_string()}",
        address=f"{request.path}?{choices.query_string()}",
        form=form,
    )


@public_page
def feeds_opml(request: HttpRequest) -> HttpResponse:
    """Return the feeds of the choices in the URL as an OPML file."""
    choices = _choices(request)
    if choices.is_empty:
        return _plain("\n".join(choices.problems) or _nothing_chosen(), 400)
    merged = Outline(
        _title(choices),
        absolute(f"{page_path('following-feed')}?{choices.query_string()}"),
        absolute(f"{page_path('following')}?{choices.query_string()}"),
    )
    categories = [
        Outline(
            labels.category_title(code, get_language() or ""),
            absolute(page_path("category-feed", code)),
            absolute(page_path("category", code)),
        )
        for code in choices.categories
    ]
    searches = [
        Outline(
            params.text,
            absolute(f"{page_path('search-feed')}?{params.query_string()}"),
            absolute(f"{page_path('search')}?{params.query_string()}"),
        )
        for params in choices.searches
    ]
    body = opml(_title(choices), [merged, *categories, *searches], now=timezone.now())
    response = HttpResponse(body, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="papersite-feeds.opml"'
    return response


def _choices(request: HttpRequest) -> Choices:
    return read_choices(request.GET.getlist("category"), request.GET.getlist("q"))


def _title(choices: Choices) -> str:
    names = choices.names
    said = _(", ").join(names[:NAMES_IN_TITLE]) + ("…" if len(names) > NAMES_IN_TITLE else "")
    return _("Following: %(names)s") % {"names": said}


def _too_slow(keyword: str) -> str:
    return _("The search for “%(text)s” takes too long. Add a word or a filter.") % {
        "text": keyword
    }


def _nothing_chosen() -> str:
    return _("Say what to follow: ?category=cs.CL&q=…")


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
