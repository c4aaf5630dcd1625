"""Markdown lines show exactly their text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from apps.text.render.markdown import markdown_line, markdown_link

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

TEXTS = {
    "link": "[here](https://evil.example)",
    "image": "![x](https://evil.example/x.png)",
    "reference": "[a]: https://evil.example",
    "html": "<script>alert(1)</script> <img src=x>",
    "autolink": "<https://evil.example>",
    "entity": "&lt;b&gt;",
    "emphasis": "*a* _b_ **c** `d` ~~e~~",
    "heading": "# a",
    "list": "- a",
    "numbered list": "1. a",
    "quote": "> a",
    "rule": "---",
    "table": "a | b",
    "backslash": "\\",
    "math": r"$\frac{a}{b}$",
    "lines": "a\n\n# b\n\n<b>",
}


def shown_by(markdown: str) -> tuple[str, set[str]]:
    """Return the rendered text of Markdown and the kinds of its tokens."""
    tokens = [child for token in READER.parse(markdown) for child in token.children or [token]]
    return "".join(token.content for token in tokens), {token.type for token in tokens}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("before", ["", "# ", "- ", "1. "])
def test_a_line_shows_its_text_and_nothing_else(text, before):
    said, kinds = shown_by(before + markdown_line(text))
    assert said == " ".join(text.split())
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "em_open", "s_open"}
    assert ("heading_open" in kinds) == (before == "# ")


@pytest.mark.parametrize(
    "text", ["https://evil.example", "www.evil.example", "a@evil.example", "mailto:a@evil.example"]
)
def test_an_address_is_not_autolinked(text):
    line = markdown_line(text)
    assert shown_by(line)[0] == text
    for sign in ("s://", "www.", "mailto:"):
        assert sign not in line
    assert "@" not in line.replace("\\@", "")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))))
def test_any_text_stays_text(text):
    said, kinds = shown_by(f"# {markdown_line(text)}")
    assert said == " ".join(text.split())
    assert kinds <= {"heading_open", "heading_close", "inline", "text", "text_special"}


def test_a_link_holds_hostile_words_and_addresses():
    said = READER.render(markdown_link("a](b) <i>", "https://example.org/a b>(c"))
    assert said == ('<p><a href="https://example.org/a%20b%3E%28c">a](b) &lt;i&gt;</a></p>\n')
