"""Every engine keeps one contract; the OpenAI-compatible one also survives its servers."""

import pytest

from apps.translation.engines import build_engine
from apps.translation.engines.base import (
    Engine,
    EngineMissing,
    EngineUnavailable,
    Result,
    digest_of,
)
from apps.translation.engines.memory import MemoryEngine
from apps.translation.engines.openai import OpenAIEngine
from apps.translation.engines.openai_messages import read_answer
from apps.translation.memory.store import import_units
from apps.translation.memory.tmx import MemoryUnit
from apps.translation.pipeline.routing import chain_for
from tests.support.builders import NOW
from tests.support.servers.chat import ChatServer
from tests.translation.engines.contract import TEXTS, KeepsPlaceholders


def openai_engine(server: ChatServer, **options: object) -> OpenAIEngine:
    defaults = {"base_url": server.url, "model": "small", "timeout": 5.0, "retries": 2}
    return OpenAIEngine(**(defaults | options))  # type: ignore[arg-type]


class TestMemoryEngine(KeepsPlaceholders):
    @pytest.fixture
    def engine(self) -> Engine:
        units = [MemoryUnit("en", "ja", text, f"訳：{text}") for text in TEXTS]
        import_units(units, collection="contract.tmx", now=NOW)
        return MemoryEngine()

    def test_what_it_does_not_know_has_no_text_and_no_error(self, engine: Engine) -> None:
        assert engine.translate(["Never seen."], "en", "ja") == [Result(None)]

    def test_another_language_is_another_memory(self, engine: Engine) -> None:
        assert engine.translate(TEXTS[:1], "en", "fr") == [Result(None)]


class TestOpenAIEngine(KeepsPlaceholders):
    @pytest.fixture
    def engine(self, server: ChatServer) -> Engine:
        return openai_engine(server)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(server: ChatServer, status: int) -> None:
    server.refusals = [status]
    (result,) = openai_engine(server).translate(["A."], "en", "ja")
    assert result.text == "訳：A."


@pytest.mark.parametrize("status", [401, 404, 429, 503])
def test_a_server_that_stays_away_is_unavailable(server: ChatServer, status: int) -> None:
    server.refusals = [status] * 10
    with pytest.raises(EngineUnavailable, match="small"):
        openai_engine(server, retries=0).translate(["A."], "en", "ja")


def test_a_server_that_is_not_there_is_unavailable() -> None:
    engine = OpenAIEngine(base_url="http://127.0.0.1:9/v1", model="m", retries=0, timeout=2)
    with pytest.raises(EngineUnavailable):
        engine.translate(["A."], "en", "ja")


def test_a_server_that_never_answers_is_unavailable(server: ChatServer) -> None:
    server.delay = 2
    with pytest.raises(EngineUnavailable):
        openai_engine(server, timeout=0.3, retries=0).translate(["A."], "en", "ja")


def test_a_server_without_json_schema_is_asked_for_a_json_object(server: ChatServer) -> None:
    server.knows_schema = False
    engine = openai_engine(server)
    assert engine.translate(["A."], "en", "ja")[0].text == "訳：A."
    assert engine.translate(["B."], "en", "ja")[0].text == "訳：B."
    formats = [request["response_format"]["type"] for request in server.requests]
    assert formats == ["json_schema", "json_object", "json_object"]
    assert "schema" in server.requests[-1]["response_format"]


def test_a_sentence_that_is_left_out_has_an_error_and_the_others_their_own_text(
    server: ChatServer,
) -> None:
    server.answer = lambda items: {
        "translations": [{"id": 2, "text": "三"}, {"id": 0, "text": "一"}]
    }
    results = openai_engine(server).translate(["1", "2", "3"], "en", "ja")
    assert [result.text for result in results] == ["一", None, "三"]
    assert "left this sentence out" in results[1].error


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("I cannot translate this.", id="prose"),
        pytest.param("", id="nothing"),
        pytest.param('{"translations": [{"id": 0, "te', id="cut off"),
        pytest.param("[]", id="another shape"),
        pytest.param('{"translations": ["a"]}', id="items without ids"),
    ],
)
def test_an_answer_that_cannot_be_read_is_an_error_of_its_texts(
    server: ChatServer, answer: str
) -> None:
    server.answer = lambda items: answer
    (result,) = openai_engine(server).translate(["A."], "en", "ja")
    assert result.text is None
    assert "JSON" in result.error


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param('{"id": 0, "text": "a"}', {0: "a"}, id="one"),
        pytest.param('{"id": 7, "text": "a"}', {}, id="unknown id"),
        pytest.param('{"id": -1, "text": "a"}', {}, id="negative id"),
        pytest.param('{"id": "0", "text": "a"}', {}, id="id of another type"),
        pytest.param('{"id": 0, "text": "a"}, {"id": 0, "text": "b"}', {}, id="doubled id"),
        pytest.param('{"id": 0, "text": "  "}', {}, id="empty text"),
        pytest.param('{"id": 1, "text": " b "}', {1: "b"}, id="white space around"),
    ],
)
def test_only_items_that_are_certain_are_read(items: str, expected: dict[int, str]) -> None:
    assert read_answer(f'{{"translations": [{items}]}}', [0, 1]) == expected


def test_the_version_changes_with_what_affects_the_text(server: ChatServer) -> None:
    cold, warm = openai_engine(server), openai_engine(server, temperature=0.5)
    assert cold.version != warm.version
    assert cold.version == openai_engine(server, timeout=1.0, batch_size=2).version


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})


@pytest.mark.parametrize(
    ("configured", "message"),
    [
        pytest.param({}, "No translation engine is named 'x'", id="not configured"),
        pytest.param({"x": {"BACKEND": "no.such.Engine"}}, "cannot be imported", id="no class"),
        pytest.param(
            {
                "x": {
                    "BACKEND": "apps.translation.engines.deepl.DeepLEngine",
                    "OPTIONS": {"key": "k"},
                }
            },
            "cannot be built",
            id="wrong options",
        ),
    ],
)
def test_a_wrong_configuration_is_named(configured: dict, message: str) -> None:
    with pytest.raises(EngineMissing, match=message):
        build_engine("x", configured)


CHAINS = [
    {"languages": "en-ja", "categories": ["math.*", "hep-th"], "engines": ["a"]},
    {"languages": ["en-ja", "en-ko"], "engines": ["b"]},
]


@pytest.mark.parametrize(
    ("pair", "category", "expected"),
    [
        pytest.param("en-ja", "math.AG", ("a",), id="archive"),
        pytest.param("en-ja", "hep-th", ("a",), id="category"),
        pytest.param("en-ja", "mathematics", ("b",), id="no prefix match"),
        pytest.param("en-ko", "math.AG", ("b",), id="second entry"),
        pytest.param("en-fr", "cs.CL", (), id="nothing configured"),
        pytest.param("en-ja", "", ("b",), id="unknown category"),
    ],
)
def test_the_first_chain_that_fits_is_taken(
    pair: str, category: str, expected: tuple[str, ...]
) -> None:
    assert chain_for(pair, category, CHAINS) == expected
