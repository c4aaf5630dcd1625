"""The page of one paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.public.catalogue.published_paper import Part, load_parts, published_paper
from apps.public.pages.caching import paper_page
from apps.public.pages.citations.bibtex import bibtex
from apps.public.pages.paper.version import version_page
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import page_path
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId

AUTHORS_BEFORE_FOLD = 12
PARTS = frozenset({Part.SEGMENTS, Part.CREDITS, Part.SCORE_HISTORY, Part.RELATED})


@paper_page
def paper(request: HttpRequest, spelling: str) -> HttpResponse:
    """Show a paper, or a version of it; other spellings of the identifier redirect."""
    try:
        identifier = ArxivId.parse(spelling)
    except InvalidArxivId:
        return render(request, "pages/paper/paper_missing.html", {"spelling": spelling}, status=404)
    if identifier.version is not None:
        version = version_page(request, spelling, identifier)
        if version is not None:
            return version
    if spelling != identifier.base:
        return redirect(page_path("paper", identifier.base), permanent=True)
    record = published_paper(identifier.base, content_language(), PARTS)
    if record is None:
        context = {"spelling": spelling, "identifier": identifier}
        return render(request, "pages/paper/paper_missing.html", context, status=404)
    if record.paper.latest_version > 1:
        load_parts([record], {Part.VERSIONS})
    names = record.paper.author_names
    context = {
        "record": record,
        "paper": record.paper,
        "translation": record.translation,
        "authors": names[:AUTHORS_BEFORE_FOLD],
        "more_authors": names[AUTHORS_BEFORE_FOLD:],
        "all_authors": names,
        "provenance": record.provenance,
        "bibtex": bibtex(record.paper),
        "can_correct": not record.paper.is_withdrawn,
    }
    return render(request, "pages/paper/paper.html", context)
