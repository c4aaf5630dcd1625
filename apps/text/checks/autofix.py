"""Safe corrections of Japanese text to the house style, each with exactly one right result.

The house style: 、。 and full-width brackets and punctuation beside Japanese, half-width Latin
letters and digits, no space between Japanese and Latin text, no 。 at the end of a title.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from apps.text.protection.japanese_spans import JAPANESE, find_spans_in_japanese
from apps.text.protection.spans import Kind

_J = "぀-ヺー-ヿ㐀-䶿一-鿿々〆"
_HOLE = "\U000f0000-\U000f7fff"  # replaces math and code
_LINK = "\U000f8000-\U000ffffd"  # replaces addresses, which need white space to end
_HOLES = re.compile(f"[{_HOLE}{_LINK}]")
_LINKS = frozenset({Kind.URL, Kind.DOI, Kind.ARXIV, Kind.EMAIL})
_MOST = 0x7FF0

_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B),
                                             *range(0xFF41, 0xFF5B))}  # fmt: skip
# Beside an address they stay: narrow, they would become a part of it, or end it.
_WIDE_LETTERS = re.compile(
    rf"(?<![０-９Ａ-Ｚａ-ｚ{_LINK}])[０-９Ａ-Ｚａ-ｚ]+(?![０-９Ａ-Ｚａ-ｚ{_LINK}])"
)
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[．，](?=[0-9])")
# Bounded: an unbounded run of spaces would be tried from each of its positions.
_COMMA = re.compile(r"[ \t]{0,20}(?<![0-9])，[ \t]*|，(?![0-9])[ \t]*")
_PERIOD = re.compile(rf"(?<=[{_J}）」』\])%A-Za-z0-9])．(?![A-Za-z0-9])[ \t]*(?=.)|．\Z")
_HALF_COMMA = re.compile(
    rf"(?<=[{_J}）」』])[ ]?,[ \t]*|(?<=[A-Za-z0-9%)\]{_HOLE}]),[ \t]*(?=[{_J}])"
)
_HALF_PERIOD = re.compile(rf"(?<=[{_J}）」』])\.(?=[ \t\n{_J}]|\Z)[ \t]*")
_HALF_MARK = re.compile(rf"(?<=[{_J}）」』])[ ]?([:;!?])(?![:!?/]|[A-Za-z0-9_]*//)[ \t]*")
_MARK_BEFORE = re.compile(rf"(?<=[A-Za-z0-9%\])])([:;!?])[ \t]*(?=[{_J}])")
_ROUND = re.compile(r"[ \t]{0,20}\(([^()（）\n]*)\)[ \t]*")
_MIXED = re.compile(r"（([^()（）\n]*)\)|\(([^()（）\n]*)）")
_SPACE = re.compile(
    rf"(?<=[{_J}])[ \u3000]+(?=[A-Za-z0-9{_HOLE}])|(?<=[A-Za-z0-9%{_HOLE}])[ \u3000]+(?=[{_J}])"
)
_SPACE_AFTER_MARK = re.compile(rf"(?<=[、。！？：；）」』])[ \u3000]+(?=[^\s{_LINK}])")
_SPACE_BEFORE_MARK = re.compile(rf"(?<=[^\s{_LINK}])[ \u3000]+(?=[、。！？：；（「『）」』])")
_WIDE = {":": "：", ";": "；", "!": "！", "?": "？"}
_HAS_J = re.compile(f"[{_J}]")


class Fixed(NamedTuple):
    """The corrected text, and the names of the applied corrections in order."""

    text: str
    applied: tuple[str, ...]


def autofix(target: str, field: str) -> Fixed:
    """Correct a text to the house style. Idempotent.

    Args:
        target: a title, sentence or abstract; not changed if it holds no Japanese.
        field: "title" or "abstract".

    Returns:
        The corrected text with the names of the corrections. Math, addresses and code are kept.
    """
    if not JAPANESE.search(target) or _HOLES.search(target):
        return Fixed(target, ())
    text, taken = _take_out(target)
    applied: list[str] = []
    changed = True
    while changed:
        changed = False
        for name, fix in FIXES:
            fixed = fix(text)
            if fixed != text:
                text, changed = fixed, True
                if name not in applied:
                    applied.append(name)
    if field == "title":
        bare = text.rstrip()
        if bare.endswith("。") and bare.count("。") == 1 and len(bare) > 1:
            text = bare[:-1].rstrip()
            applied.append("title_period")
    return Fixed(_put_back(text, taken), tuple(applied))


def _take_out(text: str) -> tuple[str, list[str]]:
    """Replace each protected span by one private-use character, so that rules see neighbours."""
    parts: list[str] = []
    taken: list[str] = []
    position = 0
    for start, end, kind in find_spans_in_japanese(text)[:_MOST]:
        base = 0xF8000 if kind in _LINKS else 0xF0000
        parts += (text[position:start], chr(base + len(taken)))
        taken.append(text[start:end])
        position = end
    return "".join((*parts, text[position:])), taken


def _put_back(text: str, taken: list[str]) -> str:
    return _HOLES.sub(lambda hole: taken[ord(hole[0]) & 0x7FFF], text)


def _letters(text: str) -> str:
    narrow = _WIDE_LETTERS.sub(lambda m: m[0].translate(_NARROW), text)
    return _BETWEEN_DIGITS.sub(lambda m: "." if m[0] == "．" else ",", narrow)


def _commas(text: str) -> str:
    return _PERIOD.sub("。", _COMMA.sub("、", text))


def _punctuation(text: str) -> str:
    text = _HALF_PERIOD.sub("。", _HALF_COMMA.sub("、", text))
    text = _HALF_MARK.sub(lambda m: _WIDE[m[1]], text)
    return _MARK_BEFORE.sub(lambda m: _WIDE[m[1]], text)


def _brackets(text: str) -> str:
    text = _MIXED.sub(lambda m: f"（{m[1] if m[1] is not None else m[2]}）", text)
    return _ROUND.sub(_widened, text)


def _widened(match: re.Match[str]) -> str:
    """Make a pair of brackets full-width if Japanese is inside or beside it."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    japanese_before = bool(before and _HAS_J.match(before))
    inside = bool(_HAS_J.search(match[1]))
    japanese_after = bool(after and _HAS_J.match(after))
    at_start = not before or before in "\n、。（「『"
    if inside or japanese_before or (at_start and japanese_after):
        # An address before or after the brackets needs its white space to end.
        left = " " if before and re.match(f"[{_LINK}]", before) and match[0][0] != "(" else ""
        right = " " if after and re.match(f"[{_LINK}]", after) and match[0][-1] != ")" else ""
        return f"{left}（{match[1].strip()}）{right}"
    return match[0]


def _spacing(text: str) -> str:
    text = _SPACE.sub("", text)
    return _SPACE_BEFORE_MARK.sub("", _SPACE_AFTER_MARK.sub("", text))


FIXES: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("latin_letters", _letters),
    ("commas_and_periods", _commas),
    ("half_width_punctuation", _punctuation),
    ("brackets", _brackets),
    ("spacing", _spacing),
)
