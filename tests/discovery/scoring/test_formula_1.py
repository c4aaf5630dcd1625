"""Formula 1, which stays for history: its components."""

from datetime import timedelta

import pytest

from apps.discovery.scoring.formulas import Facts, Neighbour
from apps.discovery.scoring.formulas.formula_1 import (
    acceptance,
    breadth,
    centrality,
    openness,
    team,
    topic_recency,
)
from tests.support.builders import NOW


def near(*days: int, similarity: float = 0.85) -> list[Neighbour]:
    """Neighbours submitted so many days after the paper."""
    return [Neighbour(similarity, NOW + timedelta(days=day)) for day in days]


@pytest.mark.parametrize(
    ("measure", "known", "expected"),
    [
        pytest.param(topic_recency, {}, 0, id="no neighbours, no topic"),
        pytest.param(
            topic_recency,
            {"neighbours": near(-179, -181)},
            0.5,
            id="half of the neighbours are recent",
        ),
        pytest.param(topic_recency, {"neighbours": near(10)}, 1, id="later papers count as well"),
        pytest.param(centrality, {}, 0, id="no neighbours, no centre"),
        pytest.param(centrality, {"neighbours": near(1, 2, 3)}, 0.5, id="middling nearness"),
        pytest.param(
            centrality,
            {"neighbours": near(*range(10), similarity=0.95) + near(11, similarity=0.1)},
            1,
            id="ten count",
        ),
        pytest.param(breadth, {"categories": ["cs.CL"]}, 0, id="one category"),
        pytest.param(breadth, {"categories": ["a", "b", "c", "d"]}, 1, id="four categories"),
        pytest.param(openness, {"abstract": "See https://github.com/a/b."}, 1, id="code link"),
        pytest.param(openness, {"comments": "Code will be available soon"}, 1, id="code promised"),
        pytest.param(openness, {"abstract": "We release nothing."}, 0, id="no code"),
        pytest.param(acceptance, {"comments": "Accepted at ICLR 2026"}, 1, id="accepted"),
        pytest.param(acceptance, {"journal_ref": "Phys. Rev. D 1 (2026)"}, 1, id="journal"),
        pytest.param(acceptance, {"comments": "12 pages, electoral study"}, 0, id="not oral"),
        pytest.param(team, {"author_count": 1}, 0, id="one author"),
        pytest.param(team, {"author_count": 32}, 1, id="thirty-two authors"),
        pytest.param(team, {"author_count": 0}, 0, id="authors unknown"),
    ],
)
def test_each_component_measures_what_it_says(measure, known, expected):
    assert measure(Facts(submitted_at=NOW, **known)).value == pytest.approx(expected)
