"""Examples in the schema: requests and answers recorded from the demonstration data.

tests/public/api/test_examples.py writes the files and compares them with the API's answers.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter

FOLDER = Path(__file__).parent / "recorded"


@cache
def recorded() -> dict[str, dict[str, Any]]:
    """Return the recordings by operation: status, parameters, request and answer."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def examples_of(operation: str) -> list[OpenApiExample]:
    """Return the recorded examples of an operation; empty if there are none."""
    found = recorded().get(operation, {})
    examples = [
        OpenApiExample(name, value=value, parameter_only=(parameter, OpenApiParameter.QUERY))
        for parameter, named in found.get("parameters", {}).items()
        for name, value in named.items()
    ]
    if "request" in found:
        examples.append(OpenApiExample("request", value=found["request"], request_only=True))
    if "answer" in found:
        answer = found["answer"]
        examples.append(
            OpenApiExample(
                "answer",
                # drf-spectacular puts the item of a plain list into a list.
                value=answer[0] if isinstance(answer, list) else answer,
                response_only=True,
                status_codes=[str(found["status"])],
            )
        )
    return examples
