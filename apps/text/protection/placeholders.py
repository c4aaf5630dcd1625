"""The styles of placeholders, each with the spellings in which engines return them."""

import re
from dataclasses import dataclass

_DIGITS = r"([0-9０-９]{1,6})"


@dataclass(frozen=True)
class Style:
    """How a placeholder is written and recognised.

    `exact` finds placeholders as written, `loose` also altered ones: spaces inside, another case,
    full-width digits, a similar kind of bracket. Group 1 is the number.
    """

    name: str
    before: str
    after: str
    exact: re.Pattern[str]
    loose: re.Pattern[str]

    def placeholder(self, index: int) -> str:
        """Return the placeholder of a token; `index` counts from 0."""
        return f"{self.before}{index}{self.after}"


def _style(name: str, before: str, after: str, loose: str) -> Style:
    exact = re.compile(rf"{re.escape(before)}([0-9]{{1,6}}){re.escape(after)}")
    return Style(name, before, after, exact, re.compile(loose, re.IGNORECASE))


BRACKETS = _style(
    "brackets",
    "⟦",
    "⟧",
    rf"(?:[⟦〚［【〔]|\[{{1,2}})\s{{0,2}}{_DIGITS}\s{{0,2}}(?:[⟧〛］】〕]|\]{{1,2}})",
)
"""⟦0⟧, for language models, which copy this rare pair of signs; it never occurs in prose."""

XML = _style(
    "xml",
    '<x id="',
    '"/>',
    rf"[<＜]\s*x\s*id\s*[=＝]\s*[\"'“”＂「]?\s*{_DIGITS}\s*[\"'“”＂」]?\s*[/／]?\s*[>＞](?:\s*[<＜]/x[>＞])?",
)
"""<x id="0"/>, for engines that handle tags; the text around it must be escaped as XML."""

WORD = _style("word", "X", "X", rf"(?<![A-Za-z0-9])[XＸ]\s?{_DIGITS}\s?[XＸ](?![A-Za-z0-9])")
"""X0X, for neural models without tags: letters and digits are in every vocabulary, rare signs may
not be. Whether models copy it more reliably is not measured."""

STYLES = {style.name: style for style in (BRACKETS, XML, WORD)}
