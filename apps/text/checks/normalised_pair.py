"""How checks read a text: its prose without math and links, in comparable forms."""

import re
from functools import lru_cache

from apps.text.protection.japanese_spans import find_spans_in_japanese
from apps.text.protection.spans import Kind, Span

# Maps each character to exactly one, so that offsets stay the same.
NARROW = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {"−": "-", "–": "-", "‐": "-", "‑": "-", "\u3000": " ", "〜": "~", "～": "~"}
)
LINKS = frozenset({Kind.URL, Kind.DOI, Kind.ARXIV, Kind.EMAIL})
# Every span begins with or contains one of these.
_PROTECTED = re.compile(r"[$\\{@`<\[_^&/]|://|--|\(\)|\.[a-z]|ar[Xx]iv:")


@lru_cache(maxsize=4096)
def protected_spans(text: str) -> tuple[Span, ...]:
    """Return the protected spans of `text` in order."""
    return tuple(find_spans_in_japanese(text)) if _PROTECTED.search(text) else ()


@lru_cache(maxsize=4096)
def prose(text: str) -> str:
    """Replace math, TeX, links and code by spaces, at the same length."""
    hidden = [span for span in protected_spans(text) if not is_bare_script(text, span)]
    if not hidden:
        return text
    parts: list[str] = []
    position = 0
    for start, end, _ in hidden:
        parts += (text[position:start], " " * (end - start))
        position = end
    return "".join((*parts, text[position:]))


@lru_cache(maxsize=4096)
def narrow_prose(text: str) -> str:
    """Return the prose of `text` with full-width letters, digits and signs made half-width."""
    return prose(text).translate(NARROW)


def is_bare_script(text: str, span: Span) -> bool:
    """Whether a span is math without delimiters, such as x_i or 10^5."""
    return span.kind is Kind.MATH and text[span.start] not in "$\\"


def math_bodies(text: str) -> list[tuple[str, int, int]]:
    """Return the delimited math of `text` as (TeX without white space, start, end)."""
    return [
        (_body(text[span.start : span.end]), span.start, span.end)
        for span in protected_spans(text)
        if span.kind is Kind.MATH and not is_bare_script(text, span)
    ]


def _body(tex: str) -> str:
    if tex.startswith("$"):
        tex = tex.strip("$")
    elif tex.startswith(("\\(", "\\[")):
        tex = tex[2:-2]
    return "".join(tex.split())
