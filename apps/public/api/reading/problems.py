"""The kinds of refusals, so that the `type` of a problem is an address that says what it means."""

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
    """A kind of refusal."""

    type = serializers.URLField(help_text="As problems name it; this address.")
    code = serializers.ChoiceField(choices=sorted(TYPES))
    title = serializers.CharField()
    status = serializers.IntegerField(help_text="The HTTP status that it comes with.")
    description = serializers.CharField(help_text="What it means, and what to do about it.")


class ProblemKindsSerializer(serializers.Serializer):
    """All kinds of refusals."""

    results = ProblemKindSerializer(many=True)


@schema(
    "problems_list",
    tag="service",
    summary="The kinds of refusals",
    response=ProblemKindsSerializer,
)
class ProblemTypesView(ReadingView):
    """All of them."""

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List what the `type` of a problem can be. Problems of the type about:blank are not among
        them: their HTTP status says what they are.
        """
        return Response({"results": [_kind_data(code) for code in sorted(TYPES)]})


@schema(
    "problems_retrieve",
    tag="service",
    summary="One kind of refusal",
    response=ProblemKindSerializer,
    errors=[404],
    path=[
        OpenApiParameter("code", str, OpenApiParameter.PATH, description="The code of the kind.")
    ],
)
class ProblemTypeView(ReadingView):
    """One of them."""

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Say what a kind of refusal means, and what to do about it."""
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
