"""The page of an author name."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.papers.orderings import NEWEST
from apps.public.catalogue.authors import papers_of_name, slug_of
from apps.public.catalogue.published_paper import IN_LISTS, load_papers
from apps.public.pages.browse.lists import PAPERS_PER_PAGE
from apps.public.pages.caching import public_page
from apps.public.pages.params import position_param
from apps.public.site.content_language import content_language
from apps.public.site.labels import one_direction
from apps.public.site.page_urls import page_path
from apps.text.arxiv.author_key import author_key

LONGEST_NAME = 200
ARXIV_SEARCH = "https://arxiv.org/search/"


@public_page
def author(request: HttpRequest, name: str) -> HttpResponse:
    """Show the papers of a name, newest first; other spellings redirect to its slug."""
    slug = slug_of(name[:LONGEST_NAME])
    if slug and name != slug:
        return redirect(page_path("author", slug), permanent=True)
    after = position_param(request)
    page = papers_of_name(author_key(name), content_language(), after, size=PAPERS_PER_PAGE)
    shown = page.spellings[0] if page.spellings else name[:LONGEST_NAME].replace("-", " ")
    context = {
        "name": one_direction(shown),
        "slug": slug,
        "others": page.spellings[1:],
        "coauthors": page.coauthors,
        "entries": load_papers(page.papers.rows, IN_LISTS),
        "following": NEWEST.next_cursor(page.papers),
        "is_first": after is None,
        "on_arxiv": f"{ARXIV_SEARCH}?{urlencode({'searchtype': 'author', 'query': shown})}",
        "here": f"{page_path('search')}?{urlencode({'q': _quoted(shown)})}",
    }
    status = 200 if page.papers.rows else 404
    return render(request, "pages/browse/author.html", context, status=status)


def _quoted(name: str) -> str:
    """Return a name as an author phrase of the search."""
    return 'author:"{}"'.format(name.replace('"', " "))
