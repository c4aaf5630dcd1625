"""The attention score, version by version: what it is made of, and what it is not.

A formula is a list of components. Each looks at facts that this site knows when the paper is
scored, gives a value from 0 to 1, and counts for a fixed number of points; the points add up to
100.

The score is a guess at how much attention a paper may get, made from its record and its place
among the papers of this site. It is no measure of quality or correctness, nobody has read the
paper for it, and it is no prediction that was ever tested against citations or readers. The
weights are a choice, not a fit. Papers are comparable within one day, one category and one
formula; across fields and years less so.
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
