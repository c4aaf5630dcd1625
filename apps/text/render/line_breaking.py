"""Line breaking for drawn text, where no browser does it; Japanese and other scripts.

A simple form of the rules of JIS X 4051 and UAX 14: a line may end between Japanese characters and
at spaces, not within a word of another script, not before closing punctuation and small kana, not
after an opening bracket.
"""

import re
from collections.abc import Callable

Measure = Callable[[str], float]

_JAPANESE = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
_NOT_FIRST = re.escape(
    "、。，．・：；？！ー々ゝゞヽヾ」』）］｝〉》】〕〗〙’”…‥％ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_NOT_LAST = re.escape("「『（［｛〈《【〔〖〘‘“")
_UNIT = re.compile(
    rf"\s*(?:[{_NOT_LAST}]*(?:[{_JAPANESE}]|[^\s{_JAPANESE}]+)[{_NOT_FIRST}]*|[{_NOT_LAST}]+)"
)
ELLIPSIS = "…"


def break_lines(text: str, measure: Measure, width: float) -> list[str]:
    """Break a text into lines.

    Args:
        text: the text; white space is collapsed.
        measure: returns the width of a text.
        width: the greatest width of a line, in the unit of `measure`.

    Returns:
        The lines. A word wider than a line is broken anywhere, a single character never.
    """
    lines = [""]
    for unit in _UNIT.findall(" ".join(text.split())):
        if measure(lines[-1] + unit) <= width:
            lines[-1] += unit
            continue
        rest = unit.lstrip()
        if lines[-1]:
            lines.append("")
        while measure(rest) > width and len(rest) > 1:
            fitting = _longest_beginning(rest, measure, width)
            lines[-1] = rest[:fitting]
            lines.append("")
            rest = rest[fitting:]
        lines[-1] = rest
    return [line for line in lines if line]


def cut_lines(lines: list[str], most: int, measure: Measure, width: float) -> list[str]:
    """Keep the first lines; where some are dropped, end the last one with an ellipsis.

    Args:
        lines: from `break_lines`.
        most: the number of lines to keep.
        measure: returns the width of a text.
        width: the greatest width of a line.

    Returns:
        At most `most` lines.
    """
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measure(last + ELLIPSIS) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + ELLIPSIS]


def _longest_beginning(text: str, measure: Measure, width: float) -> int:
    """Return how many characters fit, at least one, by bisection."""
    fits, too_many = 1, len(text)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if measure(text[:middle]) <= width:
            fits = middle
        else:
            too_many = middle
    return fits
