"""Positions where a line of a Japanese title may end without breaking a word.

Browsers break Japanese between any two characters; only some can keep phrases together. The rule
here needs no dictionary: a word begins where the script changes, except before endings and
suffixes. It prefers to miss a position than to break a word; a browser that finds no other
position still breaks anywhere.
"""

import itertools
import re
import unicodedata

# Last syllables of particles and inflected words. Stems before another verb ("組み合わせ",
# "読み取り") end in other syllables.
_ENDINGS = frozenset("のにをはがとでもへやかるいたなてくずばよ")
_SUFFIXES = frozenset("型性的化用系間論法上下内外中後前率度量数場波器等式")
_TAG = re.compile(r"(<[^>]*>)")


def break_positions(text: str) -> list[int]:
    """Return the offsets between two Japanese characters where a line may begin."""
    scripts = [_script(character) for character in text]
    return [place for place in range(1, len(text)) if _may_break(text, scripts, place)]


def _may_break(text: str, scripts: list[str], place: int) -> bool:
    before, after = scripts[place - 1], scripts[place]
    if before == after == "kanji" and place > 1:
        return text[place - 1] in _SUFFIXES and scripts[place - 2] == "katakana"
    if before == after or not before or not after or after == "hiragana":
        return False
    if before == "hiragana":
        return text[place - 1] in _ENDINGS
    if (before, after) == ("katakana", "kanji"):
        return text[place] not in _SUFFIXES
    return (before, after) == ("kanji", "katakana")


def _script(character: str) -> str:
    if character in "々〆":
        return "kanji"
    if character == "ー":
        return "katakana"
    name = unicodedata.name(character, "")
    if name.startswith("CJK UNIFIED"):
        return "kanji"
    if name.startswith("HIRAGANA LETTER"):
        return "hiragana"
    if name.startswith("KATAKANA LETTER"):
        return "katakana"
    return ""


def add_phrase_breaks(html: str) -> str:
    """Insert `<wbr>` where a line may end, outside tags and math.

    Args:
        html: an HTML fragment.

    Returns:
        The fragment; its text is unchanged.
    """
    parts = _TAG.split(html)
    inside_math = False
    written = []
    for part in parts:
        if part.startswith("<"):
            inside_math = part.startswith("<math") or (inside_math and part != "</math>")
            written.append(part)
        else:
            written.append(part if inside_math else _broken(part))
    return "".join(written)


def _broken(text: str) -> str:
    places = [0, *break_positions(text), len(text)]
    return "<wbr>".join(text[start:end] for start, end in itertools.pairwise(places))
