"""Glossary terms are rendered as the glossary says."""

import re
from collections.abc import Iterator
from functools import lru_cache

from apps.core.plugins import Label
from apps.text.checks.base import Check, Finding, Pair, Severity, Term

_LOOSE = re.compile(r"[\s・ー]")


class Terms(Check):
    """A term without its rendering (a warning) or with a forbidden one (blocking).

    A term inside a longer term of the glossary is ignored, and so are spaces, ・ and ー.
    """

    name = "terms"
    label = Label("用語集", "glossary")
    severity = Severity.BLOCKING

    def run(self, pair: Pair) -> Iterator[Finding]:
        if not pair.terms:
            return
        lowered = pair.source.lower()
        candidates = [term for term in pair.terms if _first_word(term.source) in lowered]
        if not candidates:
            return
        plain = _LOOSE.sub("", pair.target).lower()
        for term in _present(pair.source, candidates):
            rendering = _LOOSE.sub("", term.target).lower()
            forbidden = _forbidden(term, pair.target)
            if forbidden:
                at = pair.target.index(forbidden)
                yield self.finding(
                    Severity.BLOCKING,
                    f"用語「{term.source}」の訳「{forbidden}」は誤りです。「{term.target}」に直してください。",
                    f"'{forbidden}' is a wrong rendering of '{term.source}'. "
                    f"Write '{term.target}'.",
                    (at, at + len(forbidden)),
                )
            elif rendering not in plain:
                yield self.finding(
                    Severity.WARNING,
                    f"用語「{term.source}」の訳「{term.target}」が見当たりません。用語集に合わせてください。",
                    f"The rendering '{term.target}' of '{term.source}' is missing. "
                    "Follow the glossary.",
                )


def _present(source: str, terms: list[Term]) -> Iterator[Term]:
    """Yield the terms that occur in the source outside longer terms."""
    taken: list[tuple[int, int]] = []
    for term in sorted(terms, key=lambda term: -len(term.source)):
        places = [match.span() for match in _pattern(term).finditer(source)]
        free = [
            (start, end)
            for start, end in places
            if not any(start < other_end and other < end for other, other_end in taken)
        ]
        taken += free
        if free:
            yield term


def _forbidden(term: Term, target: str) -> str | None:
    """Return a forbidden rendering in the target that is not part of the right one, or None."""
    rest = target.replace(term.target, " ")
    return next((wrong for wrong in term.forbidden if wrong and wrong in rest), None)


@lru_cache(maxsize=8192)
def _first_word(source: str) -> str:
    word = re.split(r"[\s-]", source.strip().lower(), maxsplit=1)[0]
    return word[:-1] if len(word) > 3 and word[-1] in "sy" else word


@lru_cache(maxsize=8192)
def _pattern(term: Term) -> re.Pattern[str]:
    words = [re.escape(word) for word in re.split(r"[\s-]+", term.source.strip())]
    body = r"[\s-]+".join(words)
    if term.source.strip().endswith("y"):
        body = body[:-1] + "(?:y|ies)"
    flags = re.NOFLAG if term.case_sensitive else re.IGNORECASE
    return re.compile(rf"(?<![A-Za-z0-9]){body}(?:s|es)?(?![A-Za-z0-9])", flags)
