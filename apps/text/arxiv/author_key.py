"""The key under which papers of the same author are found: a name folded, without a database."""

from __future__ import annotations

import re
import unicodedata

LONGEST_KEY = 120

_APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02b9\u2032`\u00b4\uff07]")
_MARKS = frozenset({"Mn", "Me", "Cf"})
# Letters with a stroke, ligatures: they have no accent that decomposition could take away.
_PLAIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)


def author_key(name: str) -> str:
    """Return the key of an author's name as printed: "J. Müller-Lüdenscheidt" is
    "j muller ludenscheidt". Empty for a name without a letter or digit.

    Accents, capitals and punctuation are folded away (NFKD); the order of the words stays. An
    apostrophe joins ("O'Neil" is "oneil"), every other sign separates. At most 120 characters.
    Folding a key again gives the same key.

    A name is not a person. The key cannot tell apart two people of the same name, and it does not
    bring together what one person signs in different ways: "J. Smith" and "John Smith", "Wang Wei"
    and "Wei Wang", "Müller" and "Mueller", a name before and after marriage.
    """
    folded = _folded(name)
    # Folding case may bring forth what decomposes again, so a second pass makes it final.
    words = "".join(c if c.isalnum() else " " for c in _folded(folded)).split()
    return " ".join(words)[:LONGEST_KEY].rstrip()


def _folded(text: str) -> str:
    joined = _APOSTROPHES.sub("", text)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", joined).casefold())
    letters = "".join(c for c in plain if unicodedata.category(c) not in _MARKS)
    return _APOSTROPHES.sub("", letters).translate(_PLAIN)


def author_keys(names: list[str]) -> dict[str, int]:
    """Return the keys of an author list, each with the place (from 0) where it first stands.

    Names without a letter have no key and are left out.
    """
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        key = author_key(name)
        if key:
            places.setdefault(key, place)
    return places
