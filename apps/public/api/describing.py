"""How the schema describes an endpoint: one line for each thing, the same words everywhere."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)

from apps.public.api.problems import PROBLEM_TYPE, ProblemSerializer, problem

View = TypeVar("View", bound=type)

PROBLEMS = {
    400: "A parameter is wrong; the detail says what to change.",
    401: "The token is unknown, withdrawn or past its time.",
    404: "There is nothing of this name here; the detail says where to look.",
    406: "Only JSON is given here, and the request accepts none.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    503: "It took too long; narrow it down, or come again after `Retry-After` seconds.",
}
ANYWHERE = (400, 401, 406, 429)
"""What every endpoint may answer."""

_SAID = {
    400: ("limit: Ensure this value is less than or equal to 100.", {
        "limit": ["Ensure this value is less than or equal to 100."]
    }),
    401: ("This token is unknown. Ask an administrator for another.", None),
    404: ("This site has no published translation of 2502.99999. The paper itself may be at "
          "https://arxiv.org/abs/2502.99999.", None),
    406: ("Could not satisfy the request Accept header.", None),
    429: ("Request was throttled. Expected available in 30 seconds.", None),
    503: ("This search takes too long. Add a word or a filter.", None),
}  # fmt: skip


def problems_described(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """Return how the schema describes problems, each with an example."""
    return {
        (status, PROBLEM_TYPE): OpenApiResponse(
            ProblemSerializer,
            description=PROBLEMS[status],
            examples=[
                OpenApiExample(
                    "problem", value=problem(status, *_SAID[status]), media_type=PROBLEM_TYPE
                )
            ],
        )
        for status in statuses
    }


def described(
    operation: str,
    *,
    tag: str,
    summary: str,
    gives: Any,
    also: Sequence[int] = (),
    path: Sequence[OpenApiParameter] = (),
    examples: Sequence[OpenApiExample] = (),
) -> Callable[[View], View]:
    """Describe a `ReadingView` in the schema.

    Its `query` says the parameters, and the docstring of its `answer` is the description. gives:
    the serializer of the answer. also: statuses of problems beside those of every endpoint.
    """

    def describe(view: View) -> View:
        operation_described = extend_schema(
            operation_id=operation,
            tags=[tag],
            summary=summary,
            description=inspect.getdoc(view.answer),  # type: ignore[attr-defined]
            parameters=[*path, *view.query.parameters()],  # type: ignore[attr-defined]
            responses={
                200: OpenApiResponse(gives, description=summary),
                **problems_described(*sorted({*ANYWHERE, *also})),
            },
            examples=list(examples),
        )
        return extend_schema_view(get=operation_described)(view)

    return describe
