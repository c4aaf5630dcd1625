"""Errors of the API: problem documents (RFC 9457) that say what to change."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import set_rollback

PROBLEM_TYPE = "application/problem+json"


class ProblemSerializer(serializers.Serializer):
    """A problem document."""

    type = serializers.CharField(help_text="Always about:blank: the status says the kind.")
    title = serializers.CharField(help_text="The name of the HTTP status.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="What is wrong, and what to change.")
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="What is wrong with each parameter, by its name.",
    )


def problem(status: int, detail: str, errors: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """Return the body of a problem document."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
    }
    return body if errors is None else {**body, "errors": errors}


def problem_response(status: int, detail: str) -> JsonResponse:
    """Return a problem document outside of REST framework's views."""
    return JsonResponse(
        problem(status, detail),
        status=status,
        content_type=PROBLEM_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's exception handler: every error that is the client's becomes a problem.

    An error may bring `headers`, and `extensions`: further members of the problem.
    """
    if isinstance(error, Http404):
        said = str(error.args[0]) if error.args else _("There is no page at this URL.")
        error = exceptions.NotFound(said)
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    headers = dict(getattr(error, "headers", {}))
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    errors = None
    if isinstance(error, exceptions.ValidationError) and isinstance(error.detail, dict):
        errors = {name: _told(told) for name, told in error.detail.items()}
        detail = " ".join(f"{name}: {' '.join(told)}" for name, told in errors.items())
    else:
        detail = str(error.detail)
    return Response(
        problem(error.status_code, detail, errors) | getattr(error, "extensions", {}),
        status=error.status_code,
        headers=headers,
        content_type=PROBLEM_TYPE,
    )


def _told(told: Any) -> list[str]:
    """Return what is said about a field as one list; of a list of values, which of them it is."""
    if isinstance(told, dict):
        return [f"{place}: {said}" for place, each in told.items() for said in _told(each)]
    return [str(said) for said in told]
