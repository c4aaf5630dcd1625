"""Tokens for search: one reading of a text for the index and for queries.

Japanese is not split into words, because analysers split the same characters differently in
different sentences. A run of Chinese characters and kana gives its single characters, overlapping
pairs and overlapping triples; so a word of one to three characters is one entry of the index, and
a longer one is found by its triples.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_WORD = 64
"""Characters of a word that count; anything longer is a formula or an address."""

_CJK = (
    "\u3005\u3006\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\U00020000-\U0003ffff"
)
LETTER = rf"[^\W_{_CJK}]"
"""Regular expression for a letter or digit other than Chinese, Japanese and Korean."""
_TOKEN = re.compile(rf"([{_CJK}]+)|({LETTER}+(?:[-']{LETTER}+)*)")
_PART = re.compile(r"[-']")
_POSSESSIVE = re.compile(r"'s(?![^\W_])")
_ACCENT = re.compile("[\u0300-\u036f]+")
_CLUSTER = re.compile(".[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
_MOST_PARTS = 4

_SPECIAL = str.maketrans(
    {
        **{code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)},
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4`", "'"),
        "\u00ad": None,
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    }
)  # fmt: skip


class Token(NamedTuple):
    """A word, or a run of Chinese characters and kana, folded.

    position: from 1; counts words and, within runs, characters. start, end: in the folded text.
    """

    text: str
    is_cjk: bool
    position: int
    start: int
    end: int

    @property
    def parts(self) -> list[str]:
        """The parts of a word with hyphens or apostrophes; otherwise the word alone."""
        return [self.text] if self.is_cjk else _PART.split(self.text)


def fold(text: str) -> str:
    """Remove the differences that a search ignores. Idempotent.

    Width and compatibility forms (NFKC), case, accents of letters, hiragana and katakana, kinds of
    hyphens and apostrophes.

    Args:
        text: any text.

    Returns:
        The folded text; its length may differ.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_SPECIAL)
    folded = _ACCENT.sub("", unicodedata.normalize("NFD", folded))
    # Case folding and composing can yield characters that NFKC changes; a second pass settles it.
    return unicodedata.normalize("NFKC", folded).casefold().translate(_SPECIAL)


def fold_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return `text` folded, and for each of its characters the range [start, end) it comes from."""
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _CLUSTER.finditer(text):
        part = fold(match[0])
        folded.append(part)
        places += [match.span()] * len(part)
    return "".join(folded), places


def tokenise(folded: str) -> Iterator[Token]:
    """Split a folded text into words and runs.

    Args:
        folded: from `fold`.

    Yields:
        The tokens in order.
    """
    position = 1
    for match in _TOKEN.finditer(_without_possessives(folded)):
        run, word = match.groups()
        start, end = match.span()
        if run is not None:
            yield Token(run, True, position, start, end)
            position += len(run)
        else:
            token = Token(word, False, position, start, end)
            yield token
            position += len(token.parts)


def _without_possessives(folded: str) -> str:
    """Replace "'s" by spaces, so that offsets stay the same."""
    return _POSSESSIVE.sub("  ", folded) if "'" in folded else folded


def index_entries(text: str) -> Iterator[tuple[str, int]]:
    """Return the entries of a text for the search index.

    Args:
        text: plain text.

    Yields:
        (entry, position); words and pairs of characters have positions, all others 0. A word with
        hyphens gives its parts and the whole without hyphens.
    """
    for token in tokenise(fold(text)):
        if token.is_cjk:
            run, position = token.text, token.position
            for character in run:
                yield character, 0
            for at in range(len(run) - 1):
                yield run[at : at + 2], position + at
            for at in range(len(run) - 2):
                yield run[at : at + 3], 0
        else:
            parts = token.parts
            for at, part in enumerate(parts):
                yield part[:LONGEST_WORD], token.position + at
            if 1 < len(parts) <= _MOST_PARTS:
                yield "".join(parts)[:LONGEST_WORD], token.position


def run_ngrams(run: str) -> list[str]:
    """Return the index entries that together match a run of Chinese characters and kana.

    Args:
        run: the folded run.

    Returns:
        The run itself up to three characters, otherwise its distinct triples.
    """
    if len(run) <= 3:
        return [run]
    return list(dict.fromkeys(run[at : at + 3] for at in range(len(run) - 2)))


def singular_and_plural(word: str) -> list[str]:
    """Return an English word with its plural or singular, guessed by spelling.

    Args:
        word: folded, such as "gan" or "policies".

    Returns:
        The word and its other form ("gans"; "policy"); a wrong guess matches nothing.
    """
    if not (word.isascii() and word.isalpha()) or len(word) < 2:
        return [word]
    forms = [word]
    if word.endswith("ies") and len(word) > 4:
        forms.append(f"{word[:-3]}y")
    elif word.endswith(("ses", "xes", "zes", "ches", "shes")) and len(word) > 5:
        forms += [word[:-2], word[:-1]]
    elif word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        forms.append(word[:-1])
    elif word.endswith(("s", "x", "z", "ch", "sh")):
        forms.append(f"{word}es")
    elif word.endswith("y") and len(word) > 3 and word[-2] not in "aeiou":
        forms.append(f"{word[:-1]}ies")
    else:
        forms.append(f"{word}s")
    return forms
