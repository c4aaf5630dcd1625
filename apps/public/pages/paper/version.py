"""The page of one version of a paper: its text and how it differs from other versions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.public.catalogue.versions import version_of
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import absolute, page_path
from apps.text.arxiv.identifiers import ArxivId


def version_page(request: HttpRequest, spelling: str, identifier: ArxivId) -> HttpResponse | None:
    """Return the page of a version, or a redirect to it from another spelling.

    None if the version is unknown, or if the paper's own page shows it.
    """
    version = version_of(identifier, content_language())
    if version is None or version.is_the_papers_page:
        return None
    if spelling != str(identifier):
        return redirect(page_path("paper", str(identifier)), permanent=True)
    record = version.record
    context = {
        "version": version,
        "shown": version.shown,
        "paper": version.paper,
        "record": record,
        "translation": version.translation,
        "badges": [] if record is None else [b for b in record.badges if b.code != "stale"],
        "provenance": "" if record is None else record.provenance,
        "can_correct": False,
        "newest": page_path("paper", str(version.newest)),
        "canonical": absolute(page_path("paper", identifier.base)),
    }
    return render(request, "pages/paper/version.html", context)
