"""Titles break between words, not inside them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.render.phrase_breaks import add_phrase_breaks, break_positions
from apps.text.tex.html import to_html


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        pytest.param(
            "LLMの事後学習：リーズニング型大規模言語モデルの徹底解説",
            "LLMの|事後学習：リーズニング型|大規模言語|モデルの|徹底解説",
            id="suffix stays with its word",
        ),
        pytest.param("弱いデータの強さ", "弱い|データの|強さ", id="after particles"),
        pytest.param(
            "組み合わせ最適化の読み取り", "組み合わせ最適化の|読み取り", id="compound verbs"
        ),
        pytest.param("深層学習", "深層学習", id="one run of kanji"),
        pytest.param("ニューラルネットワーク", "ニューラルネットワーク", id="one run of katakana"),
        pytest.param("グラフ構造における学習", "グラフ|構造における|学習", id="katakana and kanji"),
        pytest.param("GPT-4は何をするか", "GPT-4は|何をするか", id="Latin letters stay"),
        pytest.param("人々のデータ", "人々の|データ", id="repetition mark"),
        pytest.param("Attention Is All You Need", "Attention Is All You Need", id="English"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_break_positions_of_a_title(title, shown):
    assert add_phrase_breaks(title).replace("<wbr>", "|") == shown


def test_math_and_links_get_no_breaks():
    html = to_html("係数$x の 値$の推定 https://example.org/のデータ値")
    broken = add_phrase_breaks(html)
    assert broken.replace("<wbr>", "") == html
    assert "<wbr>" not in re.search(r"<math.*</math>", broken, re.DOTALL)[0]
    assert re.findall("<[^<>]*<wbr>", broken) == []


@given(st.text())
def test_breaks_do_not_change_the_text(text):
    html = to_html(text)
    assert add_phrase_breaks(html).replace("<wbr>", "") == html.replace("<wbr>", "")
    assert break_positions(text) == sorted(set(break_positions(text)))
