"""The schema of endpoints with tokens: exact bodies, scopes, problems, examples."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from apps.public.api import urls as api_urls
from apps.public.api.desk.base import DeskView
from tests.public.api.small_site import patterns_in


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the operations that need a token, by name."""
    return {
        found["operationId"]: {**found, "method": method}
        for path, methods in schema["paths"].items()
        if path.startswith(("/api/v1/desk/", "/api/v1/suggestions/"))
        for method, found in methods.items()
    }


def test_every_operation_is_described(schema):
    views = [pattern.callback.view_class for pattern in patterns_in(api_urls.urlpatterns)]
    needed = sum(len(view.access) for view in views if issubclass(view, DeskView))
    found = operations(schema)
    assert len(found) == needed
    assert all(one["summary"] and one["description"] for one in found.values())


def test_every_operation_needs_a_token_with_one_scope(schema):
    for one in operations(schema).values():
        (needed,) = one["security"]
        (scope,) = needed["bearer"]
        assert scope.endswith(":read") == (one["method"] == "get")
    assert schema["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert {} in schema["paths"]["/api/v1/papers/"]["get"]["security"]


def test_every_operation_describes_its_problems(schema):
    for name, one in operations(schema).items():
        told = set(map(int, one["responses"]))
        assert {400, 401, 403, 406, 429} <= told, name
        if one["method"] != "get":
            assert 503 in told, name
        if "requestBody" in one:
            assert {411, 413, 415} <= told, name
        assert (404 in told) >= any(given["in"] == "path" for given in one.get("parameters", ())), (
            name
        )


def examples_in(schema: dict[str, Any]):
    """Yield the examples of every body and answer, with their schema."""
    for name, one in operations(schema).items():
        kinds = [one["requestBody"]] if "requestBody" in one else []
        kinds += [said for status, said in one["responses"].items() if status != "204"]
        for kind in kinds:
            for media in kind["content"].values():
                assert media.get("examples"), name
                for example in media["examples"].values():
                    yield name, example["value"], media["schema"]


def test_every_body_and_answer_has_a_valid_example(schema):
    count = 0
    for name, value, described in examples_in(schema):
        whole = {**described, "components": schema["components"]}
        errors = [error.message for error in Draft202012Validator(whole).iter_errors(value)]
        assert errors == [], name
        count += 1
    assert count > 200


def test_bodies_forbid_further_fields_and_limit_texts(schema):
    bodies = {
        name: body
        for name, body in schema["components"]["schemas"].items()
        if name.endswith("Body")
    }
    assert len(bodies) == 10
    for name, body in bodies.items():
        assert body["additionalProperties"] is False, name
        for field, described in body["properties"].items():
            if described.get("type") == "string" and "format" not in described:
                assert "maxLength" in described, (name, field)
                assert "pattern" in described, (name, field)
