"""What is answered where there is no page: HTML to readers, a problem document to programs.

A missing page has the site's frame and offers ways on. The other errors need neither the database
nor a context, as either may be what is broken: they are in the language that the path names.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import (
    activate,
    get_language_from_path,
    get_language_from_request,
    override,
)
from django.utils.translation import gettext as _

from apps.public.api.problems import problem_response
from apps.public.calendar.days import days_with_papers
from apps.public.site.content_language import content_language
from apps.public.site.url_guess import arxiv_id_in, search_words_in

API_PREFIX = "/api/"
LATEST_DAYS = 3


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 that says what was missing and where to go on."""
    if _is_for_programs(request):
        return problem_response(
            HTTPStatus.NOT_FOUND,
            _("There is no page at this URL. /api/v1/docs/ lists the URLs of the API."),
        )
    identifier = arxiv_id_in(request.path)
    context = {
        "reason": _said(exception),
        "identifier": identifier,
        "words": "" if identifier else search_words_in(request.path),
        "days": days_with_papers(content_language())[:LATEST_DAYS],
    }
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 that leads to the paper on arXiv where the path names one."""
    if _is_for_programs(request):
        return problem_response(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            _("An error occurred on the server. It has been logged; please try again later."),
        )
    return _plain(request, "500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request is malformed, or names a host that is not this site."""
    if _is_for_programs(request):
        return problem_response(
            HTTPStatus.BAD_REQUEST,
            _("This request cannot be read. Check the URL and the data sent with it."),
        )
    return _plain(request, "400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: somebody is not allowed to do this."""
    if _is_for_programs(request):
        return problem_response(HTTPStatus.FORBIDDEN, _("This is not allowed."))
    return _plain(request, "403.html", HTTPStatus.FORBIDDEN, reason=_said(exception))


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where Django's protection of forms refuses one; readers' forms do not need it."""
    return _plain(request, "403_form.html", HTTPStatus.FORBIDDEN)


def _is_for_programs(request: HttpRequest) -> bool:
    """Whether a problem document is to be given, and if so, in the language that it is asked in."""
    if not request.path.startswith(API_PREFIX):
        return False
    activate(get_language_from_request(request))
    return True


def _said(exception: Exception) -> str:
    said = exception.args[0] if exception.args else ""
    return said if isinstance(said, str) else ""


def _plain(
    request: HttpRequest, template: str, status: HTTPStatus, *, reason: str = ""
) -> HttpResponse:
    """Answer with a page that needs nothing, in the language of the path."""
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    context = {
        "code": status.value,
        "reason": reason,
        "identifier": arxiv_id_in(request.path_info),
        "home": "/" if language == settings.LANGUAGE_CODE else f"/{language}/",
    }
    with override(language):
        return HttpResponse(render_to_string(template, context), status=status)
