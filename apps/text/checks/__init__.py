"""Checks of machine translation: is a text fit to be published before a person has seen it?

`run_checks(pair)` runs all of them; each can be run by itself. A new check is a small class in a
file of this package, with a name, a label, a severity and `run`, and a labelled set of right and
wrong pairs in `tests/text/labelled/<name>.jsonl`.
"""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.plugins import classes_with
from apps.text.checks.base import RANK, Check, Finding, Pair, Severity, Term

__all__ = ["ALL_CHECKS", "Check", "Finding", "Pair", "Severity", "Term", "run_checks"]

ALL_CHECKS: tuple[Check, ...] = tuple(check() for check in classes_with("label", __name__))


def run_checks(pair: Pair, checks: Sequence[Check] = ALL_CHECKS) -> list[Finding]:
    """Return all findings of `checks` for `pair`, the gravest first, then by place in the target.

    An empty target is the business of the state of a translation, not of a check, except that
    the length check reports it.
    """
    found = [finding for check in checks for finding in check.run(pair)]
    if len(found) > 1:
        found.sort(key=lambda finding: (RANK[finding.severity], finding.start, finding.end))
    return found
