"""Whether a summary is supported: every number and term must occur in its abstract."""

import re

from apps.text.checks.normalised_pair import narrow_prose
from apps.text.numbers.english import english_quantities
from apps.text.numbers.japanese import japanese_quantities
from apps.text.numbers.quantities import HINT

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.+][A-Za-z0-9]+)*")
_KATAKANA = re.compile(r"[ァ-ヺー]{3,}")
_KANJI = re.compile(r"[一-鿿々]{3,}")
# Words that any summary may use about its paper.
_ABOUT_THE_PAPER = frozenset(
    {"本論文", "本研究", "本稿", "提案手法", "提案法", "本手法", "実験結果", "著者", "研究者"}
)


def unsupported_phrases(summary: str, abstract: str, source: str) -> list[str]:
    """Return the numbers and terms of a summary that its abstract does not have.

    Numbers are compared by value; Latin words, katakana words and kanji compounds as written.

    Args:
        summary: in Japanese.
        abstract: in Japanese.
        source: the English abstract.

    Returns:
        The phrases in order. A wrong claim in the abstract's own words is not found.
    """
    said, told, original = narrow_prose(summary), narrow_prose(abstract), narrow_prose(source)
    found: list[tuple[int, str]] = []
    values = {
        value
        for number in (*japanese_quantities(told), *english_quantities(original))
        for value in number.values
    }
    for number in japanese_quantities(said):
        if number.kind != HINT and values.isdisjoint(number.values):
            found.append((number.start, said[number.start : number.end]))
    known = f"{told}\n{original}".casefold()
    for match in _LATIN.finditer(said):
        if match.group().casefold() not in known:
            found.append((match.start(), match.group()))
    for pattern in (_KATAKANA, _KANJI):
        for match in pattern.finditer(said):
            if match.group() not in told and match.group() not in _ABOUT_THE_PAPER:
                found.append((match.start(), match.group()))
    return [text for _, text in sorted(found)]
