"""How examples are handed to the schema."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter

SITE = "https://papers.example.org"
API = f"{SITE}/api/v1"


def answer(value: Any, name: str = "answer") -> OpenApiExample:
    """Return an example of what is answered."""
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200"])


def asked(parameter: str, value: Any, name: str) -> OpenApiExample:
    """Return an example of a query parameter. name: what it asks for, in a few words."""
    return OpenApiExample(name, value=value, parameter_only=(parameter, OpenApiParameter.QUERY))


LANGUAGE = asked("language", "ja", "translations into Japanese")
LIMIT = asked("limit", 50, "fifty at once")
CURSOR = asked(
    "cursor", "WyItc3VibWl0dGVkX2F0IiwiNmY0YjA5MjIxYWQwIiwxNzcwNzAzMjAwMDAwMDAwLDQyXQ",
    "from the URL of the next page",
)  # fmt: skip
PAGES = [LANGUAGE, LIMIT, CURSOR]


def page(results: list[Any], **more: Any) -> dict[str, Any]:
    """Return the last page of a list."""
    return {"next": None, "results": results, **more}
