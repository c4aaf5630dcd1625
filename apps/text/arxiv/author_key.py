"""Search keys for author names: accents, case and punctuation removed."""

import re
import unicodedata

LONGEST_KEY = 120

_APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02b9\u2032`\u00b4\uff07]")
_MARKS = frozenset({"Mn", "Me", "Cf"})
# Letters with a stroke and ligatures: Unicode decomposition leaves them as they are.
_PLAIN = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe",
    "þ": "th",
})  # fmt: skip


def author_key(name: str) -> str:
    """Return the search key of an author's name: "J. Müller-Lüden" gives "j muller luden".

    Accents, case and punctuation are removed; the order of the words stays. An apostrophe joins
    ("O'Neil" gives "oneil"), any other sign separates. The key of a key is the key itself.

    A key is not a person: two people of one name share a key, and one person may have several
    ("J. Smith" and "John Smith", "Wang Wei" and "Wei Wang", "Müller" and "Mueller").

    Args:
        name: the name as printed.

    Returns:
        At most 120 characters; empty for a name without a letter or digit.
    """
    folded = _folded(name)
    # Case folding can yield characters that decompose again; a second pass settles it.
    words = "".join(c if c.isalnum() else " " for c in _folded(folded)).split()
    return " ".join(words)[:LONGEST_KEY].rstrip()


def _folded(text: str) -> str:
    joined = _APOSTROPHES.sub("", text)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", joined).casefold())
    letters = "".join(c for c in plain if unicodedata.category(c) not in _MARKS)
    return _APOSTROPHES.sub("", letters).translate(_PLAIN)


def author_keys(names: list[str]) -> dict[str, int]:
    """Return the key of each author of a list, with the author's first position.

    Args:
        names: the authors in order.

    Returns:
        Key -> position from 0. Names without a letter or digit are left out.
    """
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        key = author_key(name)
        if key:
            positions.setdefault(key, position)
    return positions
