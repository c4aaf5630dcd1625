"""How the schema describes the editors' endpoints, with an example of everything."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from apps.public.api.bodies import Body
from apps.public.api.desk.base import LARGEST_KEY, DeskList
from apps.public.api.problems import ConflictSerializer
from apps.public.api.queries import PagedQuery, Query
from apps.public.api.schema import PROBLEMS, problems_described
from apps.public.api.sparse_fields import Representation

Method = TypeVar("Method", bound=Callable[..., Any])
View = TypeVar("View", bound=type[DeskList])

_ALWAYS = (400, 401, 403, 406, 429)
_WRITING = (411, 413, 415, 503)
_ROW = (404,)
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


def row_number(what: str) -> OpenApiParameter:
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


def operation(
    name: str,
    *,
    tag: str,
    summary: str,
    description: str = "",
    gives: Any,
    like: Any = None,
    status: int = 200,
    body: type[Body] | None = None,
    send: Mapping[str, Any] | None = None,
    query: type[Query] | None = None,
    path: Sequence[OpenApiParameter] = (),
    also: Sequence[int] = (),
) -> Callable[[Method], Method]:
    """Describe a method of a view; its docstring is the description, where none is given.

    gives: the serializer of the answer, None for an empty one. like: an example of it. body, send:
    what has to be sent, and an example. path: what the address names. also: further problems.
    """

    def describe(method: Method) -> Method:
        examples = []
        if send is not None:
            examples.append(OpenApiExample(f"{name} request", value=send, request_only=True))
        if like is not None:
            examples.append(
                OpenApiExample(
                    f"{name} answer", value=like, response_only=True, status_codes=[str(status)]
                )
            )
        is_list = query is not None and issubclass(query, PagedQuery)
        told = {*_ALWAYS, *(_ROW if path or is_list else ()), *(_WRITING if body else ()), *also}
        answer = OpenApiResponse(description="Done.") if gives is None else gives
        decorate: Callable[[Method], Method] = extend_schema(
            operation_id=name,
            tags=[tag],
            summary=summary,
            description=description or inspect.getdoc(method),
            parameters=[*path, *(query.parameters() if query else [])],
            request=body,
            responses={
                status: answer,
                **problems_described(told, _PROBLEMS, {409: ConflictSerializer}),
            },
            examples=examples,
        )
        return decorate(method)

    return describe


def listed(
    name: str,
    *,
    tag: str,
    summary: str,
    description: str,
    like: Mapping[str, Any],
    path: Sequence[OpenApiParameter] = (),
) -> Callable[[View], View]:
    """Describe the GET of a list. like: an example of one of its results."""

    def describe(view: View) -> View:
        get = operation(
            name,
            tag=tag,
            summary=summary,
            description=description,
            gives=page_shape(view.shape),
            like={"next": None, "results": [like]},
            query=view.query,
            path=path,
        )
        return extend_schema_view(get=get)(view)

    return describe
