r"""TeX in titles and abstracts as safe HTML."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.text.tex.html import to_html, to_plain
from apps.text.tex.mathml import ATTRIBUTES, ELEMENTS, LONGEST, tex_to_mathml

PROSE_ELEMENTS = {"em", "strong", "code", "a", "sub", "sup"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("Plain words.", "Plain words.", id="plain"),
        pytest.param("a < b & c", "a &lt; b &amp; c", id="escaped"),
        pytest.param("<b>no</b>", "&lt;b&gt;no&lt;/b&gt;", id="markup is text"),
        pytest.param("It costs $5 and $6.", "It costs $5 and $6.", id="dollars are no math"),
        pytest.param(r"\emph{Deep} nets", "<em>Deep</em> nets", id="emph"),
        pytest.param(r"{\it E. coli} cells", "<em>E. coli</em> cells", id="font switch"),
        pytest.param(r"\textbf{A \emph{B}}", "<strong>A <em>B</em></strong>", id="nested emphasis"),
        pytest.param(r"\textbf{never closed", "<strong>never closed</strong>", id="unclosed"),
        pytest.param(r"closed} twice}", "closed} twice}", id="never opened"),
        pytest.param(r"G\"odel and Poincar\'e", "Gödel and Poincaré", id="accents"),
        pytest.param(r"90\% of A\&B", "90% of A&amp;B", id="escaped signs"),
        pytest.param(r"\alpha-decay", "α-decay", id="sign outside math"),
        pytest.param(r"\textsc{Foo} by \LaTeX", "Foo by LaTeX", id="other commands"),
        pytest.param("the set {a, b}", "the set {a, b}", id="braces without TeX"),
        pytest.param("H<sub>2</sub>O", "H<sub>2</sub>O", id="script tags"),
        pytest.param("A &amp; B", "A &amp; B", id="entity"),
        pytest.param("a\x00b\x0bc\ud800d", "abcd", id="characters that XML forbids"),
        pytest.param(
            "コードはhttps://a.org/bで公開。",
            'コードは<a href="https://a.org/b" rel="nofollow noopener">https://a.org/b</a>で公開。',
            id="link in Japanese",
        ),
        pytest.param(
            "(see https://a.org/?x=1&y=2).",
            '(see <a href="https://a.org/?x=1&amp;y=2" rel="nofollow noopener">'
            "https://a.org/?x=1&amp;y=2</a>).",
            id="link ends before punctuation",
        ),
        pytest.param("javascript:alert(1)", "javascript:alert(1)", id="no other scheme"),
        pytest.param("ftp://a.org/x", "ftp://a.org/x", id="ftp is text"),
        pytest.param(
            r"$\frac{a$ is broken", r'<code class="tex">\frac{a</code> is broken', id="broken TeX"
        ),
        pytest.param(
            "$n$頂点",
            '<math display="inline"><mrow><mi>n</mi></mrow></math>頂点',
            id="inline math",
        ),
        pytest.param(
            r"\[x\]", '<math display="block"><mrow><mi>x</mi></mrow></math>', id="display math"
        ),
    ],
)
def test_html_of(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        pytest.param(r"\R^n", "ℝn", id="number set without definition"),
        pytest.param(r"\Tr A", "TrA", id="unknown command by its name"),
        pytest.param(r"95\%", "95%", id="escaped percent"),
        pytest.param("95%", "95%", id="percent is no comment"),
        pytest.param("a < b", "a<b", id="less than"),
        pytest.param(r"\text{<script>}", "<script>", id="text is text"),
    ],
)
def test_math_shows(tex: str, shown: str) -> None:
    mathml = tex_to_mathml(tex)
    assert mathml is not None
    assert "".join(ElementTree.fromstring(mathml).itertext()) == shown


@pytest.mark.parametrize(
    "tex",
    [
        pytest.param(r"\frac{a", id="unclosed"),
        pytest.param("a}", id="unopened"),
        pytest.param("x^a^b", id="double superscript"),
        pytest.param(r"\newcommand{\a}{\b}\a", id="definition"),
        pytest.param(r"\def\a{xx}\a", id="plain TeX definition"),
        pytest.param("{" * 60 + "x" + "}" * 60, id="nested too deep"),
        pytest.param(r"\sqrt" * 250 + "x", id="nested without braces"),
        pytest.param("x" * (LONGEST + 1), id="too long"),
        pytest.param("  ", id="empty"),
    ],
)
def test_no_mathml_for(tex: str) -> None:
    assert tex_to_mathml(tex) is None


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(//a)}{x}",
        r'\class{a" onclick="b}{x}',
        r'\color{red" onclick="b}{x}',
        r"\text{</math><script>alert(1)</script>}",
        r"\hspace{99999em}x",
        r"\rule{9999em}{9999em}",
        "&lt;script&gt;",
    ],
)
def test_hostile_math_leaves_nothing_behind(tex: str) -> None:
    assert_is_safe(to_html(f"${tex}$"))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("The $k$-th  root", "The k-th root", id="math without dollars"),
        pytest.param(r"\emph{A} < B & C", "A < B & C", id="nothing escaped"),
        pytest.param(r"G\"odel", "Gödel", id="accents"),
        pytest.param("$" + "x" * 100 + "$", "x" * 80 + "…", id="long math is cut"),
        pytest.param("a\n  b", "a b", id="white space"),
    ],
)
def test_plain_text_of(text: str, plain: str) -> None:
    assert to_plain(text) == plain


def test_a_very_long_text_stays_whole() -> None:
    text = "word " * 40_000
    assert to_html(text + "{") == text + "{"


TEX = st.lists(
    st.sampled_from(
        [
            "$", "$$", "\\(", "\\)", "\\[", "\\]", "{", "}", "\\", "^", "_", "&", "%", "#", "~",
            "\\frac", "\\sqrt", "\\left(", "\\right)", "\\left", "\\text{", "\\emph{", "\\textbf{",
            "{\\it ", "\\href{", "\\url{", "\\begin{array}{cc}", "\\end{array}", "\\\\",
            "\\begin{equation}", "\\end{equation}", "\\style{", "\\class{", "\\color{", "\\cite{",
            "\\hspace{1em}", "\\mathbb{R}", "\\sum_", "\\limits", "\\over", "\\operatorname{",
            "<", ">", '"', "'", "<script>", "</math>", "<sub>", "</sub>", "&lt;", "&#0;",
            "https://a.org/", "javascript:", "www.a.org", "doi:10.1000/", "arXiv:2101.00001",
            "x", "y", "1", " ", "日本", "。", "\x00", "\x0b", "\ud800", "\ufffe", "onclick=",
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(TEX, st.text(max_size=80), TEX.map(lambda tex: f"${tex}$")))
def test_any_text_becomes_a_safe_fragment(text: str) -> None:
    assert_is_safe(to_html(text))


@settings(deadline=None)
@given(TEX)
def test_any_text_becomes_plain_text(text: str) -> None:
    assert not re.search(r"[\x00\n\ud800]", to_plain(text))


def assert_is_safe(fragment: str) -> None:
    """Assert that the fragment is well-formed and holds only allowed elements."""
    root = ElementTree.fromstring(f"<div>{fragment}</div>")
    for element in root.iter():
        if element is root:
            continue
        if element.tag in ELEMENTS:
            for name, value in element.attrib.items():
                assert ATTRIBUTES[name].fullmatch(value)
        else:
            assert element.tag in PROSE_ELEMENTS
            if element.tag == "a":
                assert re.match(r"https?://", element.attrib["href"])
                assert element.attrib.keys() == {"href", "rel"}
                assert element.attrib["rel"] == "nofollow noopener"
            elif element.attrib:
                assert element.attrib == {"class": "tex"}
