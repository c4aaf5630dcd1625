"""Words as normalised for key terms, and where each may occur in a term."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from apps.text.terms import word_lists as lists
from apps.text.terms.known_names import SPELLINGS
from apps.text.terms.singulars import singular

WORD = re.compile(r"([^\W_]+(?:['’.](?=[^\W_])[^\W_]+)*[+#*]*)")
"""A word of a text; `WORD.split` alternates the text between words and the words."""

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Word:
    """A normalised word, and where it may occur in a term.

    words: usually one. breaks: it occurs in no term. is_weak: it only begins terms. is_generic: it
    is not a term alone. is_name: it is a term anywhere.
    """

    words: tuple[str, ...]
    breaks: bool
    is_weak: bool
    is_generic: bool
    is_name: bool


@lru_cache(maxsize=1 << 16)
def classify_word(raw: str) -> Word:
    """Normalise a word of a text and classify it."""
    bare = raw[:-2] if raw.endswith(("'s", "’s")) else raw
    is_name = sum(letter.isupper() for letter in bare) > 1
    if is_name and bare.endswith("s") and bare[:-1].isupper():
        bare = bare[:-1]
    is_acronym = is_name and bare.isupper()
    lowered = _without_accents(bare).lower()
    key = lowered if is_acronym else _american(singular(lowered))
    is_name = is_name or _has_number(key)
    return Word(
        words=tuple(key.split()),
        breaks=_is_no_word(key) or (not is_acronym and (_is_prose(lowered) or _is_prose(key))),
        is_weak=not is_name and _is_weak(key),
        is_generic=not is_name and (key in lists.GENERIC or len(key) < 3),
        is_name=is_name and key not in lists.WEAK,
    )


def comparison_words(phrase: str) -> tuple[str, ...]:
    """Return the normalised words of a phrase."""
    return tuple(part for raw in WORD.split(phrase)[1::2] for part in classify_word(raw).words)


def is_vague(key: str) -> bool:
    """Whether a word, or a compound with hyphens, has no content."""
    return key in lists.VAGUE or key in lists.ABOUT_THE_PAPER


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    # Some letters consist of a mark only.
    return bare.strip() or word


def _american(key: str) -> str:
    if key.endswith("isation"):
        return f"{key[:-7]}ization"
    return SPELLINGS.get(key, key)


def _has_number(key: str) -> bool:
    """Whether it is a name with a number: "gpt4", but not "3d" or "100k"."""
    return not key[0].isdigit() and any(letter.isdigit() for letter in key)


def _is_no_word(key: str) -> bool:
    if key in lists.WEAK:
        return False
    letters = sum(letter.isalpha() for letter in key)
    fewest = 3 if key[0].isdigit() else 1
    return letters < fewest or len(key) > _LONGEST or (len(key) == 1 and key.isalnum())


def _is_prose(key: str) -> bool:
    if key in lists.NOUNS or key in lists.WEAK:
        return False
    if key in lists.FUNCTION_WORDS or is_vague(key) or key in _VERB_FORMS:
        return True
    return len(key) > 4 and key.endswith("ly") and key not in lists.LY_NOUNS


def _is_weak(key: str) -> bool:
    if key in lists.WEAK:
        return True
    if key in lists.NOUNS or key in lists.GENERIC or key in lists.NOUNS_WITH_ADJECTIVE_ENDINGS:
        return False
    return len(key) > 4 and key.endswith(lists.ADJECTIVE_ENDINGS)


def _forms(verb: str) -> Iterator[str]:
    """Yield a verb and its forms in -ing and -ed, also with a doubled consonant."""
    yield verb
    stem = verb[:-1] if verb.endswith("e") else verb
    yield f"{stem}ing"
    yield f"{stem}ed"
    if verb.endswith("y"):
        yield f"{verb[:-1]}ied"
    if verb[-1] not in "aeiouwxy" and verb[-2:-1] in "aeiou":
        yield f"{verb}{verb[-1]}ing"
        yield f"{verb}{verb[-1]}ed"


_VERB_FORMS = frozenset(form for verb in lists.VERBS for form in _forms(verb)) - lists.NOUNS
