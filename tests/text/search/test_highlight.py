"""Highlighting searched words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from apps.text.search.highlight import count_marks, highlight_html
from apps.text.tex.html import to_html

MARKED = {
    "word": ("A graph here", ["graph"], "A <mark>graph</mark> here"),
    "case": ("GRAPH", ["graph"], "<mark>GRAPH</mark>"),
    "accents": ("the Rényi graph", ["renyi"], "the <mark>Rényi</mark> graph"),
    "inside a longer word": ("hypergraphs", ["graph"], "hyper<mark>graph</mark>s"),
    "short words only whole": ("organ GAN", ["gan"], "organ <mark>GAN</mark>"),
    "beside Japanese": ("GANの学習", ["gan"], "<mark>GAN</mark>の学習"),
    "Japanese": ("深層学習です", ["学習"], "深層<mark>学習</mark>です"),
    "other kana": ("がんの診断", ["ガン"], "<mark>がん</mark>の診断"),
    "half width": ("ﾊﾞｲｱｽ", ["バイアス"], "<mark>ﾊﾞｲｱｽ</mark>"),
    "escaped": ("<b> & graph", ["graph"], "&lt;b&gt; &amp; <mark>graph</mark>"),
    "phrase": (
        "deep-learning, learning",
        ["deep learning"],
        "<mark>deep-learning</mark>, learning",
    ),
    "nothing to mark": ("plain", [], "plain"),
}


@pytest.mark.parametrize(("text", "marks", "expected"), MARKED.values(), ids=MARKED)
def test_words_are_marked(text, marks, expected):
    assert highlight_html(text, marks) == expected


@pytest.mark.parametrize("text", ["$x^2$ and x", r"$\frac{x}{y}$", "see https://example.org/x/y"])
def test_math_and_addresses_stay_whole(text):
    marked = highlight_html(text, ["x", "y", "frac", "example"])
    unmarked = marked.replace("<mark>", "").replace("</mark>", "")
    assert unmarked == to_html(text)
    assert "<mark>" not in marked.partition("</math>")[0] or "<math" not in marked


@given(
    st.text(alphabet="aé<>&$\\{}^_ 学習がｶﾞ'\"x", max_size=60),
    st.lists(st.sampled_from(["a", "学習", "ガ", "x", "amp", "lt", "<"]), max_size=4),
)
def test_marks_only_add_mark_elements(text, marks):
    marked = highlight_html(text, marks)
    assert marked.replace("<mark>", "").replace("</mark>", "") == to_html(text)
    html.fragment_fromstring(marked, create_parent=True)


def test_different_marks_are_counted():
    assert count_marks("graph, graph and 学習", ["graph", "学習", "tree"]) == 2
