"""Bookmarks: the list of papers in a URL, and the page about data stored in the browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.public.catalogue.following import MOST_CATEGORIES, MOST_KEYWORDS
from apps.public.catalogue.papers import published_translations
from apps.public.catalogue.published_paper import IN_LISTS, PublishedPaper, load_papers
from apps.public.pages.caching import public_page
from apps.public.site.content_language import content_language
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId

BOOKMARKS_PER_PAGE = 100
MOST_SPELLINGS = 1_000
"""How many identifiers of one URL are read; no browser stores more."""


@public_page
def bookmarks(request: HttpRequest) -> HttpResponse:
    """Show the papers in the URL, in its order: `?id=2502.21321&id=hep-th/9901001`.

    Always 200: missing papers and invalid identifiers are reported on the page.
    """
    named: dict[str, ArxivId] = {}
    strange: list[str] = []
    for spelling in request.GET.getlist("id")[:MOST_SPELLINGS]:
        try:
            identifier = ArxivId.parse(spelling)
        except InvalidArxivId:
            if spelling.strip():
                strange.append(spelling[:60])
            continue
        named.setdefault(identifier.base, identifier.unversioned)
    shown = list(named)[:BOOKMARKS_PER_PAGE]
    found = _entries(shown) if shown else {}
    context = {
        "entries": [found[identifier] for identifier in shown if identifier in found],
        "gone": [named[identifier] for identifier in shown if identifier not in found],
        "strange": strange[:BOOKMARKS_PER_PAGE],
        "most": BOOKMARKS_PER_PAGE,
        "left_out": len(named) - len(shown),
        "page_query": f"?{request.GET.urlencode()}" if named else "",
    }
    return render(request, "pages/browse/bookmarks.html", context)


@public_page
def kept(request: HttpRequest) -> HttpResponse:
    """Show the page about data stored in the browser, which a script fills in."""
    most = {"categories": MOST_CATEGORIES, "keywords": MOST_KEYWORDS}
    return render(request, "pages/browse/kept.html", {"most": most})


def _entries(arxiv_ids: list[str]) -> dict[str, PublishedPaper]:
    """Return published papers by identifier. Three queries."""
    published = published_translations(arxiv_ids, content_language())
    slim = published.defer("abstract", "paper__abstract")
    return {entry.paper.arxiv_id: entry for entry in load_papers(slim, IN_LISTS)}
