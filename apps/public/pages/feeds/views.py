"""The feeds of the lists: Atom and JSON Feed, with provenance and disclaimer."""

from collections.abc import Callable
from enum import StrEnum

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.public.catalogue.authors import papers_of_name, slug_of
from apps.public.catalogue.category_filter import filter_by_categories
from apps.public.catalogue.papers import listed_translations
from apps.public.pages.caching import public_page
from apps.public.pages.feeds import atom, jsonfeed
from apps.public.pages.feeds.content import ENTRIES, feed_content
from apps.public.pages.params import day_param
from apps.public.site import labels
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import absolute, page_path
from apps.text.arxiv.author_key import author_key
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES
from apps.translation.models import TranslationQuerySet


class FeedForm(StrEnum):
    """The format of a feed, and the ending of its URL."""

    ATOM = "atom"
    JSON = "json"


MEDIA_TYPES = {FeedForm.ATOM: atom.MEDIA_TYPE, FeedForm.JSON: jsonfeed.MEDIA_TYPE}


def feed_paths(route: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """Return the URL patterns of a feed in all formats; the view gets the `form`."""
    return [
        path(f"{route}.{form}", view, {"form": form}, name=feed_name(name, form))
        for form in FeedForm
    ]


def feed_name(name: str, form: FeedForm) -> str:
    """Return the name of the URL pattern of a feed in one format."""
    return name if form == FeedForm.ATOM else f"{name}-{form}"


def feed_response(
    request: HttpRequest,
    translations: TranslationQuerySet,
    *,
    title: str,
    page: str,
    address: str = "",
    form: FeedForm = FeedForm.ATOM,
) -> HttpResponse:
    """Return the feed of the newest translations. Four queries.

    Args:
        request: The request for the feed.
        translations: From `listed_translations`.
        title: Without the site's name; "" for the feed of the whole site.
        page: The path of the page with the same list.
        address: The path of the feed with its query string, if it needs one.
        form: The format.
    """
    content = feed_content(
        translations,
        title=f"{title} - {settings.SITE_NAME}" if title else settings.SITE_NAME,
        page=page,
        address=address or request.path,
    )
    if form == FeedForm.ATOM:
        body = atom.atom(content, site_name=settings.SITE_NAME, now=timezone.now())
    else:
        body = jsonfeed.json_feed(
            content,
            site_name=settings.SITE_NAME,
            site_url=absolute(page_path("home")),
            about=absolute(page_path("about")),
        )
    return HttpResponse(body, content_type=f"{MEDIA_TYPES[form]}; charset=utf-8")


@public_page
def latest(request: HttpRequest, form: FeedForm) -> HttpResponse:
    """Return the newest papers of all categories."""
    newest = listed_translations(content_language())
    return feed_response(request, newest, title="", page=page_path("home"), form=form)


@public_page
def day(request: HttpRequest, day: str, form: FeedForm) -> HttpResponse:
    """Return the newest papers of one day of submission."""
    translations = listed_translations(content_language()).submitted_on(day_param(day))
    return feed_response(request, translations, title=day, page=page_path("day", day), form=form)


@public_page
def category(request: HttpRequest, code: str, form: FeedForm) -> HttpResponse:
    """Return the newest papers of one category, cross-lists included."""
    return feed_response(
        request,
        _in_category(code),
        title=_category_title(code),
        page=page_path("category", code),
        form=form,
    )


@public_page
def category_day(request: HttpRequest, code: str, day: str, form: FeedForm) -> HttpResponse:
    """Return the newest papers of one category on one day of submission."""
    return feed_response(
        request,
        _in_category(code).submitted_on(day_param(day)),
        title=f"{_category_title(code)} {day}",
        page=page_path("category-day", code, day),
        form=form,
    )


@public_page
def author(request: HttpRequest, name: str, form: FeedForm) -> HttpResponse:
    """Return the newest papers of an author name. Two queries more than other feeds."""
    language, slug = content_language(), slug_of(name)
    found = papers_of_name(author_key(name), language, None, size=ENTRIES)
    if not found.spellings:
        raise Http404(_("This site has no papers by an author “%(name)s”.") % {"name": name})
    return feed_response(
        request,
        listed_translations(language).filter(pk__in=[item.pk for item in found.papers.rows]),
        title=found.spellings[0],
        page=page_path("author", slug),
        address=page_path(feed_name("author-feed", form), slug),
        form=form,
    )


def _in_category(code: str) -> TranslationQuerySet:
    language = content_language()
    translations = filter_by_categories(listed_translations(language), [code], language)
    if code not in CURRENT_CATEGORIES and not translations.exists():
        raise Http404(_("There is no category “%(code)s”.") % {"code": code})
    return translations


def _category_title(code: str) -> str:
    return labels.category_title(code, get_language() or "")
