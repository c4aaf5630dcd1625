"""Acronyms that a text explains: "group relative policy optimization (GRPO)".

After A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text", Pacific Symposium on Biocomputing 2003: the letters of the acronym are looked for
from right to left in the words before the bracket; its first letter must begin a word.
"""

import re
from collections.abc import Iterator

_IN_BRACKETS = re.compile(r"\(\s?([A-Za-z0-9][A-Za-z0-9&/.-]{1,9}?)s?\s?\)")
_WORDS_BEFORE = re.compile(r"[^()\[\]:;!?\u00a6]*\Z")
_WINDOW = 120


def defined_acronyms(text: str) -> Iterator[tuple[str, str]]:
    """Yield the acronyms that `text` explains, each with what it stands for, both as written.

    An acronym has two capitals or more and no plural s: ("LLM", "Large Language Models").
    """
    for match in _IN_BRACKETS.finditer(text):
        acronym = match[1]
        if sum(letter.isupper() for letter in acronym) < 2:
            continue
        before = _WORDS_BEFORE.search(text[max(0, match.start() - _WINDOW) : match.start()])
        long_form = _long_form(acronym, before[0].rstrip() if before else "")
        if long_form:
            yield acronym, long_form


def _long_form(acronym: str, before: str) -> str:
    """Return the end of `before` that `acronym` stands for; empty where it stands for nothing."""
    letters = [letter for letter in acronym.lower() if letter.isalnum()]
    most_words = min(len(letters) + 5, 2 * len(letters))
    at = len(before)
    lowered = before.lower()
    for place, letter in enumerate(reversed(letters)):
        is_first = place == len(letters) - 1
        at -= 1
        while at >= 0 and (
            lowered[at] != letter or (is_first and at > 0 and lowered[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ""
    found = before[at:]
    words = len(found.split())
    sound = words <= most_words and (words > 1 or "-" in found) and len(found) > len(acronym) + 2
    return found if sound else ""
