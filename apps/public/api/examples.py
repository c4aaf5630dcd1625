"""Examples of the schema: requests and answers that a test recorded from the demonstration.

tests/public/api/test_examples.py writes the files and holds them to what the API answers.
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
    """Return by operation: the status, examples of its parameters, the request, the answer."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def examples_of(operation: str) -> list[OpenApiExample]:
    """Return what the schema shows for an operation; empty where nothing is recorded."""
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
                # The schema puts the item of a plain list into a list by itself.
                value=answer[0] if isinstance(answer, list) else answer,
                response_only=True,
                status_codes=[str(found["status"])],
            )
        )
    return examples
