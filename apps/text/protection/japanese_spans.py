"""Japanese characters, and protected spans in text that may be Japanese."""

import re

from apps.text.protection.spans import Span, find_spans

JAPANESE = re.compile(r"[぀-ヿ㐀-䶿一-鿿々〆]")
_RUN = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uff65]+")


def find_spans_in_japanese(text: str) -> list[Span]:
    """Return the protected spans of `text` in order; addresses and math end before Japanese.

    `find_spans` ends an address at white space. Japanese text has none, so its characters are
    replaced by spaces, one for one.
    """
    return find_spans(_RUN.sub(_white, text))


def _white(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
