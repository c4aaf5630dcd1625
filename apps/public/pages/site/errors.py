"""Error pages: HTML for readers, problem documents for programs.

A 404 has the site's layout. The other pages use neither database nor context, either of which may
be broken; their language is that of the path.
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
    """Return a 404 page with a reason and links."""
    if _is_api(request):
        return problem_response(
            HTTPStatus.NOT_FOUND,
            _("There is no page at this URL. /api/v1/docs/ lists the URLs of the API."),
        )
    identifier = arxiv_id_in(request.path)
    context = {
        "reason": _message(exception),
        "identifier": identifier,
        "words": "" if identifier else search_words_in(request.path),
        "days": days_with_papers(content_language())[:LATEST_DAYS],
    }
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return a 500 page, with a link to the paper on arXiv if the path names one."""
    if _is_api(request):
        return problem_response(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            _("An error occurred on the server. It has been logged; please try again later."),
        )
    return _plain(request, "500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return a 400 page: the request is malformed or for another host."""
    if _is_api(request):
        return problem_response(
            HTTPStatus.BAD_REQUEST,
            _("This request cannot be read. Check the URL and the data sent with it."),
        )
    return _plain(request, "400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return a 403 page."""
    if _is_api(request):
        return problem_response(HTTPStatus.FORBIDDEN, _("This is not allowed."))
    return _plain(request, "403.html", HTTPStatus.FORBIDDEN, reason=_message(exception))


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the 403 page of Django's CSRF protection."""
    return _plain(request, "403_form.html", HTTPStatus.FORBIDDEN)


def _is_api(request: HttpRequest) -> bool:
    """Return whether the path is in the API; if so, activate the language of the request."""
    if not request.path.startswith(API_PREFIX):
        return False
    activate(get_language_from_request(request))
    return True


def _message(exception: Exception) -> str:
    message = exception.args[0] if exception.args else ""
    return message if isinstance(message, str) else ""


def _plain(
    request: HttpRequest, template: str, status: HTTPStatus, *, reason: str = ""
) -> HttpResponse:
    """Return a page without context, in the language of the path."""
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    context = {
        "code": status.value,
        "reason": reason,
        "identifier": arxiv_id_in(request.path_info),
        "home": "/" if language == settings.LANGUAGE_CODE else f"/{language}/",
    }
    with override(language):
        return HttpResponse(render_to_string(template, context), status=status)
