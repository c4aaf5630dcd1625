"""The page of one paper."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.public import wording
from apps.public.addresses import page_path
from apps.public.content_language import content_language
from apps.public.editions import Edition, edition_of_paper
from apps.public.pages.caching import page_of
from apps.public.pages.citing import bibtex
from apps.public.reading import record_of
from apps.text.arxiv_id import ArxivId, InvalidArxivId

AUTHORS_BEFORE_FOLD = 12


def of_paper(now: datetime, request: HttpRequest, found: dict[str, object]) -> Edition | None:
    """The edition of the paper that an address names; None for every other spelling of it."""
    spelling = str(found["spelling"])
    try:
        identifier = ArxivId.parse(spelling).base
    except InvalidArxivId:
        return None
    return edition_of_paper(identifier, content_language()) if spelling == identifier else None


@page_of(of_paper)
def paper(request: HttpRequest, spelling: str) -> HttpResponse:
    """One paper. Every other spelling of its identifier leads to the canonical address."""
    try:
        identifier = ArxivId.parse(spelling)
    except InvalidArxivId:
        return render(request, "pages/paper_missing.html", {"spelling": spelling}, status=404)
    if spelling != identifier.base:
        return redirect(page_path("paper", identifier.base), permanent=True)
    record = record_of(identifier.base, content_language())
    if record is None:
        context = {"spelling": spelling, "identifier": identifier}
        return render(request, "pages/paper_missing.html", context, status=404)
    names = record.paper.author_names
    context = {
        "record": record,
        "paper": record.paper,
        "translation": record.translation,
        "authors": names[:AUTHORS_BEFORE_FOLD],
        "more_authors": names[AUTHORS_BEFORE_FOLD:],
        "all_authors": names,
        "provenance": wording.provenance_sentence(record.segments),
        "bibtex": bibtex(record.paper),
        "can_correct": not record.paper.is_withdrawn,
    }
    return render(request, "pages/paper.html", context)
