"""The house style of Japanese: what is corrected, and what stays."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apps.text.checks.autofix import autofix
from apps.text.protection.japanese_spans import find_spans_in_japanese


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        pytest.param("本稿では，手法を示す．", "本稿では、手法を示す。", id="，．"),
        pytest.param("本稿では, 手法を示す.", "本稿では、手法を示す。", id="half-width , ."),
        pytest.param("BERT, さらにGPTを使う。", "BERT、さらにGPTを使う。", id="comma after Latin"),
        pytest.param("何か? 題:副題", "何か？題：副題", id="other marks"),
        pytest.param("モデル (LLM) は速い。", "モデル（LLM）は速い。", id="brackets"),
        pytest.param("モデル（LLM)は速い。", "モデル（LLM）は速い。", id="mixed brackets"),
        pytest.param("LSTM (長短期記憶) を使う。", "LSTM（長短期記憶）を使う。", id="gloss"),
        pytest.param("大規模 LLM の 8 層", "大規模LLMの8層", id="spaces"),
        pytest.param("解 $x, y$ を得る。", "解$x, y$を得る。", id="space beside math"),
        pytest.param("終わる。 また始まる。", "終わる。また始まる。", id="space after 。"),
        pytest.param("ＬＬＭは１．５倍", "LLMは1.5倍", id="full-width letters and digits"),
        pytest.param("１，０００件", "1,000件", id="thousands"),
    ],
)
def test_corrects(text: str, fixed: str) -> None:
    assert autofix(text, "abstract").text == fixed


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("No Japanese, so nothing to do.", id="no Japanese"),
        pytest.param("関数f(x, y)は滑らかである。", id="function"),
        pytest.param("BERT, GPT, T5を使う。", id="between Latin words"),
        pytest.param("比は3:1、値は1,000.5である。", id="inside numbers"),
        pytest.param("式$f(x), g(x)$を使う。", id="math"),
        pytest.param("コードはhttps://a.org/b,c にある。", id="space that ends an address"),
        pytest.param("`a, b (c)`を使う。", id="code"),
        pytest.param("Python 3.11 (64 bit)を使う。", id="brackets after Latin"),
        pytest.param("一行目。\n二行目。", id="lines"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert autofix(text, "abstract") == (text, ())


@pytest.mark.parametrize(
    ("text", "field", "fixed"),
    [
        pytest.param("画像認識。", "title", "画像認識", id="title"),
        pytest.param("画像認識。", "abstract", "画像認識。", id="abstract"),
        pytest.param("見る。そして学ぶ。", "title", "見る。そして学ぶ。", id="two sentences"),
    ],
)
def test_removes_the_period_of_a_title(text: str, field: str, fixed: str) -> None:
    assert autofix(text, field).text == fixed


def test_names_the_applied_corrections() -> None:
    assert autofix("ＬＬＭ は，速い。", "title").applied == (
        "latin_letters",
        "commas_and_periods",
        "spacing",
        "title_period",
    )


MIXED = st.lists(
    st.sampled_from(
        [
            "本稿", "は", "速い", "、", "。", "，", "．", ",", ".", ":", ";", "?", "!", "(", ")",
            "（", "）", "「", "」", " ", "\u3000", "\n", "LLM", "ＬＬＭ", "1", "１", "%", "-", "ー",
            "$x, y$", "$a.b$", "https://a.org/b?c=1", "a@b.org", "`a, b`", "foo.py", "[1, 2]",
            "10.1000/x", "\\alpha", "\\(x\\)", "$", "{", "}",
        ]
    ),
    max_size=20,
).map("".join)  # fmt: skip


@settings(deadline=None)
@example("７10.1234/abc．以上", "abstract")
@given(st.one_of(MIXED, st.text(max_size=60)), st.sampled_from(["title", "abstract"]))
def test_autofix_is_idempotent(text: str, field: str) -> None:
    once = autofix(text, field).text
    assert autofix(once, field) == (once, ())


@settings(deadline=None)
@given(MIXED, st.sampled_from(["title", "abstract"]))
def test_keeps_protected_text_byte_for_byte(text: str, field: str) -> None:
    fixed = autofix(text, field).text
    position = 0
    for start, end, _ in find_spans_in_japanese(text):
        position = fixed.index(text[start:end], position) + end - start
