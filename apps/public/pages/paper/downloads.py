"""Files of a published paper: the decorator of their views, and the citations.

Other spellings of the identifier redirect to the canonical one.
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from apps.papers.models import Paper
from apps.public.catalogue.papers import published_translations
from apps.public.pages.caching import paper_page
from apps.public.pages.citations.bibtex import bibtex
from apps.public.pages.citations.csl import csl_json
from apps.public.pages.citations.ris import ris
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import page_path
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId

FileView = Callable[[HttpRequest, ArxivId], HttpResponse]


def paper_file(name: str) -> Callable[[FileView], Callable[..., HttpResponse]]:
    """Return a decorator for a view of a canonical identifier at the URL pattern `name`."""

    def decorate(view: FileView) -> Callable[..., HttpResponse]:
        @paper_page
        @wraps(view)
        def file(request: HttpRequest, spelling: str) -> HttpResponse:
            try:
                identifier = ArxivId.parse(spelling).unversioned
            except InvalidArxivId as invalid:
                raise Http404(str(invalid)) from invalid
            if spelling != identifier.base:
                return redirect(page_path(name, identifier.base), permanent=True)
            return view(request, identifier)

        return file

    return decorate


def not_published(identifier: ArxivId) -> Http404:
    """Return the exception for a paper that is not published."""
    return Http404(_("%(id)s is not on this site") % {"id": identifier})


def _paper(identifier: ArxivId) -> Paper:
    translation = published_translations([identifier.base], content_language()).first()
    if translation is None:
        raise not_published(identifier)
    return translation.paper


def _download(identifier: ArxivId, text: str, media_type: str, ending: str) -> HttpResponse:
    """Return a text as a download named after the paper."""
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    name = f"arXiv-{identifier.base.replace('/', '-')}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@paper_file("cite-bib")
def cite_bib(request: HttpRequest, identifier: ArxivId) -> HttpResponse:
    """Return the paper on arXiv as BibTeX."""
    text = bibtex(_paper(identifier)) + "\n"
    return _download(identifier, text, "application/x-bibtex", "bib")


@paper_file("cite-ris")
def cite_ris(request: HttpRequest, identifier: ArxivId) -> HttpResponse:
    """Return the paper on arXiv as RIS."""
    text = ris(_paper(identifier))
    return _download(identifier, text, "application/x-research-info-systems", "ris")


@paper_file("cite-json")
def cite_json(request: HttpRequest, identifier: ArxivId) -> HttpResponse:
    """Return the paper on arXiv as CSL-JSON."""
    text = csl_json(_paper(identifier)) + "\n"
    return _download(identifier, text, "application/vnd.citationstyles.csl+json", "json")
