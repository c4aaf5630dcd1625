r"""Protected spans, and text that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.text.protection.spans import Kind, find_spans


def found(text: str) -> list[tuple[str, str]]:
    return [(str(span.kind), text[span.start : span.end]) for span in find_spans(text)]


ONE_SPAN = {
    "inline": ("let $x_1 < 2$ be", "math", "$x_1 < 2$"),
    "inline_with_spaces": ("let $ x $ be", "math", "$ x $"),
    "inline_with_text": (r"if $a \text{ if $b$ holds}$ then", "math", r"$a \text{ if $b$ holds}$"),
    "operator_names": (r"map $amb\to bma$ is", "math", r"$amb\to bma$"),
    "differentials": ("form $ f(x) dx dy $ is", "math", "$ f(x) dx dy $"),
    "number_in_math": ("about $100,000$ rows", "math", "$100,000$"),
    "display": ("so $$a = b$$ holds", "math", "$$a = b$$"),
    "round_brackets": (r"so \(a = b\) holds", "math", r"\(a = b\)"),
    "square_brackets": (r"so \[a = b\] holds", "math", r"\[a = b\]"),
    "environment": (r"\begin{align*}a\end{align*} it", "math", r"\begin{align*}a\end{align*}"),
    "bare_power": ("at 10^{-5} or", "math", "10^{-5}"),
    "bare_group": ("the SU(2)_L model", "math", "SU(2)_L"),
    "isotope": ("the ^{13}C line", "math", "^{13}C"),
    "greek": (r"the \Lambda_{QCD} scale", "tex", r"\Lambda_{QCD}"),
    "cite": (r"as in \cite[p. 3]{Foo, Bar} we", "tex", r"\cite[p. 3]{Foo, Bar}"),
    "reference": (r"see~\ref{fig:a}.", "tex", r"\ref{fig:a}"),
    "small_capitals": (r"the {\sc grasp} code", "tex", r"{\sc grasp}"),
    "typewriter": (r"the \texttt{foo-bar} tool", "tex", r"\texttt{foo-bar}"),
    "accent": ('by G\\"odel in', "tex", 'G\\"odel'),
    "accent_in_braces": (r"by Erd\H{o}s in", "tex", r"Erd\H{o}s"),
    "accent_with_space": (r"by Erd\H os in", "tex", r"Erd\H os"),
    "percent": (r"by 12.5\% over", "tex", r"12.5\%"),
    "escaped_price": (r"for \$4000 in", "tex", r"\$4000"),
    "url": ("at https://a.org/b_c?d=1#e.", "url", "https://a.org/b_c?d=1#e"),
    "url_in_brackets": ("(see https://a.org/b).", "url", "https://a.org/b"),
    "url_with_brackets": ("at https://a.org/b_(c) now", "url", "https://a.org/b_(c)"),
    "url_before_glued_sentence": ("at https://a.org/b.We show", "url", "https://a.org/b"),
    "bare_domain_with_path": ("at github.com/a/b.", "url", "github.com/a/b"),
    "bare_site": ("on arXiv.org today", "url", "arXiv.org"),
    "doi": ("doi:10.1000/xyz-1.", "doi", "doi:10.1000/xyz-1"),
    "arxiv_new": ("see arXiv:2301.12345v2.", "arxiv", "arXiv:2301.12345v2"),
    "arxiv_old": ("see hep-th/9901001.", "arxiv", "hep-th/9901001"),
    "email": ("write to a.b@c.org.", "email", "a.b@c.org"),
    "citation": ("as in [12, 13] we", "citation", "[12, 13]"),
    "citation_range": ("as in [3-5] we", "citation", "[3-5]"),
    "citation_label": ("as in [Knu86, LM+04] we", "citation", "[Knu86, LM+04]"),
    "snake_case": ("the max_new_tokens value", "code", "max_new_tokens"),
    "backticks": ("call `fit(x, y)` here", "code", "`fit(x, y)`"),
    "flag": ("with --dry-run on", "code", "--dry-run"),
    "file": ("in train.py we", "code", "train.py"),
    "module": ("use numpy.linalg.norm here", "code", "numpy.linalg.norm"),
    "call": ("use time.sleep() here", "code", "time.sleep()"),
    "tag": ("a <br/> b", "markup", "<br/>"),
    "subscript_tag": ("H<sub>2</sub>O is", "markup", "<sub>2</sub>"),
    "entity": ("A &amp; B", "markup", "&amp;"),
}


@pytest.mark.parametrize(("text", "kind", "span"), ONE_SPAN.values(), ids=ONE_SPAN.keys())
def test_one_thing_is_protected(text: str, kind: str, span: str) -> None:
    assert found(text) == [(kind, span)]


AROUND_WORDS = {
    "emphasis": (r"a \emph{very deep} net", [r"\emph{", "}"]),
    "font_group": (r"seen {\it in vivo} only", [r"{\it ", "}"]),
    "link": (r"our \href{http://a.b/c}{project page} has", [r"\href{http://a.b/c}{", "}"]),
    "colour": (r"a \textcolor{red}{large} one", [r"\textcolor{red}{", "}"]),
    "unknown_command": (r"a \hl{very large set} of", [r"\hl{", "}"]),
    "emphasis_by_math": (r"nets $\textit{in the wild}$ are", [r"$\textit{", "}$"]),
    "nested": (r"a \textbf{b \emph{c} d} e", [r"\textbf{", r"\emph{", "}", "}"]),
}


@pytest.mark.parametrize(("text", "spans"), AROUND_WORDS.values(), ids=AROUND_WORDS.keys())
def test_running_text_in_a_command_stays_visible(text: str, spans: list[str]) -> None:
    assert found(text) == [("tex", span) for span in spans]


NOTHING = {
    "plain": "We show (as expected) that it works.",
    "two_prices": "It costs $5 million and $6 million.",
    "price_range": "A price of $10-$20 is fair.",
    "prices_in_a_row": "They paid $3, $4 and $5.",
    "us_dollars": "It is 14 million US$ per year and 3 US$ per head.",
    "lone_dollar": "The term log(n)$ is a slip of the pen.",
    "lone_dollar_before_words": "The group G$ with a normal subgroup.",
    "tex_quotes": "The ``open world'' case and the `closed' one.",
    "dash": "The rest --that is all-- is kept.",
    "abbreviations": "Some, e.g. trees, i.e. graphs, in the U.S. w.r.t. cost.",
    "decimals": "It is 0.5 or 1.25 or 3,000.",
    "comparison": "We have a < b and c > d.",
    "braket": "The state |n> and <n|m> are.",
    "editor_note": "He said [sic] it [in brackets].",
    "pass_at_k": "We measure pass@1 and recall@10.",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_ordinary_text_is_not_protected(text: str) -> None:
    assert found(text) == []


def test_a_stray_dollar_does_not_swallow_the_math_after_it() -> None:
    text = "The group G$ with normal subgroup $N$ and $x$ in it."
    assert found(text) == [("math", "$N$"), ("math", "$x$")]


def test_prices_next_to_math_stay_prices() -> None:
    assert found("It costs $5 million, or $n^2$ times $6.") == [("math", "$n^2$")]


def test_math_that_touches_math_gives_two_spans() -> None:
    assert found(r"equals $\pm$$\pi$/2.") == [("math", r"$\pm$"), ("math", r"$\pi$")]


def test_an_unclosed_environment_or_bracket_hides_only_itself() -> None:
    assert found(r"so \begin{equation} a is") == [("tex", r"\begin{equation}")]
    assert found(r"so \( a is") == [("tex", r"\(")]
    assert found(r"so \emph{a is") == [("tex", r"\emph{")]


def test_every_kind_has_an_example_here() -> None:
    assert {kind for _, kind, _ in ONE_SPAN.values()} == {str(kind) for kind in Kind}


@given(st.text(alphabet="ab1 .$\\{}[]()<>_^@:/`&-\n", max_size=80))
def test_spans_are_ordered_within_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for span in find_spans(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@pytest.mark.parametrize(
    "unit", ["$", "{", "\\emph{", "[", "a_", "\\(", "`", "<", "a.", "$$", "\\'e"]
)
def test_many_unclosed_openings_take_linear_time(unit: str) -> None:
    text = unit * 2000
    assert all(span.end <= len(text) for span in find_spans(text))
