"""Acronyms that a text defines: "group relative policy optimization (GRPO)".

The letters of the acronym are matched from right to left in the words before the bracket; its
first letter must begin a word.

Source: A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text", Pacific Symposium on Biocomputing 2003.
"""

import re
from collections.abc import Iterator

_IN_BRACKETS = re.compile(r"\(\s?([A-Za-z0-9][A-Za-z0-9&/.-]{1,9}?)s?\s?\)")
_WORDS_BEFORE = re.compile(r"[^()\[\]:;!?\u00a6]*\Z")
_WINDOW = 120


def defined_acronyms(text: str) -> Iterator[tuple[str, str]]:
    """Yield each acronym (two capitals or more, without a plural s) that `text` defines.

    Each comes with its long form, both as written: ("LLM", "Large Language Models").
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
    """Return the end of `before` that `acronym` abbreviates; empty if there is none."""
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
    is_plausible = words <= most_words and (words > 1 or "-" in found)
    return found if is_plausible and len(found) > len(acronym) + 2 else ""
