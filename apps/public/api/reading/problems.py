"""Problem types: the documents to which the `type` of a problem leads."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.problem_types import TYPES, description_of, problem_url, status_of, title_of
from apps.public.api.schema import schema
from apps.public.api.views import ReadingView


class ProblemKindSerializer(serializers.Serializer):
    """A problem type."""

    type = serializers.URLField(help_text="The URL of this document, as in problems.")
    code = serializers.ChoiceField(choices=sorted(TYPES))
    title = serializers.CharField()
    status = serializers.IntegerField(help_text="The HTTP status of such problems.")
    description = serializers.CharField(help_text="What it means and what to do.")


class ProblemKindsSerializer(serializers.Serializer):
    """All problem types."""

    results = ProblemKindSerializer(many=True)


@schema(
    "problems_list",
    tag="service",
    summary="Problem types",
    response=ProblemKindsSerializer,
)
class ProblemTypesView(ReadingView):
    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the values of `type` in problems, except about:blank."""
        return Response({"results": [_kind_data(code) for code in sorted(TYPES)]})


@schema(
    "problems_retrieve",
    tag="service",
    summary="One problem type",
    response=ProblemKindSerializer,
    errors=[404],
    path=[
        OpenApiParameter(
            "code", str, OpenApiParameter.PATH, description="The code of the problem type."
        )
    ],
)
class ProblemTypeView(ReadingView):
    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Return what a problem type means and what to do."""
        code = named["code"]
        if code not in TYPES:
            raise NotFound(_("There is no such kind of refusal. The list is at /api/v1/problems/."))
        return Response(_kind_data(code))


def _kind_data(code: str) -> dict[str, Any]:
    return {
        "type": problem_url(code),
        "code": code,
        "title": title_of(code),
        "status": status_of(TYPES[code]),
        "description": description_of(code),
    }
