"""Keys of rows, as forms and addresses bring them."""

LONGEST = 18
"""Digits. All numbers of so many fit into the database's."""


def parse_row_key(text: str) -> int:
    """Return the key that a text is; 0, which no row has, for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else 0
