"""Numbers in English and Japanese text as comparable values.

"3 million", "3M", "300万" and "三百万" have the same value, and so do "10^5", "10⁵" and "10の5乗".
A number that can be read in several ways ("10 K", "2 to 3 million") keeps all its values.
"""

import re
from typing import Final, NamedTuple

from apps.text.numbers.words import JAPANESE_UNITS, SPELLED_UNITS, SUPERSCRIPTS, UNITS

DIGITS: Final = "digits"  # written in digits: must occur in the translation
WORD: Final = "word"  # a number word, or a kanji numeral with a counter: 'two', '二つ'
FRACTION: Final = "fraction"  # 3分の1: its ratio, its denominator, its numerator
HINT: Final = "hint"  # may become a number in the translation: 'both', 'binary', 'May', 'GPT-4'
NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
_POWER = (
    r"(?P<base>(?<![\d.,])10)\s?(?:\^\s?\{?\s?(?P<exponent>[-+]?\d{1,6})\}?|(?P<super>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,6})"
    r"|の(?P<joo>-?\d{1,6})乗|\*\*(?P<stars>-?\d{1,6}))"
)
SCIENTIFIC: Final = (
    rf"(?:(?P<mantissa>{NUMBER})\s?(?:[x×*·]|\\times)\s?)?{_POWER}"
    rf"|(?P<e>(?<![A-Za-z0-9_.])\d+(?:\.\d+)?[eE][-+]?\d+)(?![A-Za-z0-9])"
)
_RANGE = re.compile(r"\s?(?:-|~|to|and|or|から|と|,|/)\s?")
_SPAN_SIGN = re.compile(r"\s?(?:-|~|to|から)\s?")
_SCALED = re.compile(
    rf"({NUMBER})\s?-?(?:hundred|thousand|million|billion|trillion|[kKMBT]\b|[十百千万億兆])"
)


class Quantity(NamedTuple):
    """A number in a text: its possible values, its place, and its unit as a canonical symbol or "".

    `percent` is None where the text leaves open whether the number is a percentage.
    """

    values: tuple[float, ...]
    start: int
    end: int
    kind: str
    percent: bool | None = False
    unit: str = ""


def round_significant(value: float) -> float:
    """Round to twelve significant digits, so that 2.3 * 10**6 equals 2300000."""
    return float(f"{value:.12g}")


def parse_power(match: re.Match[str], text: str) -> Quantity:
    """Return the value of a match of SCIENTIFIC: 10^5, 3×10⁴, 1e-5, 10の5乗."""
    if match["e"]:
        return Quantity((round_significant(float(match["e"])),), match.start(), match.end(), DIGITS)
    exponent = int(
        match["exponent"]
        or match["joo"]
        or match["stars"]
        or match["super"].translate(SUPERSCRIPTS)
    )
    mantissa = parse_digits(match["mantissa"]) if match["mantissa"] else 1.0
    value = round_significant(mantissa * 10.0**exponent) if abs(exponent) < 300 else float(exponent)
    percent = text[match.end() : match.end() + 1] == "%"
    return Quantity((value,), match.start(), match.end(), DIGITS, percent)


def complete_ranges(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Give the first number of a range the percent sign, unit and scale of the second.

    "10-20%" is two percentages, "2 to 3 million" may begin with two million.
    """
    for index in range(len(found) - 1, 0, -1):
        left, right = found[index - 1], found[index]
        if right.start - left.end > 5 or not _RANGE.fullmatch(text, left.end, right.start):
            continue
        if left.values[0] >= 1000 and right.values[0] < 100 and right.end - right.start == 2:
            century = left.values[0] // 100 * 100
            found[index] = right = right._replace(values=(*right.values, century + right.values[0]))
        if right.percent and not left.percent:
            found[index - 1] = left = left._replace(percent=None)
        if right.unit and not left.unit:
            found[index - 1] = left = left._replace(unit="?")
        scaled = _SCALED.match(text, right.start)
        if scaled and left.kind == DIGITS and _SPAN_SIGN.fullmatch(text, left.end, right.start):
            factor = right.values[0] / (parse_digits(scaled[1]) or 1)
            if factor > 1.5:
                values = (
                    *left.values,
                    *(round_significant(value * factor) for value in left.values),
                )
                found[index - 1] = left._replace(values=values)
    return tuple(found)


def unit_of(suffix: str) -> str:
    """Return the canonical symbol of a unit written in either language; "" if unknown."""
    if not suffix:
        return ""
    if suffix in UNITS:
        return suffix
    if suffix in SPELLED_UNITS:
        return SPELLED_UNITS[suffix]
    return JAPANESE_UNITS.get(suffix, "")


def is_name(text: str, start: int) -> bool:
    """Whether the number at `start` is part of a name: GPT-4, CO2."""
    if start == 0:
        return False
    before = text[start - 1]
    if before == "-" or before == "_":
        before = text[start - 2] if start > 1 else " "
    return before.isascii() and before.isalpha()


def parse_digits(digits: str) -> float:
    """Return the value of digits with commas between thousands."""
    return float(digits.replace(",", ""))
