"""Checks of machine translation: can a text be published before a person reviews it?

`run_checks(pair)` runs all of them. A new check is a class with a name, a severity and `run`, an
entry in `ALL_CHECKS`, and labelled right and wrong pairs in `tests/text/labelled/<name>.jsonl`.
"""

from __future__ import annotations

from collections.abc import Sequence

from apps.text.checks.acronyms import Acronyms
from apps.text.checks.base import RANK, Check, Finding, Pair, Severity, Term
from apps.text.checks.endings import Brackets, Ending, Identical
from apps.text.checks.language import LeftoverEnglish
from apps.text.checks.leakage import Leakage
from apps.text.checks.links import Links
from apps.text.checks.markers import ListMarkers
from apps.text.checks.math import Math, Placeholders
from apps.text.checks.negation import Negation
from apps.text.checks.numbers import Numbers
from apps.text.checks.shape import Length, Repetition
from apps.text.checks.style import PoliteStyle, Punctuation, TitleForm
from apps.text.checks.terms import Terms

__all__ = ["ALL_CHECKS", "Check", "Finding", "Pair", "Severity", "Term", "run_checks"]

ALL_CHECKS: tuple[Check, ...] = (
    Numbers(),
    Math(),
    Placeholders(),
    LeftoverEnglish(),
    Length(),
    Repetition(),
    Links(),
    Acronyms(),
    Terms(),
    Negation(),
    ListMarkers(),
    Leakage(),
    PoliteStyle(),
    Punctuation(),
    Brackets(),
    Identical(),
    Ending(),
    TitleForm(),
)


def run_checks(pair: Pair, checks: Sequence[Check] = ALL_CHECKS) -> list[Finding]:
    """Run checks on a pair of texts.

    An empty target is reported only by the length check.

    Args:
        pair: the source and its translation.
        checks: all of them by default.

    Returns:
        The findings by severity, then by position in the target.
    """
    findings = [finding for check in checks for finding in check.run(pair)]
    if len(findings) > 1:
        findings.sort(key=lambda finding: (RANK[finding.severity], finding.start, finding.end))
    return findings
