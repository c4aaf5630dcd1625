"""The embedder openai: what it sends, what it believes, and what it says when it cannot."""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.discovery.embedders.base import EmbedderUnavailable
from apps.discovery.embedders.openai import OpenAIEmbedder
from tests.support.servers.embeddings import EmbeddingsServer


@pytest.fixture
def server() -> Iterator[EmbeddingsServer]:
    with EmbeddingsServer() as running:
        yield running


def model(server: EmbeddingsServer, **options: Any) -> OpenAIEmbedder:
    defaults: dict[str, Any] = {"base_url": server.url, "model": "words", "retries": 0}
    return OpenAIEmbedder(**(defaults | options))


def test_papers_and_queries_have_prefixes_and_types_of_their_own(server: EmbeddingsServer) -> None:
    embedder = model(
        server,
        passage_prefix="passage: ",
        query_prefix="query: ",
        passage_type="passage",
        query_type="query",
    )
    embedder.passages(["stars"])
    embedder.query("dust")
    assert server.texts == [["passage: stars"], ["query: dust"]]
    assert [request["input_type"] for request in server.requests] == ["passage", "query"]


def test_nothing_is_sent_that_a_server_may_not_know(server: EmbeddingsServer) -> None:
    model(server).passages(["stars"])
    assert set(server.requests[0]) == {"model", "input", "encoding_format"}


def test_texts_go_in_batches(server: EmbeddingsServer) -> None:
    model(server, batch_size=2).passages(["a", "b", "c"])
    assert server.texts == [["a", "b"], ["c"]]


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(count=st.integers(1, 12), batch=st.integers(1, 5), seed=st.integers())
def test_vectors_belong_to_their_texts_in_whatever_order_they_come(
    server: EmbeddingsServer, count: int, batch: int, seed: int
) -> None:
    texts = [f"word{place}" for place in range(count)]
    server.change = lambda data: data
    expected = model(server).passages(texts)
    server.change = lambda data: random.Random(seed).sample(data, len(data))
    assert np.array_equal(model(server, batch_size=batch).passages(texts), expected)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(server: EmbeddingsServer, status: int) -> None:
    server.refusals = [status, status]
    assert model(server, retries=2).passages(["stars"]).shape == (1, 384)
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("status", "message"),
    [
        pytest.param(401, "EMBEDDER_API_KEY", id="no key"),
        pytest.param(403, "EMBEDDER_API_KEY", id="not allowed"),
        pytest.param(404, r"no model 'words' \(EMBEDDER_MODEL\)", id="no model"),
        pytest.param(429, "does not answer", id="too many requests"),
        pytest.param(500, "does not answer", id="broken"),
    ],
)
def test_what_keeps_it_from_answering_is_said(
    server: EmbeddingsServer, status: int, message: str
) -> None:
    server.refusals = [status]
    with pytest.raises(EmbedderUnavailable, match=message):
        model(server).query("stars")


def test_a_server_that_is_not_there_is_said(server: EmbeddingsServer) -> None:
    gone = server.url
    server.server_close()
    with pytest.raises(EmbedderUnavailable, match="does not answer"):
        OpenAIEmbedder(base_url=gone, model="words", retries=0, timeout=1.0).query("stars")


def replaced(value: object) -> Any:
    """Return a change that puts `value` in the place of the first vector's first number."""

    def change(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
        data[0]["embedding"][0] = value
        return data

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(lambda data: data[:1], "one vector for each of 2", id="too few"),
        pytest.param(lambda data: data * 2, "one vector for each of 2", id="too many"),
        pytest.param(lambda data: [data[0]] * 2, "one vector for each of 2", id="one twice"),
        pytest.param(
            lambda data: [{"embedding": item["embedding"]} for item in data],
            "one vector for each of 2",
            id="no places",
        ),
        pytest.param(lambda data: None, "invalid answer|one vector", id="none"),
        pytest.param(lambda data: "<html>", "invalid answer|does not answer|one vector", id="HTML"),
        pytest.param(replaced(float("nan")), "without a direction", id="not a number"),
        pytest.param(replaced(float("inf")), "without a direction", id="infinite"),
        pytest.param(replaced("x"), "not lists of numbers", id="a letter"),
        pytest.param(replaced(None), "no lists of numbers|without a direction", id="null"),
        pytest.param(
            lambda data: [item | {"embedding": [0.0] * 384} for item in data],
            "without a direction",
            id="zero",
        ),
        pytest.param(
            lambda data: [item | {"embedding": [1.0]} for item in data],
            "vectors of 1 numbers; this site stores 384",
            id="too short",
        ),
        pytest.param(
            lambda data: [data[0], data[1] | {"embedding": [1.0]}],
            "not lists of numbers",
            id="ragged",
        ),
    ],
)
def test_an_answer_that_cannot_be_right_is_not_believed(
    server: EmbeddingsServer, change: Any, message: str
) -> None:
    server.change = change
    with pytest.raises(EmbedderUnavailable, match=message):
        model(server).passages(["stars", "dust"])


def test_longer_vectors_are_shortened_only_where_configured(server: EmbeddingsServer) -> None:
    server.own_size = 1024
    with pytest.raises(EmbedderUnavailable, match=r"1024 numbers; this site stores 384.*SHORTEN"):
        model(server).query("stars")
    whole = model(server, dimensions=1024).query("stars")
    here = model(server, shorten="here").query("stars")
    assert here == pytest.approx(whole[:384] / np.linalg.norm(whole[:384]), abs=1e-6)
    assert model(server, shorten="server").query("stars").shape == (384,)
    assert server.requests[-1]["dimensions"] == 384


def test_a_server_that_cannot_shorten_is_said(server: EmbeddingsServer) -> None:
    server.can_shorten = False
    with pytest.raises(EmbedderUnavailable, match=r"refuses the request.*no matryoshka"):
        model(server, shorten="server").passages(["stars and dust", "dust"])


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param((400, "maximum context length exceeded"), id="400"),
        pytest.param((413, "payload too large"), id="413"),
        pytest.param((422, "too many tokens"), id="422"),
        pytest.param((500, "input is too large to process"), id="500"),
    ],
)
def test_a_text_that_is_too_long_is_shortened_and_the_others_are_not(
    server: EmbeddingsServer, refusal: tuple[int, str]
) -> None:
    server.longest, server.too_long = 5, refusal
    vectors = model(server).passages(["stars and dust", "one two three four five six", "dust"])
    server.longest = 10
    expected = model(server).passages(["stars and dust", "one two three", "dust"])
    assert np.array_equal(vectors, expected)


@pytest.mark.parametrize(
    ("option", "anew"),
    [
        pytest.param({"model": "others"}, True, id="model"),
        pytest.param({"shorten": "here"}, True, id="shortened"),
        pytest.param({"passage_prefix": "passage: "}, True, id="prefix of papers"),
        pytest.param({"passage_type": "document"}, True, id="type of papers"),
        pytest.param({"model": "m" * 200}, True, id="a very long model"),
        pytest.param({"query_prefix": "query: "}, False, id="prefix of queries"),
        pytest.param({"timeout": 1.0}, False, id="timeout"),
        pytest.param({"batch_size": 7}, False, id="batch"),
        pytest.param({"api_key": "secret"}, False, id="key"),
    ],
)
def test_the_name_changes_with_what_makes_other_vectors(
    server: EmbeddingsServer, option: dict[str, Any], anew: bool
) -> None:
    assert (model(server).name != model(server, **option).name) == anew
    assert len(model(server, **option).name) <= 100
