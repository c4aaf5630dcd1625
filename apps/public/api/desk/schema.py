"""Describe the editors' endpoints in the schema."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from apps.public.api.bodies import Body
from apps.public.api.desk.base import LARGEST_KEY, DeskList
from apps.public.api.examples import examples_of
from apps.public.api.problems import ConflictSerializer
from apps.public.api.queries import PagedQuery, Query
from apps.public.api.schema import PROBLEMS, problem_responses
from apps.public.api.sparse_fields import Representation

Method = TypeVar("Method", bound=Callable[..., Any])
View = TypeVar("View", bound=type[DeskList])

_COMMON_STATUSES = (400, 401, 403, 406, 429)
_WRITE_STATUSES = (411, 413, 415, 503)
_ROW_STATUSES = (404,)
_PROBLEMS: Mapping[int, tuple[str, str]] = {
    **PROBLEMS,
    400: (
        "A parameter or a field is wrong, missing or unknown; the detail says which.",
        "text: This field is required.",
    ),
    401: ("The token is missing, unknown, expired or revoked.", PROBLEMS[401][1]),
    403: (
        "The token lacks the scope that `WWW-Authenticate` names, or its account lacks the right.",
        "This token lacks the scope segments:write. Create a token with this scope in the admin.",
    ),
    404: (
        "The row or the page does not exist.",
        "No segment has the number 7.",
    ),
    409: (
        "It conflicts with the current state: the text has changed, another editor has claimed "
        "it, it is already done, or a rule refuses the text. `type` says which.",
        "This text has changed in the meantime; `present` holds the current text. Read it, then "
        "send yours again with the current text as `seen`.",
    ),
    411: (
        "The length of the body is missing.",
        "Send the length of the body in the header Content-Length.",
    ),
    413: ("The body is too large.", "The body is larger than 1048576 bytes. Send less at once."),
    415: (
        "The body is not JSON.",
        "Send JSON in UTF-8, with the header Content-Type: application/json.",
    ),
    503: (
        "Requests cannot be counted at the moment, so nothing is changed.",
        "Requests cannot be counted at the moment, so changes are not accepted. Try again later.",
    ),
}


def row_number_parameter(what: str) -> OpenApiParameter:
    """Return the description of a row number in a path."""
    schema = {"type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST_KEY}
    return OpenApiParameter("id", schema, OpenApiParameter.PATH, description=f"Number of {what}.")


@cache
def page_shape(shape: type[Representation]) -> Any:
    """Return the serializer of a page of such results."""
    name = shape.__name__.removesuffix("Serializer")
    return inline_serializer(
        f"{name}Page",
        {
            "next": serializers.URLField(
                allow_null=True, help_text="The next page; null on the last."
            ),
            "results": shape(many=True),
        },
    )


def schema(
    operation: str,
    *,
    tag: str,
    summary: str,
    description: str = "",
    response: Any,
    status: int = 200,
    body: type[Body] | None = None,
    query: type[Query] | None = None,
    path: Sequence[OpenApiParameter] = (),
    errors: Sequence[int] = (),
) -> Callable[[Method], Method]:
    """Describe a method of a view in the schema, with its recorded examples.

    Args:
        operation: The operationId.
        tag: The section of the documentation.
        summary: One line.
        description: Default: the docstring of the method.
        response: The serializer of the answer; None for an empty one.
        status: The status of the answer.
        body: The serializer of the body.
        query: The query parameters.
        path: The parameters in the path.
        errors: Statuses of further problems.
    """

    def describe(method: Method) -> Method:
        is_list = query is not None and issubclass(query, PagedQuery)
        told = {
            *_COMMON_STATUSES,
            *(_ROW_STATUSES if path or is_list else ()),
            *(_WRITE_STATUSES if body else ()),
            *errors,
        }
        answer = OpenApiResponse(description="Done.") if response is None else response
        decorate: Callable[[Method], Method] = extend_schema(
            operation_id=operation,
            tags=[tag],
            summary=summary,
            description=description or inspect.getdoc(method),
            parameters=[*path, *(query.parameters() if query else [])],
            request=body,
            responses={
                status: answer,
                **problem_responses(told, _PROBLEMS, {409: ConflictSerializer}),
            },
            examples=examples_of(operation),
        )
        return decorate(method)

    return describe


def list_schema(
    operation: str,
    *,
    tag: str,
    summary: str,
    description: str,
    path: Sequence[OpenApiParameter] = (),
) -> Callable[[View], View]:
    """Describe the GET of a list. See `schema`."""

    def describe(view: View) -> View:
        get = schema(
            operation,
            tag=tag,
            summary=summary,
            description=description,
            response=page_shape(view.shape),
            query=view.query,
            path=path,
        )
        return extend_schema_view(get=get)(view)

    return describe
