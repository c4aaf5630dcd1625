"""The components of a score with the labels of its formula."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from apps.discovery.models import Score
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.formulas.base import Component


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One component of a score: its meaning, value (0 to 1) and points.

    fact: the stored fact behind the value. fact_label: the same as text. ground, bar: maximum
    points and points as bar lengths; the heaviest component has 100.
    """

    name: str
    label: str
    meaning: str
    weight: float
    value: float
    points: float
    fact: dict[str, Any]
    fact_label: str
    ground: float
    bar: float


def score_parts(score: Score) -> list[ScorePart]:
    """Return the components of a score, in the order of its formula."""
    components, texts = _components(score.formula, get_language())
    heaviest = max((part.weight for part in components.values()), default=100)
    parts = []
    for stored in score.components:
        name, fact = stored["name"], stored.get("fact", {})
        described = components.get(name)
        weight = float(described.weight) if described else 0.0
        label, meaning = texts.get(name, (name, ""))
        parts.append(
            ScorePart(
                name=name,
                label=label,
                meaning=meaning,
                weight=weight,
                value=float(stored["value"]),
                points=float(stored["points"]),
                fact=fact,
                fact_label=described.fact_label(fact) if described else "",
                ground=100 * weight / heaviest,
                bar=100 * float(stored["points"]) / heaviest,
            )
        )
    return parts


@lru_cache(maxsize=64)
def _components(
    formula: int, language: str | None
) -> tuple[dict[str, Component], dict[str, tuple[str, str]]]:
    """Return the components of a formula, and (label, meaning), both by name."""
    parts = FORMULAS[formula].components if formula in FORMULAS else ()
    texts = {part.name: (str(part.label), str(part.meaning)) for part in parts}
    return {part.name: part for part in parts}, texts
