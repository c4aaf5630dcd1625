"""The recogniser of protected spans, shared by the sentence splitter and the masking.

One pass over the text: a pattern finds the next character that may begin or belong to a protected
span, and the rule for that character decides.
"""

import re
from typing import NamedTuple

from apps.text.protection.span_kinds import Kind, Span
from apps.text.protection.tex_spans import backslash_spans, dollar_spans, group_spans
from apps.text.protection.token_spans import backtick_span, citation_span, markup_span, token_spans

__all__ = ["Kind", "Span", "find_spans"]

# Starts with a character class, so that the regex engine can skip to the next candidate.
_TRIGGER = re.compile(
    r"[$\\{@`<\[_^&:/.(-](?:(?<=[$\\{@`<\[_^&])"
    r"|(?<=:)(?=[/:]|\d{4}\.\d|[a-z.-]+/\d)|(?<=\.)(?=[a-z_]|\d{4,9}/)|(?<=/)(?=\d{7})"
    r"|(?<=-)(?=-[a-z])|(?<=\()(?=\)))"
)
_CHUNK_START = re.compile(r"[^\s$`<]*\Z")
_CHUNK_END = re.compile(r"\s|\Z")
_LONGEST_CHUNK = 400


def find_spans(text: str) -> list[Span]:
    """Find the protected spans of a text.

    Args:
        text: with TeX.

    Returns:
        The spans in order, without overlaps. A command around running text gives two spans, one
        before and one after the words; everything else gives one.
    """
    spans: list[Span] = []
    position = floor = 0
    chunk = _Chunk()
    while trigger := _TRIGGER.search(text, position):
        start = trigger.start()
        found = _spans_at(text, start, floor)
        if found is None:
            if start >= chunk.end or floor > chunk.start:
                chunk = _chunk_around(text, start, floor)
            found = [span for span in chunk.spans if span.start <= start < span.end]
        position = trigger.end() + (text[start] == "$" and text.startswith("$$", start))
        if found:
            spans += found
            floor = position = max(found[0].end, trigger.end())
    return _in_order(spans)


def _spans_at(text: str, start: int, floor: int) -> list[Span] | None:
    """Return the spans that the character at `start` opens; None if its surroundings decide."""
    character = text[start]
    if character == "$":
        return dollar_spans(text, start)
    if character == "\\":
        return backslash_spans(text, start, floor)
    if character == "{":
        return group_spans(text, start) or None
    if character == "[":
        single = citation_span(text, start)
    elif character == "`":
        single = backtick_span(text, start)
    elif character in "<&":
        single = markup_span(text, start)
    else:
        return None
    return [single] if single else []


class _Chunk(NamedTuple):
    """A stretch of text without white space, and the token spans in it."""

    start: int = 0
    end: int = 0
    spans: tuple[Span, ...] = ()


def _chunk_around(text: str, start: int, floor: int) -> _Chunk:
    floor = max(floor, start - _LONGEST_CHUNK)
    before = _CHUNK_START.search(text[floor:start])
    begin = floor + before.start() if before else start
    after = _CHUNK_END.search(text, start)
    end = min(after.start() if after else len(text), start + _LONGEST_CHUNK)
    return _Chunk(begin, end, tuple(token_spans(text, begin, end)))


def _in_order(spans: list[Span]) -> list[Span]:
    """Sort the spans; where two overlap, keep the earlier one."""
    ordered: list[Span] = []
    end = 0
    for span in sorted(spans):
        if span.start >= end:
            ordered.append(span)
            end = span.end
    return ordered
