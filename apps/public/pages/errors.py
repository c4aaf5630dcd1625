"""What is answered where there is no page: HTML to readers, a problem document to programs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from apps.public.api.problems import problem_response

API_PREFIX = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 that says what was missing and where to go on."""
    if request.path.startswith(API_PREFIX):
        return problem_response(
            HTTPStatus.NOT_FOUND,
            _("There is nothing at this address. /api/v1/docs/ lists the addresses of the API."),
        )
    said = exception.args[0] if exception.args else ""
    reason = said if isinstance(said, str) else ""
    return render(request, "404.html", {"reason": reason}, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 that needs neither the database nor a context."""
    if request.path.startswith(API_PREFIX):
        return problem_response(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            _("Something broke on our side. It has been logged; please try again later."),
        )
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
