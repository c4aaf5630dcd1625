"""The engine deepl: DeepL's own package against a server that speaks its protocol."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.protection.masking import mask
from apps.text.protection.placeholders import XML
from apps.translation.engines.base import Engine, EngineMissing, EngineUnavailable
from apps.translation.engines.deepl import (
    MOST_BYTES,
    MOST_TEXTS,
    DeepLEngine,
    batches,
    from_xml,
    to_xml,
)
from tests.support.servers.deepl import DeepLServer
from tests.translation.engines.contract import KeepsPlaceholders


@pytest.fixture
def server() -> Iterator[DeepLServer]:
    with DeepLServer() as running:
        yield running


def deepl_engine(server: DeepLServer, **options: object) -> DeepLEngine:
    defaults = {"auth_key": "key", "server_url": server.url, "retries": 0, "timeout": 5.0}
    return DeepLEngine(**(defaults | options))  # type: ignore[arg-type]


class TestDeepLEngine(KeepsPlaceholders):
    @pytest.fixture
    def engine(self, server: DeepLServer) -> Engine:
        return deepl_engine(server)


def test_protected_spans_go_as_tags_and_the_rest_quoted(server: DeepLServer) -> None:
    masked = mask("If $x$ < 3 & y > 2, see https://example.org.", XML)
    (result,) = deepl_engine(server).translate([masked.text], "en", "ja")
    (request,) = server.requests
    assert request["tag_handling"] == "xml"
    (sent,) = request["text"]
    assert sent.startswith('If <x id="0"/> &lt; 3 &amp; y &gt; 2, see <x id="1"/>')
    restored = masked.restore(result.text or "")
    assert restored.complete
    assert restored.text == "訳：If $x$ < 3 & y > 2, see https://example.org."


@given(st.text(max_size=60))
def test_any_text_comes_back_through_xml_unchanged(text: str) -> None:
    masked = mask(text, XML)
    assert masked.restore(from_xml(to_xml(masked.text))).text == text


def test_japanese_is_asked_for_in_the_plain_style(server: DeepLServer) -> None:
    deepl_engine(server).translate(["A."], "en", "ja")
    (request,) = server.requests
    assert (request["source_lang"], request["target_lang"]) == ("EN", "JA")
    assert request["formality"] == "prefer_less"


def test_a_glossary_of_the_account_is_used(server: DeepLServer) -> None:
    deepl_engine(server, glossary="g7").translate(["A."], "en", "ja")
    assert server.requests[0]["glossary_id"] == "g7"


@pytest.mark.parametrize(
    ("status", "error", "message"),
    [
        pytest.param(403, EngineMissing, "DEEPL_AUTH_KEY", id="wrong key"),
        pytest.param(456, EngineUnavailable, "quota", id="quota used up"),
        pytest.param(429, EngineUnavailable, "did not translate", id="too many requests"),
        pytest.param(503, EngineUnavailable, "did not translate", id="out of order"),
        pytest.param(400, EngineUnavailable, "did not translate", id="bad request"),
    ],
)
def test_a_refusal_says_why(
    server: DeepLServer, status: int, error: type[Exception], message: str
) -> None:
    server.refusals = [status]
    with pytest.raises(error, match=message):
        deepl_engine(server).translate(["A."], "en", "ja")


def test_a_busy_server_is_asked_again(server: DeepLServer) -> None:
    server.refusals = [429]
    (result,) = deepl_engine(server, retries=1).translate(["A."], "en", "ja")
    assert result.text == "訳：A."


def test_a_server_that_never_answers_is_unavailable(server: DeepLServer) -> None:
    server.delay = 2
    with pytest.raises(EngineUnavailable, match="did not translate"):
        deepl_engine(server, timeout=0.2).translate(["A."], "en", "ja")


def test_without_a_key_it_says_what_to_set(server: DeepLServer) -> None:
    with pytest.raises(EngineMissing, match="DEEPL_AUTH_KEY"):
        deepl_engine(server, auth_key="").check()


def test_a_quota_that_is_used_up_is_seen_before_anything_is_sent(server: DeepLServer) -> None:
    server.used = 1000
    with pytest.raises(EngineUnavailable, match="quota"):
        deepl_engine(server).check()


@given(st.lists(st.integers(1, MOST_BYTES), max_size=130))
def test_requests_are_of_the_size_that_deepl_takes_and_keep_the_order(sizes: list[int]) -> None:
    texts = ["x" * size for size in sizes]
    divided = batches(texts)
    assert [text for batch in divided for text in batch] == texts
    assert all(0 < len(batch) <= MOST_TEXTS for batch in divided)
    assert all(sum(map(len, batch)) <= MOST_BYTES for batch in divided)
