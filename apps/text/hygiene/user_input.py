"""Tidy and inspect plain text that strangers send."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINK = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"']+", re.IGNORECASE)
_REORDERING = frozenset(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F))))
_ISOLATING = frozenset(map(chr, range(0x2066, 0x206A)))


def one_line(text: str) -> str:
    """Put a text on one line: NFC, single spaces, none at the ends.

    Args:
        text: as sent.

    Returns:
        The line; empty for blank input.
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def tidy_paragraphs(text: str) -> str:
    """Tidy each line of a text (see `one_line`) and reduce gaps to one blank line.

    Args:
        text: as sent.

    Returns:
        The text with its line breaks.
    """
    lines = (one_line(line) for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def comparison_form(text: str) -> str:
    """Return the form in which two equal proposals are the same string: NFKC, single spaces.

    Args:
        text: a proposed text.

    Returns:
        The form, to be compared but not shown.
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def has_hidden_characters(text: str) -> bool:
    """Tell whether a text holds control characters or characters that reorder text.

    Args:
        text: as sent.

    Returns:
        False where there are none besides line breaks and tabs.
    """
    return any(
        letter in _REORDERING
        or letter in _ISOLATING
        or (letter not in "\n\r\t" and unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn"))
        for letter in text
    )


def find_links(text: str) -> list[str]:
    """Return the web addresses in a text.

    Args:
        text: as sent.

    Returns:
        The addresses as written, in order.
    """
    return _LINK.findall(text)
