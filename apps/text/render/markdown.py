"""Text as Markdown that shows it and nothing else (CommonMark 0.31, GitHub's extensions)."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~&$!]")
_LINKS_BY_THEMSELVES = re.compile(r"(?<=\w)(?=://|@)|(?<=\bwww)(?=\.)|(?<=\bmailto)(?=:)", re.I)
_NUMBER_OF_LIST = re.compile(r"^(\d{1,9})([.)])(?= |$)")
_BEGINNING = re.compile(r"^[-+=]")


def markdown_line(text: str) -> str:
    """Return a text as one line of Markdown without any markup, links or HTML in it.

    Whatever means something to Markdown is escaped, also what would be a link all by itself. The
    line may stand in a heading, a paragraph, a list or a link's text.
    """
    line = _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    line = _LINKS_BY_THEMSELVES.sub(r"\\", line)
    line = _NUMBER_OF_LIST.sub(r"\1\\\2", line)
    return _BEGINNING.sub(r"\\\g<0>", line)


def markdown_link(words: str, address: str) -> str:
    """Return a link to a whole address; what Markdown would read in that is escaped."""
    safe = re.sub(r"[\s<>()\\]", lambda sign: f"%{ord(sign[0]):02X}", address)
    return f"[{markdown_line(words)}](<{safe}>)"
