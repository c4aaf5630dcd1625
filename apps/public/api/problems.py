"""Errors of the API as problem documents (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import set_rollback

from apps.core.refusals import Refusal
from apps.public.api.problem_types import status_of, type_and_title

PROBLEM_TYPE = "application/problem+json"


class ProblemSerializer(serializers.Serializer):
    """A problem document."""

    type = serializers.CharField(
        help_text="The problem type: a stable URL below `problems/`, or about:blank if the "
        "HTTP status is enough."
    )
    title = serializers.CharField(
        help_text="The title of the type; of about:blank the HTTP status in words."
    )
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="The error, and what to change.")
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="The errors of each parameter or field, by name.",
    )


class ConflictSerializer(ProblemSerializer):
    """A conflict with the current state."""

    present = serializers.CharField(
        required=False, help_text="The current text, if it has changed."
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
    """Return a problem document as an answer of a plain Django view."""
    return JsonResponse(
        problem(status, detail),
        status=status,
        content_type=PROBLEM_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a client's error with a problem; REST framework calls this.

    An exception may have `headers` and, in seconds, `wait`.
    """
    if isinstance(error, Refusal):
        set_rollback()
        return _refusal_response(error)
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
        errors = {name: _messages(told) for name, told in error.detail.items()}
        detail = " ".join(f"{name}: {' '.join(told)}" for name, told in errors.items())
    else:
        detail = str(error.detail)
    return Response(
        problem(error.status_code, detail, errors),
        status=error.status_code,
        headers=headers,
        content_type=PROBLEM_TYPE,
    )


def _refusal_response(refusal: Refusal) -> Response:
    status = status_of(refusal)
    headers = {}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(int(refusal.retry_after))
    return Response(
        problem(status, refusal.detail) | type_and_title(refusal) | dict(refusal.extensions),
        status=status,
        headers=headers,
        content_type=PROBLEM_TYPE,
    )


def _messages(told: Any) -> list[str]:
    """Return the messages about a field as a flat list, with the index of each list item."""
    if isinstance(told, dict):
        return [f"{place}: {said}" for place, each in told.items() for said in _messages(each)]
    return [str(said) for said in told]
