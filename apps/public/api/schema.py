"""Describe endpoints in the schema."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, TypeVar

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)

from apps.public.api.examples import examples_of
from apps.public.api.problems import PROBLEM_TYPE, ProblemSerializer, problem
from apps.public.api.queries import PagedQuery
from apps.public.api.views import ReadingView

View = TypeVar("View", bound=type[ReadingView])

PROBLEMS: Final[Mapping[int, tuple[str, str]]] = {
    400: (
        "A parameter is wrong; the detail says what to change.",
        "limit: Ensure this value is less than or equal to 100.",
    ),
    401: (
        "The token is unknown, expired or revoked.",
        "This token was revoked. Create a new one in the admin.",
    ),
    404: (
        "The item or the page does not exist; the detail says more.",
        "This site has no published translation of 2502.99999. The paper itself may be at "
        "https://arxiv.org/abs/2502.99999.",
    ),
    406: ("This API returns JSON only.", "Could not satisfy the request Accept header."),
    429: (
        "Too many requests; `Retry-After` says how many seconds to wait.",
        "More than 120 requests came within a minute. Ask again in 12 seconds, and more slowly.",
    ),
    503: (
        "The search took too long. Narrow it down, or try again after `Retry-After` seconds.",
        "This search takes too long. Add a word or a filter.",
    ),
}
"""The meaning of each status, and an example of the detail."""
CONFLICT_EXAMPLE: Final[dict[str, Any]] = {
    "type": "https://papers.example.org/api/v1/problems/changed-meanwhile/",
    "title": "Changed meanwhile",
    "present": "それは三つの場合に成り立つ。",
}
"""Members of the example of a conflict."""
COMMON_STATUSES = (400, 401, 406, 429)
"""Statuses of problems of every endpoint."""


def problem_responses(
    statuses: Iterable[int],
    messages: Mapping[int, tuple[str, str]] = PROBLEMS,
    shapes: Mapping[int, type[ProblemSerializer]] = MappingProxyType({}),
) -> dict[tuple[int, str], OpenApiResponse]:
    """Return the descriptions of problems for the schema, each with an example.

    messages: the meaning and an example of each status. shapes: serializers with further members.
    """
    return {
        (status, PROBLEM_TYPE): OpenApiResponse(
            shapes.get(status, ProblemSerializer),
            description=messages[status][0],
            examples=[
                OpenApiExample(
                    f"problem {status}",
                    value=_example(status, messages[status][1]),
                    media_type=PROBLEM_TYPE,
                )
            ],
        )
        for status in sorted(set(statuses))
    }


def _example(status: int, detail: str) -> dict[str, Any]:
    if status == HTTPStatus.CONFLICT:
        return problem(status, detail) | CONFLICT_EXAMPLE
    name, _colon, said = detail.partition(": ")
    return problem(status, detail, {name: [said]} if status == 400 else None)


def schema(
    operation: str,
    *,
    tag: str,
    summary: str,
    response: Any,
    errors: Sequence[int] = (),
    path: Sequence[OpenApiParameter] = (),
) -> Callable[[View], View]:
    """Describe a `ReadingView` in the schema, with its recorded examples.

    The parameters come from its `query`, the description from the docstring of its `answer`.

    Args:
        operation: The operationId.
        tag: The section of the documentation.
        summary: One line.
        response: The serializer of the answer.
        errors: Statuses of further problems.
        path: The parameters in the path.
    """

    def describe(view: View) -> View:
        # Every list refuses invalid cursors with 404.
        missing = (404,) if issubclass(view.query, PagedQuery) else ()
        operation_described = extend_schema(
            operation_id=operation,
            tags=[tag],
            summary=summary,
            description=inspect.getdoc(view.answer),
            parameters=[*path, *view.query.parameters()],
            responses={
                200: OpenApiResponse(response, description=summary),
                **problem_responses({*COMMON_STATUSES, *missing, *errors}),
            },
            examples=examples_of(operation),
        )
        return extend_schema_view(get=operation_described)(view)

    return describe
