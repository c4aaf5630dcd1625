"""Numbers in Japanese text: digits, kanji numerals, and digits mixed with kanji (1億2000万)."""

import re
from functools import lru_cache

from apps.text.numbers.quantities import (
    DIGITS,
    FRACTION,
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
from apps.text.numbers.words import AMBIGUOUS_SCALES, KANJI, KANJI_SCALES, KANJI_TENS, SCALES

_PERCENT_WORDS = ("%", "パーセント", "ポイント", "プロセント")
_HALF = re.compile(r"(?:時間|年|[かヶカ]月|週間|日|世紀|倍|分)半")
_JAPANESE = re.compile(
    rf"(?=[\d.〇一二三四五六七八九十百千])(?:{SCIENTIFIC}"
    rf"|(?P<denominator>\d+(?:\.\d+)?|[一二三四五六七八九十百千]+)分の(?P<numerator>\d+|[一二三四五六七八九十百千]+)"
    rf"|(?P<number>{NUMBER})(?P<kanji>(?:\s?(?:{NUMBER})?[十百千万億兆])+(?:{NUMBER})?)?"
    r"(?P<suffix>\s?[A-Za-zµμ]+|\s?[ァ-ヿ]+|[か-ケ]?[時分秒年月日週][間の代]?)?"
    r"|(?P<numeral>[〇一二三四五六七八九十百千][〇一二三四五六七八九十百千万億兆]*)"
    r"(?P<counter>つ|種類|種|人|個|段階|件|回|例|点|倍|次元|項目|要素|部門|層|年|[かヶカ]月|日|週|時間"
    r"|値|者|本|枚|台|名|組|乗|割|桁|軸|色|極|通り|箇所|カ所|か所|拍|度|系統|群|面|区分|大)?)"
)
_KANJI_TOKEN = re.compile(rf"{NUMBER}|[〇一二三四五六七八九]+|[十百千]|[万億兆]")


@lru_cache(maxsize=1024)
def japanese_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of Japanese text in order; digits must be ASCII.

    A kanji numeral is a WORD only before a counter (三つ), otherwise a HINT (一般, 三角形).
    """
    found = []
    for match in _JAPANESE.finditer(text):
        if match["number"]:
            found.append(_japanese_number(text, match))
        elif match["denominator"]:
            under, over = _numeral(match["denominator"]), _numeral(match["numerator"])
            values = (round_significant(over / under) if under else 0.0, under, over)
            found.append(Quantity(values, match.start(), match.end(), FRACTION, None))
        elif match["numeral"]:
            found.append(_kanji_number(match))
        else:
            found.append(parse_power(match, text))
    return complete_ranges(text, found)


def _japanese_number(text: str, match: re.Match[str]) -> Quantity:
    start = match.start("number")
    kind = HINT if is_name(text, start) else DIGITS
    value = parse_digits(match["number"])
    kanji, suffix = match["kanji"], (match["suffix"] or "").strip()
    end = match.end("kanji") if kanji else match.end("number")
    if kanji:
        value = _numeral(match["number"] + kanji)
    rest = text[end : end + 6].lstrip()
    if rest.startswith("割"):
        return Quantity((round_significant(value * 10),), start, end + 1, kind, True)
    if rest.startswith(_PERCENT_WORDS):
        percent = None if rest.startswith("ポイント") else True
        return Quantity((value,), start, end, kind, percent)
    values: tuple[float, ...] = (value,)
    if _HALF.match(rest):
        values = (value, value + 0.5)
    factor = SCALES.get(suffix)
    if factor:
        values = (round_significant(value * factor),)
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


def _numeral(text: str) -> float:
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
            current = parse_digits(token)
    return round_significant(total + group + (current or 0))
