"""Numbers in English and Japanese text, read as values that can be compared.

"3 million", "3M", "300万" and "三百万" are the same value; "10^5", "10⁵" and "10の5乗" too.
Where a text can be read in more than one way ("10 K", "2 to 3 million"), all values are kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from apps.text.quantity_words import (
    AMBIGUOUS_SCALES,
    HINTS,
    JAPANESE_UNITS,
    KANJI,
    KANJI_SCALES,
    KANJI_TENS,
    MONTHS,
    SCALES,
    SMALL,
    SPELLED_UNITS,
    SUPERSCRIPTS,
    UNITS,
)

DIGITS: Final = "digits"  # written in digits: has to stand in a translation
WORD: Final = "word"  # a number word, or a kanji numeral with a counter: 'two', '二つ'
FRACTION: Final = "fraction"  # 3分の1: its ratio, its denominator, its numerator
HINT: Final = "hint"  # may lead to a number in a translation: 'both', 'binary', 'May', 'GPT-4'


class Quantity(NamedTuple):
    """A number in a text: its possible values and its place; `unit` is a canonical symbol or ''.

    `percent` is None where the text leaves open whether the number is a percentage.
    """

    values: tuple[float, ...]
    start: int
    end: int
    kind: str
    percent: bool | None = False
    unit: str = ""


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
_POWER = (
    r"(?P<base>(?<![\d.,])10)\s?(?:\^\s?\{?\s?(?P<exponent>[-+]?\d+)\}?|(?P<super>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|の(?P<joo>-?\d+)乗|\*\*(?P<stars>-?\d+))"
)
_SCIENTIFIC = (
    rf"(?:(?P<mantissa>{_NUMBER})\s?(?:[x×*·]|\\times)\s?)?{_POWER}"
    rf"|(?P<e>(?<![A-Za-z0-9_.])\d+(?:\.\d+)?[eE][-+]?\d+)(?![A-Za-z0-9])"
)
_WORDS = "|".join(sorted(SMALL, key=len, reverse=True))
_LARGE = "hundred|thousand|million|billion|trillion"
_CARDINAL = (
    rf"\b(?P<words>(?:an?[\s-]+(?={_LARGE}))?(?:{_WORDS}|{_LARGE})\b"
    r"(?:(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+"
    rf"(?:{_WORDS})\b|[\s-]+(?:{_WORDS}|{_LARGE})\b)*)(?P<period>[\s-]+(?:decade|centur|dozen))?"
)
_ENGLISH_DIGITS = re.compile(
    rf"(?=[\d.])(?:{_SCIENTIFIC}"
    rf"|(?P<number>{_NUMBER})(?P<gap>[\s-]?)"
    r"(?:(?P<percent>%|per\s?cent\b|percent)|(?P<scale>hundred|thousand|million|billion|trillion)\b"
    r"|(?P<suffix>[A-Za-zµμ]+))?)",
    re.IGNORECASE,
)
_ENGLISH_WORDS = re.compile(_CARDINAL, re.IGNORECASE)
_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
_NUMBER_WORDS: Final = frozenset((*SMALL, *_LARGE.split("|")))
_PERCENT_WORDS = ("%", "パーセント", "ポイント", "プロセント")
_HALF = re.compile(r"(?:時間|年|[かヶカ]月|週間|日|世紀|倍|分)半")
_JAPANESE = re.compile(
    rf"(?=[\d.〇一二三四五六七八九十百千])(?:{_SCIENTIFIC}"
    rf"|(?P<denominator>\d+(?:\.\d+)?|[一二三四五六七八九十百千]+)分の(?P<numerator>\d+|[一二三四五六七八九十百千]+)"
    rf"|(?P<number>{_NUMBER})(?P<kanji>(?:\s?(?:{_NUMBER})?[十百千万億兆])+(?:{_NUMBER})?)?"
    r"(?P<suffix>\s?[A-Za-zµμ]+|\s?[ァ-ヿ]+|[か-ケ]?[時分秒年月日週][間の代]?)?"
    r"|(?P<numeral>[〇一二三四五六七八九十百千][〇一二三四五六七八九十百千万億兆]*)"
    r"(?P<counter>つ|種類|種|人|個|段階|件|回|例|点|倍|次元|項目|要素|部門|層|年|[かヶカ]月|日|週|時間"
    r"|値|者|本|枚|台|名|組|乗|割|桁|軸|色|極|通り|箇所|カ所|か所|拍|度|系統|群|面|区分|大)?)"
)
_HINT_VALUES: dict[str, tuple[float, ...]] = {}
for _value, _stems in HINTS.items():
    for _stem in _stems.split():
        _HINT_VALUES[_stem] = (*_HINT_VALUES.get(_stem, ()), float(_value))
_HINT = re.compile(
    r"\b(?P<roman>[IVX]{1,5}\b)|(?<![A-Za-z])(?i:"
    + "|".join(
        re.escape(stem.rstrip("*")) + ("" if stem.endswith("*") else r"\b")
        for stem in sorted(
            (*_HINT_VALUES, *MONTHS), key=lambda stem: len(stem.rstrip("*")), reverse=True
        )
    )
    + ")"
)
_ROMAN: Final = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
    "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15,
}  # fmt: skip
_CLOCK = re.compile(r"\b(\d{1,2})(?::\d\d)?\s?p\.?m\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def english(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of English text in their order; digits must be ASCII."""
    found = []
    if _DIGIT.search(text):
        for match in _ENGLISH_DIGITS.finditer(text):
            found.append(_english_number(text, match) if match["number"] else _power(match, text))
    if not _NUMBER_WORDS.isdisjoint(lower_words(text)):
        covered = [(quantity.start, quantity.end) for quantity in found]
        for match in _ENGLISH_WORDS.finditer(text):
            if not any(start <= match.start() < end for start, end in covered):
                found.append(_words(match))
        found.sort(key=lambda quantity: quantity.start)
    return _spread(text, found)


