"""Japanese characters, and protected spans of text that may be Japanese."""

from __future__ import annotations

import re

from apps.text.protection.spans import Span, find_spans

JAPANESE = re.compile(r"[぀-ヿ㐀-䶿一-鿿々〆]")
_RUN = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uff65]+")


def find_spans_in_japanese(text: str) -> list[Span]:
    """Return the protected spans of `text`, in order; addresses and math end at Japanese.

    The span recogniser takes white space for the end of an address. Japanese has none, so its
    characters are made to look like it, one for one.
    """
    return find_spans(_RUN.sub(_white, text))


def _white(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
