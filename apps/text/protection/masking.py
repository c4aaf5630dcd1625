"""Mask what an engine must not change, and restore it afterwards.

Each protected span becomes a numbered placeholder; spans that touch share one. Text that looks
like a placeholder is masked too, so that every placeholder in the output is one of ours.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from apps.text.protection.placeholders import BRACKETS, Style
from apps.text.protection.spans import find_spans


@dataclass(frozen=True, slots=True)
class Restored:
    """A translation with its originals restored, and what could not be repaired.

    `missing` and `doubled` are token numbers; `unknown` are placeholders without a token, which
    stay in the text. `repaired` are tokens that were lost, doubled or renumbered and had only one
    possible repair.
    """

    text: str
    missing: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
    repaired: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every token is there exactly once, and no unknown placeholder."""
        return not (self.missing or self.doubled or self.unknown)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with placeholders, and the originals they stand for, by number."""

    text: str
    tokens: tuple[str, ...]
    style: Style = BRACKETS

    def restore(self, translated: str) -> Restored:
        """Restore the originals in an engine's output.

        Altered placeholders (spaces, case, full-width forms) are recognised. Only what is certain
        is repaired; everything else is reported:

        - all numbers shifted by the same amount, each there once;
        - a number doubled in place of a missing one with the same original;
        - an original that stands verbatim in the output, where its placeholder is missing;
        - a placeholder repeated directly after itself, while none is missing.
        """
        return _restore(self, translated)


def mask(text: str, style: Style = BRACKETS) -> Masked:
    """Replace the protected spans of a text (see `find_spans`) by placeholders.

    Args:
        text: any text.
        style: how placeholders are written.

    Returns:
        The masked text; ``mask(t).restore(mask(t).text)`` gives exactly ``t``, with nothing
        reported.
    """
    ranges: list[tuple[int, int]] = [(span.start, span.end) for span in find_spans(text)]
    lookalikes = [
        found.span() for form in (style.loose, style.exact) for found in form.finditer(text)
    ]
    if not ranges and not lookalikes:
        return Masked(text, (), style)
    ranges = _merged(ranges + lookalikes)
    masked = _mask_ranges(text, ranges, style)
    if not _reads_back(masked, text):
        masked = _mask_ranges(text, _widened(text, ranges), style)
    if not _reads_back(masked, text):
        masked = _mask_ranges(text, [(0, len(text))], style)
    return masked


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges in order, with touching and overlapping ones merged."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _widened(text: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Extend the ranges to the white space around them, so that no letter touches a placeholder."""
    words = [word.span() for word in _WORD.finditer(text)]
    return [
        (start, end)
        for start, end in _merged(ranges + words)
        if any(start <= first < end for first, _ in ranges)
    ]


_WORD = re.compile(r"\S+")


def _mask_ranges(text: str, ranges: list[tuple[int, int]], style: Style) -> Masked:
    pieces = []
    position = 0
    for number, (start, end) in enumerate(ranges):
        pieces += [text[position:start], style.placeholder(number)]
        position = end
    pieces.append(text[position:])
    return Masked("".join(pieces), tuple(text[start:end] for start, end in ranges), style)


def _reads_back(masked: Masked, text: str) -> bool:
    """Whether the masked text can be read back to the original."""
    pieces, marks = _read(masked.text, masked.style)
    if [mark.number for mark in marks] != list(range(len(masked.tokens))):
        return False
    return _joined(pieces, marks, masked.tokens) == text


@dataclass(slots=True)
class _Mark:
    """A placeholder found in an output: its spelling there, and its number."""

    spelling: str
    number: int


def _read(text: str, style: Style) -> tuple[list[str], list[_Mark]]:
    """Split an output into plain pieces and the placeholders between them."""
    pieces: list[str] = []
    marks: list[_Mark] = []
    position = 0
    for exact in [*style.exact.finditer(text), None]:
        end = exact.start() if exact else len(text)
        between = text[position:end]
        begin = 0
        for loose in style.loose.finditer(between):
            pieces.append(between[begin : loose.start()])
            marks.append(_Mark(loose[0], int(loose[1])))
            begin = loose.end()
        pieces.append(between[begin:])
        if exact:
            marks.append(_Mark(exact[0], int(exact[1])))
            position = exact.end()
    return pieces, marks


def _restore(masked: Masked, translated: str) -> Restored:
    tokens = masked.tokens
    pieces, marks = _read(translated, masked.style)
    if [mark.number for mark in marks] == list(range(len(tokens))):
        return Restored(_joined(pieces, marks, tokens))

    repaired = _renumber(marks, len(tokens))
    repaired |= _swap_equal(marks, tokens)
    repaired |= _drop_stutter(pieces, marks, len(tokens))
    counts = Counter(mark.number for mark in marks)
    missing = [number for number in range(len(tokens)) if not counts[number]]
    verbatim = _standing_verbatim(masked, pieces, missing)
    return Restored(
        text=_joined(pieces, marks, tokens),
        missing=tuple(number for number in missing if number not in verbatim),
        doubled=tuple(number for number in range(len(tokens)) if counts[number] > 1),
        unknown=tuple(mark.spelling for mark in marks if mark.number >= len(tokens)),
        repaired=tuple(sorted(repaired | verbatim)),
    )


def _joined(pieces: list[str], marks: list[_Mark], tokens: tuple[str, ...]) -> str:
    out = [pieces[0]]
    for mark, piece in zip(marks, pieces[1:], strict=True):
        out += [tokens[mark.number] if mark.number < len(tokens) else mark.spelling, piece]
    return "".join(out)


def _renumber(marks: list[_Mark], count: int) -> set[int]:
    """Undo a constant offset, if exactly as many different numbers came back as were sent."""
    numbers = sorted(mark.number for mark in marks)
    offset = numbers[0] if numbers else 0
    if offset == 0 or numbers != list(range(offset, offset + count)):
        return set()
    for mark in marks:
        mark.number -= offset
    return set(range(count))


def _swap_equal(marks: list[_Mark], tokens: tuple[str, ...]) -> set[int]:
    """Let a doubled placeholder stand for a missing one with the same original."""
    counts = Counter(mark.number for mark in marks)
    absent: dict[str, list[int]] = {}
    for number, token in enumerate(tokens):
        if not counts[number]:
            absent.setdefault(token, []).append(number)
    swapped = set()
    for mark in reversed(marks):
        if (
            counts[mark.number] > 1
            and mark.number < len(tokens)
            and absent.get(tokens[mark.number])
        ):
            counts[mark.number] -= 1
            mark.number = absent[tokens[mark.number]].pop()
            swapped.add(mark.number)
    return swapped


def _drop_stutter(pieces: list[str], marks: list[_Mark], count: int) -> set[int]:
    """Drop a placeholder that repeats the one right before it, if none is missing."""
    if {mark.number for mark in marks} != set(range(count)):
        return set()
    dropped = set()
    for place in range(len(marks) - 1, 0, -1):
        if marks[place].number == marks[place - 1].number and not pieces[place].strip():
            dropped.add(marks[place].number)
            del marks[place], pieces[place]
    return dropped


def _standing_verbatim(masked: Masked, pieces: list[str], missing: list[int]) -> set[int]:
    """Return the missing tokens whose originals stand in the output exactly as often as missing.

    An original of one character, or one that the engine saw elsewhere in the text, proves nothing.
    """
    needed = Counter(masked.tokens[number] for number in missing)
    standing = {
        token
        for token, times in needed.items()
        if len(token.strip()) > 1
        and token not in masked.text
        and sum(piece.count(token) for piece in pieces) == times
    }
    return {number for number in missing if masked.tokens[number] in standing}
