"""Compares two scores of the same papers: the effect of a change of formula."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

TOP = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """A paper's score before and after, and its day of submission."""

    paper: int
    day: date
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class TopChange:
    """Changes among the first ten of each day, over the days with more than ten papers.

    places: the number of places on these days. entered: how many go to a paper without one before.
    """

    days: int
    places: int
    entered: int


def deciles(values: Sequence[float] | Numbers) -> list[float]:
    """Return minimum, nine deciles and maximum: eleven numbers, or [] without values."""
    if not len(values):
        return []
    return [float(value) for value in np.quantile(np.asarray(values), np.linspace(0, 1, 11))]


def ranks(values: Sequence[float] | Numbers) -> Numbers:
    """Return the rank of each value, from 1 for the least; equal values share their mean rank."""
    _, place, count = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray(((last - count + 1 + last) / 2)[place], dtype=np.float64)


def spearman(one: Sequence[float] | Numbers, other: Sequence[float] | Numbers) -> float | None:
    """Return the rank correlation with ties, -1 to 1; None where it is undefined.

    Spearman 1904, "The Proof and Measurement of Association between Two Things".
    """
    if len(one) < 2:
        return None
    first, second = ranks(one), ranks(other)
    first, second = first - first.mean(), second - second.mean()
    spread = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / spread if spread else None


def movers(pairs: Sequence[Pair], count: int) -> tuple[list[Pair], list[Pair]]:
    """Return the papers that rise and that fall by the most ranks, the farthest first."""
    if not pairs:
        return [], []
    rise = ranks([pair.after for pair in pairs]) - ranks([pair.before for pair in pairs])
    order = np.argsort(-rise, kind="stable")
    up = [pairs[place] for place in order[:count] if rise[place] > 0]
    down = [pairs[place] for place in order[::-1][:count] if rise[place] < 0]
    return up, down


def top_changes(pairs: Sequence[Pair], top: int = TOP) -> TopChange:
    """Count changes among the first `top` of each day; of equal scores the older paper is first."""
    by_day: dict[date, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_day[pair.day].append(pair)
    crowded = [of_day for of_day in by_day.values() if len(of_day) > top]
    entered = 0
    for of_day in crowded:
        first = {pair.paper for pair in sorted(of_day, key=lambda p: (-p.before, p.paper))[:top]}
        then = {pair.paper for pair in sorted(of_day, key=lambda p: (-p.after, p.paper))[:top]}
        entered += len(then - first)
    return TopChange(len(crowded), top * len(crowded), entered)
