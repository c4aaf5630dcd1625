"""Small charts, drawn on the server: computed here, written as SVG by a template."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 36
STEP = 10
BAR = 8
LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in a drawing that is HEIGHT high; is_marked: it is what the chart is about."""

    x: int
    y: float
    height: float
    is_marked: bool


def chart_bars(values: Sequence[float | None], marked: int) -> list[Bar]:
    """Return one bar for each value, the highest as high as the drawing.

    The last `marked` are marked. A value of None, where nothing was measured, has no bar; zero
    has a low one, so that it can be told from None.
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
