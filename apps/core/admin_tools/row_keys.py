"""Keys of rows in forms and addresses."""

LONGEST = 18
"""Digits. Every number of this length fits into the database's type."""


def parse_row_key(text: str) -> int:
    """Parse the key of a row.

    Args:
        text: untrusted input.

    Returns:
        The key; 0, which no row has, if the text is not a key.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else 0
