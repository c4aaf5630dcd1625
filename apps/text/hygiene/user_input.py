"""What strangers type, as plain text: what is tidied, what is refused, what counts as the same."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINK = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"']+", re.IGNORECASE)
_REORDERING = frozenset(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F))))
_ISOLATING = frozenset(map(chr, range(0x2066, 0x206A)))


def one_line(text: str) -> str:
    """Return `text` on one line: NFC, every run of white space one space, none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def tidy_paragraphs(text: str) -> str:
    """Return `text` with its lines, NFC, no space at their ends and no gaps of several lines."""
    lines = (one_line(line) for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def comparison_form(text: str) -> str:
    """Return the form in which two proposals are one: NFKC, white space of one kind."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def has_hidden_characters(text: str) -> bool:
    """Whether `text` holds what nobody sees: control characters, or marks that reorder text.

    Line breaks and tabs are none.
    """
    return any(
        letter in _REORDERING
        or letter in _ISOLATING
        or (letter not in "\n\r\t" and unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn"))
        for letter in text
    )


def find_links(text: str) -> list[str]:
    """Return the addresses in `text`, each as it is written there."""
    return _LINK.findall(text)
