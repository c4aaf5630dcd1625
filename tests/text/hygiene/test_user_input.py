"""User input: tidied, compared, and searched for links and hidden characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.hygiene.user_input import (
    comparison_form,
    find_links,
    has_hidden_characters,
    one_line,
    tidy_paragraphs,
)

HIDDEN = {
    "a bell": "あ\x07い",
    "nothing at all": "\x00",
    "text turned round": "\u202eあ",
    "an isolate": "\u2067あ\u2069",
    "half a character": "\ud800",
    "a private sign": "\ue000",
}
SEEN = {
    "lines": "一\n二\r\n三",
    "a tab": "一\t二",
    "an emoji of several": "👩\u200d🔬",
    "voicing marks": "か\u3099",
    "math": r"$\alpha < \beta$",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_hidden_characters_are_found(text):
    assert has_hidden_characters(text)


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN)
def test_ordinary_text_has_no_hidden_characters(text):
    assert not has_hidden_characters(text)


LINKS = {
    "none": ("見てhttpは文字である", []),
    "one": ("見てhttps://example.org/a と", ["https://example.org/a"]),
    "capitals": ("HTTP://EXAMPLE.ORG", ["HTTP://EXAMPLE.ORG"]),
    "without scheme": ("www.example.org へ", ["www.example.org"]),
    "two": ("http://a.b http://c.d", ["http://a.b", "http://c.d"]),
}


@pytest.mark.parametrize(("text", "links"), LINKS.values(), ids=LINKS)
def test_links_are_found(text, links):
    assert find_links(text) == links


SAME = {
    "width": ("ＬＬＭ（略）", "LLM(略)"),
    "spaces": ("大規模  モデル ", "大規模\nモデル"),
    "ideographic space": ("大規模　モデル", "大規模 モデル"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_equal_proposals_have_one_form(one, other):
    assert comparison_form(one) == comparison_form(other)


@pytest.mark.parametrize(("one", "other"), [("モデル", "モデルは"), ("方策", "政策")])
def test_different_proposals_have_different_forms(one, other):
    assert comparison_form(one) != comparison_form(other)


@given(st.text())
def test_tidying_is_idempotent(text):
    assert one_line(one_line(text)) == one_line(text)
    assert tidy_paragraphs(tidy_paragraphs(text)) == tidy_paragraphs(text)
    assert comparison_form(comparison_form(text)) == comparison_form(text)


@given(st.text())
def test_one_line_is_one_line_and_keeps_every_word(text):
    line = one_line(text)
    assert "\n" not in line
    assert line.split() == unicodedata.normalize("NFC", text).split()
