"""Search results as HTML with the searched words marked. Math and links are not marked."""

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from apps.text.search.tokens import LETTER, fold, fold_with_places
from apps.text.tex.html import piece_html
from apps.text.tex.parser import TEXT, parse_pieces

ANYWHERE = 4
"""Letters from which a word is also marked inside longer words."""
MOST_MARKS = 100


def highlight_html(text: str, marks: Sequence[str]) -> str:
    """Return a text as `to_html` does, with every occurrence of a mark in a `mark` element.

    Args:
        text: may hold TeX.
        marks: folded words, phrases and runs of Japanese, of which the first 100 count. Words of
            three letters or fewer are marked only as whole words.

    Returns:
        A fragment of HTML; width, case, accents and kinds of kana make no difference.
    """
    pattern = _pattern(tuple(marks[:MOST_MARKS]))
    if pattern is None:
        return "".join(map(piece_html, parse_pieces(text)))
    return "".join(
        _marked(piece.text, pattern) if piece.kind == TEXT else piece_html(piece)
        for piece in parse_pieces(text)
    )


def count_marks(text: str, marks: Sequence[str]) -> int:
    """Count the marks that occur in a text.

    Args:
        text: plain text.
        marks: as in `highlight_html`.

    Returns:
        The number of different marks.
    """
    pattern = _pattern(tuple(marks[:MOST_MARKS]))
    if pattern is None:
        return 0
    return len({match[0] for match in pattern.finditer(fold(text))})


def _marked(text: str, pattern: re.Pattern[str]) -> str:
    folded, places = fold_with_places(text)
    written: list[str] = []
    at = 0
    for match in pattern.finditer(folded):
        start, end = places[match.start()][0], places[match.end() - 1][1]
        if start < at:
            continue
        written.append(html.escape(text[at:start]))
        written.append(f"<mark>{html.escape(text[start:end])}</mark>")
        at = end
    written.append(html.escape(text[at:]))
    return "".join(written)


@lru_cache(maxsize=256)
def _pattern(marks: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds the marks in a folded text, the longest first; None without any."""
    ways = []
    for mark in sorted(filter(None, marks), key=len, reverse=True):
        escaped = r"[\s-]+".join(map(re.escape, mark.split()))
        is_word = re.fullmatch(f"{LETTER}+", mark) is not None
        whole = is_word and (len(mark) < ANYWHERE or not mark.isalpha())
        ways.append(f"(?<!{LETTER}){escaped}(?!{LETTER})" if whole else escaped)
    return re.compile("|".join(ways)) if ways else None