@lru_cache(maxsize=1024)
def hints(text: str) -> frozenset[float]:
    """Return the values that words of English text other than numerals may stand for."""
    values: set[float] = set()
    for match in _HINT.finditer(text):
        if match["roman"]:
            values.add(_ROMAN.get(match["roman"], 0))
            continue
        word = match[0].lower()
        if word in MONTHS:
            values.add(MONTHS[word])
        values.update(_HINT_VALUES.get(word, ()))
        values.update(_HINT_VALUES.get(word + "*", ()))
    for match in _CLOCK.finditer(text):
        values.add(int(match[1]) + 12)
    return frozenset(values)


@lru_cache(maxsize=1024)
def japanese(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of Japanese text in their order; digits must be ASCII.

    Kanji numerals are WORD only before a counter (三つ), else HINT (一般, 三角形).
    """
    found = []
    for match in _JAPANESE.finditer(text):
        if match["number"]:
            found.append(_japanese_number(text, match))
        elif match["denominator"]:
            under, over = _numeral(match["denominator"]), _numeral(match["numerator"])
            values = (rounded(over / under) if under else 0.0, under, over)
            found.append(Quantity(values, match.start(), match.end(), FRACTION, None))
        elif match["numeral"]:
            found.append(_kanji_number(match))
        else:
            found.append(_power(match, text))
    return _spread(text, found)


@lru_cache(maxsize=1024)
def lower_words(text: str) -> frozenset[str]:
    """Return the runs of Latin letters of `text` in lower case."""
    return frozenset(_LETTERS.findall(text.lower()))


def rounded(value: float) -> float:
    """Return `value` to twelve significant digits, so that 2.3 * 10**6 equals 2300000."""
    return float(f"{value:.12g}")


def _english_number(text: str, match: re.Match[str]) -> Quantity:
    start = match.start("number")
    end = match.end("number")
    value = _plain(match["number"])
    kind = HINT if _is_name(text, start) or _is_full_hour(text, start, end) else DIGITS
    if match["percent"]:
        return Quantity((value,), start, match.end(), kind, True)
    scale, suffix = match["scale"], match["suffix"]
    if scale:
        return Quantity((rounded(value * SCALES[scale.lower()]),), start, match.end(), kind)
    if not suffix:
        return Quantity((value,), start, end, kind)
    factor = SCALES.get(suffix)
    if factor and match["gap"] != "-":
        values: tuple[float, ...] = (rounded(value * factor),)
        if suffix in AMBIGUOUS_SCALES or match["gap"]:
            values = (*values, value)
        return Quantity(values, start, match.end(), kind)
    decade = suffix == "s" and not match["gap"] and value % 10 == 0
    unit = "" if decade else unit_of(suffix)
    if not match["gap"] and not unit and kind == DIGITS and not _GLUED.fullmatch(suffix):
        kind = HINT  # part of a name: 4chan, 2MASS
    return Quantity((value,), start, match.end() if unit else end, kind, False, unit)


def _words(match: re.Match[str]) -> Quantity:
    words = match["words"].lower()
    value = _cardinal(words)
    vague = value < 2 or words in SCALES or words == "dozen"
    period = (match["period"] or "").strip(" -\n")
    values = (value, *(value * factor for factor in _PERIODS.get(period, ())))
    return Quantity(values, match.start(), match.end("words"), HINT if vague else WORD, None)


_PERIODS: Final = {"decade": (10.0,), "centur": (100.0,), "dozen": (10.0, 12.0)}
_GLUED = re.compile(r"st|nd|rd|th|s|x|X|D|d|bit|bits|fold|way|shot|G|pp|p|P", re.IGNORECASE)


def _japanese_number(text: str, match: re.Match[str]) -> Quantity:
    start = match.start("number")
    kind = HINT if _is_name(text, start) else DIGITS
    value = _plain(match["number"])
    kanji, suffix = match["kanji"], (match["suffix"] or "").strip()
    end = match.end("kanji") if kanji else match.end("number")
    if kanji:
        value = _with_kanji(match["number"] + kanji)
    rest = text[end : end + 6].lstrip()
    if rest.startswith("割"):
        return Quantity((rounded(value * 10),), start, end + 1, kind, True)
    if rest.startswith(_PERCENT_WORDS):
        percent = None if rest.startswith("ポイント") else True
        return Quantity((value,), start, end, kind, percent)
    values: tuple[float, ...] = (value,)
    if _HALF.match(rest):
        values = (value, value + 0.5)
    factor = SCALES.get(suffix)
    if factor:
        values = (rounded(value * factor),)
        if suffix in AMBIGUOUS_SCALES or not match["suffix"].startswith(suffix):
            values = (*values, value)
    return Quantity(values, start, end, kind, False, unit_of(suffix))


def _kanji_number(match: re.Match[str]) -> Quantity:
    value = _numeral(match["numeral"])
    counter = match["counter"]
    if counter == "割":
        return Quantity((value * 10,), match.start(), match.end(), HINT, True)
    vague = match.start() > 0 and match.string[match.start() - 1] in "数何幾第"
    kind = WORD if counter and not vague else HINT
    return Quantity((value,), match.start(), match.end(), kind, None)


def _power(match: re.Match[str], text: str) -> Quantity:
    if match["e"]:
        return Quantity((rounded(float(match["e"])),), match.start(), match.end(), DIGITS)
    exponent = int(
        match["exponent"]
        or match["joo"]
        or match["stars"]
        or match["super"].translate(SUPERSCRIPTS)
    )
    mantissa = _plain(match["mantissa"]) if match["mantissa"] else 1.0
    value = rounded(mantissa * 10.0**exponent) if abs(exponent) < 300 else float(exponent)
    percent = text[match.end() : match.end() + 1] == "%"
    return Quantity((value,), match.start(), match.end(), DIGITS, percent)


_RANGE = re.compile(r"\s?(?:-|~|to|and|or|から|と|,|/)\s?")
_SPAN_SIGN = re.compile(r"\s?(?:-|~|to|から)\s?")


def _spread(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Let the first number of a range take the percent sign and the scale of the second.

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
            factor = right.values[0] / (_plain(scaled[1]) or 1)
            if factor > 1.5:
                values = (*left.values, *(rounded(value * factor) for value in left.values))
                found[index - 1] = left._replace(values=values)
    return tuple(found)


_SCALED = re.compile(
    rf"({_NUMBER})\s?-?(?:hundred|thousand|million|billion|trillion|[kKMBT]\b|[十百千万億兆])"
)


def unit_of(suffix: str) -> str:
    """Return the canonical symbol of a unit as written in either language; '' if unknown."""
    if not suffix:
        return ""
    if suffix in UNITS:
        return suffix
    if suffix in SPELLED_UNITS:
        return SPELLED_UNITS[suffix]
    return JAPANESE_UNITS.get(suffix, "")


def _is_name(text: str, start: int) -> bool:
    if start == 0:
        return False
    before = text[start - 1]
    if before == "-" or before == "_":
        before = text[start - 2] if start > 1 else " "
    return before.isascii() and before.isalpha()


def _is_full_hour(text: str, start: int, end: int) -> bool:
    return text[start - 1 : end] == ":00"


def _plain(digits: str) -> float:
    return float(digits.replace(",", ""))


def _cardinal(words: str) -> float:
    total = 0.0
    group = 0.0
    for word in re.split(r"[\s-]+", words):
        if word in SMALL:
            group += SMALL[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in SCALES:
            total += (group or 1) * SCALES[word]
            group = 0
    return total + group


def _numeral(text: str) -> float:
    return _with_kanji(text)


_KANJI_TOKEN = re.compile(rf"{_NUMBER}|[〇一二三四五六七八九]+|[十百千]|[万億兆]")


def _with_kanji(text: str) -> float:
    """Return the value of digits mixed with kanji: 1億2000万, 三百万, 二〇二四."""
    total = group = 0.0
    current: float | None = None
    for token in _KANJI_TOKEN.findall(text):
        if token in KANJI_SCALES:
            group += current or 0
            total += (group or 1) * KANJI_SCALES[token]
            group, current = 0.0, None
        elif token in KANJI_TENS:
            group += (1 if current is None else current) * KANJI_TENS[token]
            current = None
        elif token[0] in KANJI:
            current = float("".join(str(KANJI[kanji]) for kanji in token))
        else:
            current = _plain(token)
    return rounded(total + group + (current or 0))
