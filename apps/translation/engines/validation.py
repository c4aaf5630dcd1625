"""Validating the answers of engines before they are stored.

Only faults that make a text useless are rejected here. Others, such as a wrong number, are left to
the checks, so that an editor sees the text and decides.
"""

import re
from dataclasses import replace

from apps.text.protection.placeholders import STYLES
from apps.translation.engines.base import Result

KANA = re.compile("[぀-ヿㇰ-ㇿｦ-ﾝ]")
SCRIPTS = {
    "ja": re.compile("[぀-ヿㇰ-ㇿｦ-ﾝ㐀-䶿一-鿿]"),
    "ko": re.compile("[ᄀ-ᇿ㄰-㆏가-힯]"),
    "zh": re.compile("[㐀-䶿一-鿿]"),
}
# PostgreSQL cannot store NUL; the others have no use in a text.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_HAN = SCRIPTS["zh"]
_WORD = re.compile(r"(?<![\\A-Za-z])[a-z]{3,}(?![A-Za-z])")
LEAST_WORDS = 3
"""A source with fewer plain words may consist of names: BERT, ChatGPT, GPT-4 vs. LLaMA."""
MOST_HAN_WITHOUT_KANA = 11
"""Longer Japanese text without kana is Chinese, unless it is a title."""


def validate_result(source: str, result: Result, target: str, *, field: str = "abstract") -> Result:
    """Return `result` without control characters; an unusable text becomes an error.

    Text from the memory stays as it is. source: the text that the engine received.
    target: the language of the translation.
    """
    if result.text is None or result.memory_entry is not None:
        return result
    text = _CONTROL.sub("", result.text)
    fault = translation_fault(source, text, target, field=field)
    return replace(result, text=None, error=fault) if fault else replace(result, text=text)


def translation_fault(source: str, text: str, target: str, *, field: str = "abstract") -> str:
    """Return why `text` cannot be a translation of `source` into `target`; empty if it can."""
    if not text.strip():
        return "The engine answered with an empty text."
    script = SCRIPTS.get(target)
    if script is None:
        return ""
    if not script.search(text) and len(_WORD.findall(_bare(source))) >= LEAST_WORDS:
        return f"The engine answered in another language: {text[:80]!r}"
    without_kana = target == "ja" and field != "title" and not KANA.search(text)
    if without_kana and len(_HAN.findall(text)) > MOST_HAN_WITHOUT_KANA:
        return f"The engine seems to have answered in Chinese: {text[:80]!r}"
    return ""


def _bare(source: str) -> str:
    for style in STYLES.values():
        source = style.exact.sub(" ", source)
    return source
