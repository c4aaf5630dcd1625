"""Pairs labelled right or wrong for a check, and the check's score on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apps.text.checks import Check, Pair, Term

FOLDER = Path(__file__).parent / "labelled"


@dataclass(frozen=True)
class Labelled:
    """A pair, and whether it contains the check's error."""

    pair: Pair
    wrong: bool
    why: str


@dataclass(frozen=True)
class Score:
    """The numbers of right and wrong pairs, and the check's errors on each."""

    right: int
    wrong: int
    false_alarms: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the check's alarms that are justified; 1.0 where it gave none."""
        alarms = self.wrong - self.missed + self.false_alarms
        return (self.wrong - self.missed) / alarms if alarms else 1.0

    @property
    def recall(self) -> float:
        """The share of the wrong pairs that the check found; 0.0 where there are none."""
        return (self.wrong - self.missed) / self.wrong if self.wrong else 0.0


def labelled_pairs(check_name: str) -> list[Labelled]:
    """Return the labelled pairs of a check; empty if it has no file."""
    path = FOLDER / f"{check_name}.jsonl"
    if not path.exists():
        return []
    return [_read(line) for line in path.read_text(encoding="utf-8").splitlines()]


def score(check: Check, labelled: Sequence[Labelled]) -> Score:
    """Run the check on every pair and count its errors."""
    alarms = [(any(True for _ in check.run(one.pair)), one.wrong) for one in labelled]
    return Score(
        right=sum(not wrong for _, wrong in alarms),
        wrong=sum(wrong for _, wrong in alarms),
        false_alarms=sum(alarm and not wrong for alarm, wrong in alarms),
        missed=sum(wrong and not alarm for alarm, wrong in alarms),
    )


def _read(line: str) -> Labelled:
    data = json.loads(line)
    terms = tuple(
        Term(
            term["source"],
            term["target"],
            tuple(term.get("forbidden", ())),
            term.get("case_sensitive", False),
        )
        for term in data.get("terms", ())
    )
    pair = Pair(data["source"], data["target"], field=data.get("field", "abstract"), terms=terms)
    return Labelled(pair, data["wrong"], data.get("why", ""))
