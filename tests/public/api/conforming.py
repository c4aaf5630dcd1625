"""Check answers against the schema: exactly the declared members."""

import copy
from datetime import datetime
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker

FORMATS = FormatChecker(["date"])


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(text: Any) -> bool:
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


@cache
def schema() -> dict[str, Any]:
    """Return the schema of the API."""
    return SchemaGenerator().get_schema(request=None, public=True)


@cache
def strict() -> dict[str, Any]:
    """Return the schema without further members in objects."""
    found = copy.deepcopy(schema())
    for component in found["components"]["schemas"].values():
        if "properties" in component:
            component["additionalProperties"] = False
    return found


def assert_conforms(response: Any) -> Any:
    """Assert that an answer conforms to the schema, and return its document."""
    match = response.resolver_match
    path = "/" + match.route
    for name in ("<arxiv:arxiv_id>", "<path:key>", "<str:", "<int:"):
        path = path.replace(name, "{" + name.strip("<>").partition(":")[2])
    path = path.replace(">", "}").replace("{arxiv_id/", "{arxiv_id}/").replace("{key/", "{key}/")
    said = schema()["paths"][path]["get"]["responses"][str(response.status_code)]["content"]
    kind = response["Content-Type"]
    assert list(said) == [kind]
    place = f"#/paths/{path.replace('/', '~1')}/get/responses/{response.status_code}/content"
    pointer = f"{place}/{kind.replace('/', '~1')}/schema"
    document = response.json()
    Draft202012Validator({**strict(), "$ref": pointer}, format_checker=FORMATS).validate(document)
    return document
