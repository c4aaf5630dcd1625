"""The exports: page, list as JSON, and downloads."""

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls.converters import StringConverter
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from apps.public.exports import storage
from apps.public.exports.serve.catalog import index_document, listed_exports, stored_file
from apps.public.exports.serve.download import file_response
from apps.public.pages.caching import SECONDS_FRESH, momentary_page

log = logging.getLogger(__name__)


class ExportConverter(StringConverter):
    """The name of an export: start time and kind."""

    regex = r"\d{8}T\d{6}Z-(?:full|increment)"


@momentary_page
def exports(request: HttpRequest) -> HttpResponse:
    """Show the exports: files, licences, how to use them."""
    listed = listed_exports()
    latest = next((export for export in listed if export.is_full), None)
    later = [e for e in listed if latest and not e.is_full and e.until > latest.until]
    context = {
        "latest": latest,
        "later": later,
        "earlier": [export for export in listed if export is not latest and export not in later],
        "full_days": settings.EXPORTS_FULL_DAYS,
        "site_address": settings.SITE_URL.rstrip("/"),
    }
    return render(request, "pages/site/exports.html", context)


@require_safe
@cache_control(public=True, max_age=SECONDS_FRESH)
def index(request: HttpRequest) -> HttpResponse:
    """List the exports as JSON."""
    return JsonResponse(index_document(), json_dumps_params={"ensure_ascii": False})


@require_safe
def download(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """Send a file of an export, or redirect to where its storage serves it."""
    try:
        file = stored_file(folder, name)
        if file is None:
            raise Http404
        external = storage.external_url(folder, name)
        return file_response(request, file) if external is None else redirect(external)
    except FileNotFoundError as error:
        log.warning("the storage of exports has lost %s/%s", folder, name)
        raise Http404 from error
