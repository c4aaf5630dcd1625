"""Geometry of small bar charts; a template writes them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 36
STEP = 10
BAR = 8
LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in a drawing of height HEIGHT; is_marked: it is highlighted."""

    x: int
    y: float
    height: float
    is_marked: bool


def chart_bars(values: Sequence[float | None], marked: int) -> list[Bar]:
    """Return the bars of a chart, the highest as high as the drawing.

    Args:
        values: one for each place; None (not measured) has no bar, zero a low one.
        marked: how many of the last places are highlighted.

    Returns:
        The bars from left to right.
    """
    highest = max((value for value in values if value is not None), default=0.0)
    drawn = []
    for place, value in enumerate(values):
        if value is None:
            continue
        height = round(max(LEAST, HEIGHT * value / highest if highest else LEAST), 2)
        is_marked = place >= len(values) - marked
        drawn.append(Bar(STEP * place, round(HEIGHT - height, 2), height, is_marked))
    return drawn
