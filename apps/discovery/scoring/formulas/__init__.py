"""The versions of the attention score.

A formula is a list of components. Each takes a value from 0 to 1 from facts that this site knows
when the paper is scored, and has a fixed number of points; the points add up to 100.

The score is a guess at the attention a paper may get, from its record and its place among the
papers of this site. It does not measure quality or correctness and was never tested against
citations or readers; the weights are chosen, not fitted. Compare papers only within one day,
category and formula.
"""

from collections.abc import Mapping

from apps.discovery.scoring.formulas.base import (
    AuthorRecord,
    Component,
    Fact,
    Facts,
    Formula,
    Measured,
    Neighbour,
)
from apps.discovery.scoring.formulas.formula_1 import FORMULA_1
from apps.discovery.scoring.formulas.formula_2 import FORMULA_2

__all__ = [
    "FORMULAS",
    "AuthorRecord",
    "Component",
    "Fact",
    "Facts",
    "Formula",
    "Measured",
    "Neighbour",
]

FORMULAS: Mapping[int, Formula] = {formula.version: formula for formula in (FORMULA_1, FORMULA_2)}
