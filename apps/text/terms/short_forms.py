"""Short forms that a text introduces: "reinforcement learning (RL)".

The letters of the short form are matched from right to left in the words before the parenthesis;
its first letter must begin a word, and every word from there on belongs to the long form.

Source: A. Schwartz and M. Hearst, see `acronyms`.
"""

import re
from collections.abc import Iterator

_INTRODUCED = re.compile(r"\(([A-Z][A-Za-z0-9-]{1,7})\)", re.ASCII)
_WORDS_BEFORE = re.compile(r"(?:[A-Za-z][A-Za-z0-9'/]*[ -]+){1,8}\Z", re.ASCII)
_FURTHEST = 150
_WORD_GAP = re.compile(r"[ -]+")


def find_short_forms(text: str) -> Iterator[tuple[str, str]]:
    """Find the short forms that a text introduces.

    Args:
        text: plain text, such as "Large Language Models (LLMs)".

    Yields:
        (short form, long form), lower case, singular, no hyphens: ("llm", "large language model").
    """
    for match in _INTRODUCED.finditer(text):
        short = match[1].removesuffix("s")
        before = _WORDS_BEFORE.search(text, max(0, match.start() - _FURTHEST), match.start())
        if before is None or sum(letter.isupper() for letter in short) < 2:
            continue
        long = _long_form(short.lower().replace("-", ""), before[0].lower().rstrip(" -"))
        if long is not None:
            words = _WORD_GAP.split(long)
            yield short.lower().replace("-", ""), " ".join([*words[:-1], _singular(words[-1])])


def _long_form(short: str, before: str) -> str | None:
    """Return the end of `before` that `short` abbreviates, or None."""
    words = _WORD_GAP.split(before)
    nearest = " ".join(words[-min(len(short) + 5, 2 * len(short)) :])
    at = len(nearest)
    for letter in reversed(short[1:]):
        at = nearest.rfind(letter, 0, at)
        if at < 1:
            return None
    while at > 0:
        at = nearest.rfind(short[0], 0, at)
        if at < 0:
            return None
        if at == 0 or nearest[at - 1] == " ":
            break
    long = nearest[at:]
    return long if at >= 0 and " " in long and long[0] == short[0] else None


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
