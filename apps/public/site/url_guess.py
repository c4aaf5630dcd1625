"""Guess the paper or the search that a URL without a page may be about."""

from __future__ import annotations

import re
from urllib.parse import unquote

from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId

LONGEST_PATH = 500
"""Characters to examine; no URL of this site is longer."""
LONGEST_WORDS = 100
_IDENTIFIER = re.compile(
    r"(?<![\d.])\d{4}\.\d{4,5}(?:v\d{1,3})?(?!\d)"
    r"|(?<![A-Za-z-])[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[a-z]{2})?/\d{7}(?:v\d{1,3})?(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_OF_THE_SITE = frozenset(
    {"abs", "about", "api", "authors", "categories", "days", "en", "feeds", "html", "in", "ja"}
) | {"papers", "pdf", "search", "trends"}
_ENDINGS = re.compile(r"\.(?:html?|php|aspx?|pdf|xml|json|atom)$", re.IGNORECASE)


def arxiv_id_in(path: str) -> ArxivId | None:
    """Return the first arXiv identifier in a path, or None."""
    for match in _IDENTIFIER.finditer(unquote(path[:LONGEST_PATH])):
        try:
            return ArxivId.parse(match[0])
        except InvalidArxivId:
            continue
    return None


def search_words_in(path: str) -> str:
    """Return the words of a path to search for, without URL parts of this site, letters, digits."""
    words = [
        word
        for part in unquote(path[:LONGEST_PATH]).split("/")
        if part.lower() not in _OF_THE_SITE
        for word in re.split(r"[\W_]+", _ENDINGS.sub("", part))
        if word and (not word.isascii() or len(word) > 1) and not word.isdigit()
    ]
    kept = ""
    for word in words:
        longer = f"{kept} {word}".strip()
        if len(longer) > LONGEST_WORDS:
            break
        kept = longer
    return kept
