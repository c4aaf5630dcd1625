"""The recogniser of protected spans, shared by the sentence splitter and the masking.

One pass over the text: a pattern finds the next character that could begin or belong to something
protected, and the rule for that character decides what stands there.
"""

import re

from apps.text.span_kinds import Kind, Span
from apps.text.tex_spans import backslash_spans, dollar_math_end, group_spans
from apps.text.token_spans import backtick_span, citation_span, markup_span, token_spans

__all__ = ["Kind", "Span", "find_spans"]

# It starts with one character class so that the regex engine can skip to the next candidate.
_TRIGGER = re.compile(
    r"[$\\{@`<\[_^&:/.(-](?:(?<=[$\\{@`<\[_^&])"
    r"|(?<=:)(?=[/:]|\d{4}\.\d|[a-z.-]+/\d)|(?<=\.)(?=[a-z_]|\d{4,9}/)|(?<=/)(?=\d{7})"
    r"|(?<=-)(?=-[a-z])|(?<=\()(?=\)))"
)
_CHUNK_START = re.compile(r"[^\s$`<]*\Z")
_CHUNK_END = re.compile(r"\s|\Z")
_LONGEST_CHUNK = 400


def find_spans(text: str) -> list[Span]:
    """All protected spans of the text, in order, without overlaps.

    A command around running text gives two spans, one before and one after the words; everything
    else is one span. Text without anything protected gives an empty list.
    """
    spans: list[Span] = []
    position = floor = 0
    while trigger := _TRIGGER.search(text, position):
        start = trigger.start()
        found, position = _spans_at(text, start, floor)
        if found:
            spans += found
            floor = position = max(found[0].end, position)
    return _in_order(spans)


def _spans_at(text: str, start: int, floor: int) -> tuple[list[Span], int]:
    """The spans that the character at `start` brings, and where to go on looking."""
    character = text[start]
    if character == "$":
        end = dollar_math_end(text, start)
        if end is not None:
            return [Span(start, end, Kind.MATH)], end
        return [], start + (2 if text.startswith("$$", start) else 1)
    if character == "\\":
        return backslash_spans(text, start, floor), start + 1
    if character == "{":
        groups = group_spans(text, start)
        return (groups, start + 1) if groups else _chunk(text, start, floor)
    single = None
    if character == "[":
        single = citation_span(text, start)
    elif character == "`":
        single = backtick_span(text, start)
    elif character in "<&":
        single = markup_span(text, start)
    else:
        return _chunk(text, start, floor)
    return ([single], single.end) if single else ([], start + 1)


def _chunk(text: str, start: int, floor: int) -> tuple[list[Span], int]:
    """The first token span that covers or follows `start` in its white-space-free chunk."""
    floor = max(floor, start - _LONGEST_CHUNK)
    before = _CHUNK_START.search(text[floor:start])
    begin = floor + before.start() if before else start
    after = _CHUNK_END.search(text, start)
    end = min(after.start() if after else len(text), start + _LONGEST_CHUNK)
    for span in token_spans(text, begin, end):
        if span.end > start:
            return ([span], span.end) if span.start <= start else ([], start + 1)
    return [], start + 1


def _in_order(spans: list[Span]) -> list[Span]:
    """Sorted by place; where two overlap the earlier one stays."""
    ordered: list[Span] = []
    end = 0
    for span in sorted(spans):
        if span.start >= end:
            ordered.append(span)
            end = span.end
    return ordered
