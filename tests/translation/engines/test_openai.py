"""The engine openai: what it is told around a text, how many requests, what they cost."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from apps.text.checks import Term
from apps.translation.engines.base import Context, EngineMissing, EngineUnavailable
from apps.translation.engines.openai import OpenAIEngine, split_total
from tests.support.servers.chat import ChatServer, translate_all


def engine(server: ChatServer, **options: object) -> OpenAIEngine:
    defaults = {"base_url": server.url, "model": "small", "timeout": 5.0, "retries": 0}
    return OpenAIEngine(**(defaults | options))  # type: ignore[arg-type]


def asked(server: ChatServer) -> list[dict[str, Any]]:
    return [json.loads(request["messages"][-1]["content"]) for request in server.requests]


def texts_of(results: Sequence[Any]) -> list[str | None]:
    return [result.text for result in results]


def test_a_sentence_goes_with_its_paper_terms_and_examples(server: ChatServer) -> None:
    context = Context(
        document="A title\n\nAn abstract.",
        terms=(Term("agent", "エージェント"),),
        examples=(("It holds.", "成り立つ。"),),
    )
    engine(server).translate(["The agent acts."], "en", "ja", [context])
    (request,) = asked(server)
    assert request["document"] == "A title\n\nAn abstract."
    assert request["terms"] == [{"source": "agent", "target": "エージェント"}]
    assert request["examples"] == [{"source": "It holds.", "target": "成り立つ。"}]


def test_a_title_is_asked_for_as_a_title(server: ChatServer) -> None:
    contexts = [Context(field="title"), Context()]
    engine(server).translate(["On X", "We study X."], "en", "ja", contexts)
    (request,) = asked(server)
    assert [item.get("part") for item in request["sentences"]] == ["title", None]
    assert "noun phrase" in server.requests[0]["messages"][0]["content"]


def test_sentences_of_one_request_are_of_one_paper_and_come_back_in_their_order(
    server: ChatServer,
) -> None:
    papers = [Context(document=name) for name in ("A", "B", "A", "B", "A")]
    results = engine(server, batch_size=2).translate(list("12345"), "en", "ja", papers)
    assert texts_of(results) == [f"訳：{number}" for number in "12345"]
    sent = {
        (request["document"], *[item["text"] for item in request["sentences"]])
        for request in asked(server)
    }
    assert sent == {("A", "1", "3"), ("A", "5"), ("B", "2", "4")}


def test_a_paper_that_is_too_long_is_left_out(server: ChatServer) -> None:
    engine(server, document_characters=10).translate(
        ["A."], "en", "ja", [Context(document="x" * 11)]
    )
    assert "document" not in asked(server)[0]


def test_requests_run_at_once_and_no_more_than_allowed(server: ChatServer) -> None:
    server.delay = 0.2
    results = engine(server, batch_size=1, concurrency=3).translate(list("abcdefghi"), "en", "ja")
    assert texts_of(results) == [f"訳：{letter}" for letter in "abcdefghi"]
    assert 1 < server.most_at_once <= 3


def test_requests_keep_to_the_limit_a_minute(server: ChatServer) -> None:
    pace = engine(server, requests_per_minute=30)._pace
    assert pace.seconds == 2.0
    assert [round(pace.slots.reserve(2.0)) for _ in range(3)] == [0, 2, 4]
    assert engine(server)._pace.seconds == 0


def test_tokens_are_counted_by_text_and_add_up(server: ChatServer) -> None:
    results = engine(server).translate(["a" * 10, "b" * 30, "c"], "en", "ja")
    assert sum(result.tokens_in for result in results) == 100
    assert sum(result.tokens_out for result in results) == 50
    assert results[1].tokens_in > results[0].tokens_in > results[2].tokens_in


def test_a_server_that_counts_nothing_is_no_trouble(server: ChatServer) -> None:
    server.usage = None
    (result,) = engine(server).translate(["A."], "en", "ja")
    assert (result.text, result.tokens_in) == ("訳：A.", 0)


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        pytest.param(10, [1, 1], [5, 5], id="halves"),
        pytest.param(10, [1, 1, 1], [3, 3, 4], id="thirds"),
        pytest.param(1, [5, 5], [0, 1], id="less than one each"),
        pytest.param(7, [0, 0], [7, 0], id="empty texts"),
        pytest.param(7, [], [], id="nothing"),
    ],
)
def test_tokens_are_divided_into_whole_ones(
    total: int, weights: list[int], expected: list[int]
) -> None:
    assert split_total(total, weights) == expected


def test_what_was_left_out_is_asked_for_once_more_alone(server: ChatServer) -> None:
    def forgetful(items: list[dict[str, Any]]) -> object:
        return translate_all(items if len(items) == 1 else items[:-1])

    server.answer = forgetful
    results = engine(server).translate(["1", "2", "3"], "en", "ja")
    assert texts_of(results) == ["訳：1", "訳：2", "訳：3"]
    assert len(server.requests) == 2


ENGLISH = "We study the effect of heat on models."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("We study how heat acts on models.", "another language", id="English"),
        pytest.param("我们研究了热量对这些模型的影响和作用", "Chinese", id="Chinese"),
        pytest.param("", "left this sentence out", id="empty"),
    ],
)
def test_an_answer_that_is_no_translation_is_an_error_of_its_text_only(
    server: ChatServer, text: str, message: str
) -> None:
    server.answer = lambda items: {
        "translations": [
            {"id": item["id"], "text": text if item["text"] == ENGLISH else "熱を調べる。"}
            for item in items
        ]
    }
    bad, good = engine(server).translate([ENGLISH, "We study the heat."], "en", "ja")
    assert bad.text is None
    assert message in bad.error
    assert good.text == "熱を調べる。"


def test_a_part_of_the_requests_that_fails_does_not_cost_the_others(server: ChatServer) -> None:
    server.refusals = [503]
    results = engine(server, batch_size=1, concurrency=1).translate(["1", "2"], "en", "ja")
    assert texts_of(results) == [None, "訳：2"]
    assert results[0].unavailable


def test_a_refused_key_waits_for_a_person(server: ChatServer) -> None:
    server.refusals = [401]
    with pytest.raises(EngineMissing, match="OPENAI_API_KEY"):
        engine(server).translate(["A."], "en", "ja")


def test_a_model_that_the_server_lacks_is_named(server: ChatServer) -> None:
    server.models = ["big"]
    with pytest.raises(EngineMissing, match=r"no model 'small' .* big"):
        engine(server).check()


def test_a_server_that_is_down_is_seen(server: ChatServer) -> None:
    server.refusals = [500]
    with pytest.raises(EngineUnavailable, match="does not answer"):
        engine(server).check()


def test_the_version_changes_with_what_is_sent_along(server: ChatServer) -> None:
    assert engine(server).version != engine(server, document_characters=0).version
    assert engine(server).version == engine(server, concurrency=9, timeout=1.0).version
