"""The schema: valid, without warnings, with descriptions and examples."""

import io
import json
from contextlib import redirect_stderr

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from tests.public.api.conforming import FORMATS, schema, strict

pytestmark = pytest.mark.django_db

READING = {
    path: methods["get"]
    for path, methods in schema()["paths"].items()
    if "get" in methods and not path.startswith("/api/v1/desk/")
}


def test_the_schema_is_valid_and_made_without_a_warning():
    GENERATOR_STATS.reset()
    said = io.StringIO()
    with redirect_stderr(said):
        schema = SchemaGenerator().get_schema(request=None, public=True)
    assert (said.getvalue(), bool(GENERATOR_STATS)) == ("", False)
    validate_schema(schema)


def test_the_schema_is_served(client):
    response = client.get("/api/v1/schema/?format=json")
    assert json.loads(response.content)["openapi"].startswith("3.1")


def test_the_documentation_needs_no_other_host_and_no_inline_script(client):
    response = client.get("/api/v1/docs/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "http://" not in page
    assert "https://" not in page
    assert "<script>" not in page
    assert "'unsafe-inline'" not in response["Content-Security-Policy"].partition("style-src")[0]
    assert client.get("/api/v1/docs/?script=").status_code == 200


@pytest.mark.parametrize("path", READING)
def test_every_operation_has_descriptions_and_examples(path):
    operation = READING[path]
    assert operation["operationId"]
    assert operation["tags"]
    assert operation["summary"]
    assert operation["description"]
    assert {"200", "400", "401", "406", "429"} <= set(operation["responses"])
    named = {parameter["name"] for parameter in operation.get("parameters", [])}
    may_miss = "{" in path or named & {"cursor", "week"}
    assert ("404" in operation["responses"]) == bool(may_miss)
    for parameter in operation.get("parameters", []):
        assert parameter["description"], parameter["name"]
    for status, response in operation["responses"].items():
        assert response["description"], status
        (media,) = response["content"].values()
        assert media["examples"], status


def test_operation_ids_are_unique():
    names = [operation["operationId"] for operation in READING.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("path", READING)
def test_every_example_conforms_to_the_schema(path):
    operation = READING[path]
    for status, response in operation["responses"].items():
        for kind, media in response["content"].items():
            place = f"#/paths/{path.replace('/', '~1')}/get/responses/{status}/content"
            said = {**strict(), "$ref": f"{place}/{kind.replace('/', '~1')}/schema"}
            for example in media["examples"].values():
                Draft202012Validator(said, format_checker=FORMATS).validate(example["value"])
    for parameter in operation.get("parameters", []):
        for example in parameter.get("examples", {}).values():
            Draft202012Validator(parameter["schema"]).validate(example["value"])


WITHOUT_EXAMPLE = {"cursor", "key", "day", "code", "version", "language"}


@pytest.mark.parametrize("path", READING)
def test_parameters_have_examples(path):
    bare = {
        parameter["name"]
        for parameter in READING[path].get("parameters", [])
        if not parameter.get("examples")
    }
    assert bare <= WITHOUT_EXAMPLE
