"""Numbers in English text: digits, number words, and words that hint at a number."""

import re
from functools import lru_cache
from typing import Final

from apps.text.numbers.quantities import (
    DIGITS,
    HINT,
    NUMBER,
    SCIENTIFIC,
    WORD,
    Quantity,
    complete_ranges,
    is_name,
    parse_digits,
    parse_power,
    round_significant,
    unit_of,
)
from apps.text.numbers.words import AMBIGUOUS_SCALES, HINTS, MONTHS, SCALES, SMALL

_WORDS = "|".join(sorted(SMALL, key=len, reverse=True))
_LARGE = "hundred|thousand|million|billion|trillion"
_CARDINAL = (
    rf"\b(?P<words>(?:an?[\s-]+(?={_LARGE}))?(?:{_WORDS}|{_LARGE})\b"
    r"(?:(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+"
    rf"(?:{_WORDS})\b|[\s-]+(?:{_WORDS}|{_LARGE})\b)*)(?P<period>[\s-]+(?:decade|centur|dozen))?"
)
_ENGLISH_DIGITS = re.compile(
    rf"(?=[\d.])(?:{SCIENTIFIC}"
    rf"|(?P<number>{NUMBER})(?P<gap>[\s-]?)"
    r"(?:(?P<percent>%|per\s?cent\b|percent)|(?P<scale>hundred|thousand|million|billion|trillion)\b"
    r"|(?P<suffix>[A-Za-zµμ]+))?)",
    re.IGNORECASE,
)
_ENGLISH_WORDS = re.compile(_CARDINAL, re.IGNORECASE)
_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
_NUMBER_WORDS: Final = frozenset((*SMALL, *_LARGE.split("|")))
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
_PERIODS: Final = {"decade": (10.0,), "centur": (100.0,), "dozen": (10.0, 12.0)}
_GLUED = re.compile(r"st|nd|rd|th|s|x|X|D|d|bit|bits|fold|way|shot|G|pp|p|P", re.IGNORECASE)


@lru_cache(maxsize=1024)
def english_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of English text in order; digits must be ASCII."""
    found = []
    if _DIGIT.search(text):
        for match in _ENGLISH_DIGITS.finditer(text):
            found.append(
                _english_number(text, match) if match["number"] else parse_power(match, text)
            )
    if not _NUMBER_WORDS.isdisjoint(lower_words(text)):
        covered = [(quantity.start, quantity.end) for quantity in found]
        for match in _ENGLISH_WORDS.finditer(text):
            if not any(start <= match.start() < end for start, end in covered):
                found.append(_number_word(match))
        found.sort(key=lambda quantity: quantity.start)
    return complete_ranges(text, found)


@lru_cache(maxsize=1024)
def hinted_values(text: str) -> frozenset[float]:
    """Return the values that other words of English text (both, binary, May) may stand for."""
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
def lower_words(text: str) -> frozenset[str]:
    """Return the runs of Latin letters of `text` in lower case."""
    return frozenset(_LETTERS.findall(text.lower()))


def _english_number(text: str, match: re.Match[str]) -> Quantity:
    start = match.start("number")
    end = match.end("number")
    value = parse_digits(match["number"])
    kind = HINT if is_name(text, start) or text[start - 1 : end] == ":00" else DIGITS
    if match["percent"]:
        return Quantity((value,), start, match.end(), kind, True)
    scale, suffix = match["scale"], match["suffix"]
    if scale:
        return Quantity(
            (round_significant(value * SCALES[scale.lower()]),), start, match.end(), kind
        )
    if not suffix:
        return Quantity((value,), start, end, kind)
    factor = SCALES.get(suffix)
    if factor and match["gap"] != "-":
        values: tuple[float, ...] = (round_significant(value * factor),)
        if suffix in AMBIGUOUS_SCALES or match["gap"]:
            values = (*values, value)
        return Quantity(values, start, match.end(), kind)
    decade = suffix == "s" and not match["gap"] and value % 10 == 0
    unit = "" if decade else unit_of(suffix)
    if not match["gap"] and not unit and kind == DIGITS and not _GLUED.fullmatch(suffix):
        kind = HINT  # part of a name: 4chan, 2MASS
    return Quantity((value,), start, match.end() if unit else end, kind, False, unit)


def _number_word(match: re.Match[str]) -> Quantity:
    words = match["words"].lower()
    value = _cardinal(words)
    vague = value < 2 or words in SCALES or words == "dozen"
    period = (match["period"] or "").strip(" -\n")
    values = (value, *(value * factor for factor in _PERIODS.get(period, ())))
    return Quantity(values, match.start(), match.end("words"), HINT if vague else WORD, None)


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
