"""Checks of machine translation: can a text be published before a person reviews it?

`run_checks(pair)` runs all of them. A new check is a file here with a subclass of `Check`, which
has a name, a label, a severity and `run`, and labelled pairs in `tests/text/labelled/<name>.jsonl`.
"""

from collections.abc import Sequence

from apps.core.plugins import classes_with
from apps.text.checks.base import RANK, Check, Finding, Pair, Severity, Term

__all__ = ["ALL_CHECKS", "Check", "Finding", "Pair", "Severity", "Term", "run_checks"]

ALL_CHECKS: tuple[Check, ...] = tuple(check() for check in classes_with("label", __name__))


def run_checks(pair: Pair, checks: Sequence[Check] = ALL_CHECKS) -> list[Finding]:
    """Run checks on a pair of texts.

    Args:
        pair: the source and its translation. Only the length check reports an empty target.
        checks: all of them by default.

    Returns:
        The findings by severity, then by position in the target.
    """
    findings = [finding for check in checks for finding in check.run(pair)]
    if len(findings) > 1:
        findings.sort(key=lambda finding: (RANK[finding.severity], finding.start, finding.end))
    return findings
