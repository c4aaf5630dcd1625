"""How the schema describes the editors' endpoints."""

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
        "This token has not the scope segments:write. Make one in the admin that has it.",
    ),
    404: (
        "The row or the page does not exist.",
        "No segment has the number 7.",
    ),
    409: (
        "It cannot be done: the text was changed, somebody else is working on it, it is done "
        "already, or a rule that no schema can say refuses the words. `type` says which.",
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
    """Return how the schema describes the number of a row in a path."""
    schema = {"type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST_KEY}
    return OpenApiParameter("id", schema, OpenApiParameter.PATH, description=f"Number of {what}.")


@cache
def page_shape(shape: type[Representation]) -> Any:
    """Return the shape of a page of such results."""
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
    """Describe a method of a view in the schema, with what was recorded of the operation.

    Args:
        operation: Its name, by which clients and recordings know it.
        tag: The section of the documentation.
        summary: One line.
        description: The docstring of the method where none is given.
        response: The serializer of the answer; None for an empty one.
        status: Of the answer.
        body: What has to be sent.
        query: The parameters in the query.
        path: The parameters in the address.
        errors: Statuses of problems beside those of every endpoint for editors.
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
