"""Line breaking: no text is lost, no line is too wide, Japanese rules hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.render.line_breaking import break_lines, cut_lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("", 5, [], id="nothing"),
        pytest.param("one two three", 7, ["one two", "three"], id="words stay whole"),
        pytest.param("大規模言語モデル", 4, ["大規模言", "語モデル"], id="between characters"),
        pytest.param("これは題、です", 4, ["これは", "題、です"], id="no comma comes first"),
        pytest.param("その「題」だ", 3, ["その", "「題」", "だ"], id="brackets stay with the word"),
        pytest.param("チューニャ", 3, ["チュー", "ニャ"], id="no small kana comes first"),
        pytest.param("LLMの学習", 4, ["LLMの", "学習"], id="mixed scripts"),
        pytest.param("abcdefgh", 3, ["abc", "def", "gh"], id="a word that is too wide"),
        pytest.param("  a \n b  ", 9, ["a b"], id="white space is single"),
    ],
)
def test_lines_break_at_allowed_places(text, width, lines):
    assert break_lines(text, len, width) == lines


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))), st.integers(1, 30))
def test_no_text_is_lost_and_no_line_is_too_wide(text, width):
    lines = break_lines(text, len, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(0 < len(line) <= width for line in lines)


def test_cut_text_ends_in_an_ellipsis():
    assert cut_lines(["abc", "def", "ghi"], 2, len, 3) == ["abc", "de…"]
    assert cut_lines(["abc"], 2, len, 3) == ["abc"]
