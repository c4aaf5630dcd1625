"""The attention score, component by component."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.discovery.formulas import (
    FORMULAS,
    Facts,
    acceptance,
    breadth,
    centrality,
    openness,
    team,
    topic_recency,
)
from tests.builders import NOW


def facts(**known) -> Facts:
    defaults = {
        "submitted_at": NOW,
        "abstract": "",
        "comments": "",
        "journal_ref": "",
        "authors": 1,
        "categories": 1,
        "similarities": (),
        "neighbour_dates": (),
    }
    return Facts(**(defaults | known))


@pytest.mark.parametrize(("version", "formula"), FORMULAS.items())
def test_the_weights_add_up_to_one_hundred(version, formula):
    assert formula.version == version
    assert sum(component.weight for component in formula.components) == 100


@pytest.mark.parametrize(
    ("measure", "known", "expected"),
    [
        pytest.param(topic_recency, {}, 0, id="no neighbours, no topic"),
        pytest.param(
            topic_recency,
            {"neighbour_dates": [NOW - timedelta(days=179), NOW - timedelta(days=181)]},
            0.5,
            id="half of the neighbours are recent",
        ),
        pytest.param(
            topic_recency,
            {"neighbour_dates": [NOW + timedelta(days=10)]},
            1,
            id="later papers count as well",
        ),
        pytest.param(centrality, {}, 0, id="no neighbours, no centre"),
        pytest.param(centrality, {"similarities": [0.85] * 3}, 0.5, id="middling nearness"),
        pytest.param(centrality, {"similarities": [0.95] * 10 + [0.1]}, 1, id="ten count"),
        pytest.param(breadth, {"categories": 1}, 0, id="one category"),
        pytest.param(breadth, {"categories": 4}, 1, id="four categories"),
        pytest.param(openness, {"abstract": "See https://github.com/a/b."}, 1, id="code link"),
        pytest.param(openness, {"comments": "Code will be available soon"}, 1, id="code promised"),
        pytest.param(openness, {"abstract": "We release nothing."}, 0, id="no code"),
        pytest.param(acceptance, {"comments": "Accepted at ICLR 2026"}, 1, id="accepted"),
        pytest.param(acceptance, {"journal_ref": "Phys. Rev. D 1 (2026)"}, 1, id="journal"),
        pytest.param(acceptance, {"comments": "12 pages, electoral study"}, 0, id="not oral"),
        pytest.param(team, {"authors": 1}, 0, id="one author"),
        pytest.param(team, {"authors": 32}, 1, id="thirty-two authors"),
        pytest.param(team, {"authors": 0}, 0, id="authors unknown"),
    ],
)
def test_each_component_measures_what_it_says(measure, known, expected):
    assert measure(facts(**known)) == pytest.approx(expected)


@given(
    st.builds(
        facts,
        abstract=st.text(),
        comments=st.text(),
        authors=st.integers(0, 5000),
        categories=st.integers(0, 20),
        similarities=st.lists(st.floats(-1, 1), max_size=20),
        neighbour_dates=st.lists(
            st.integers(-9000, 9000).map(lambda days: NOW + timedelta(days=days)), max_size=20
        ),
    )
)
def test_every_score_is_the_sum_of_its_bounded_components(known):
    for formula in FORMULAS.values():
        value, parts = formula.score(known)
        assert 0 <= value <= 100
        assert value == pytest.approx(sum(part["points"] for part in parts), abs=0.01)
        for part, component in zip(parts, formula.components, strict=True):
            assert 0 <= part["value"] <= 1
            assert 0 <= part["points"] <= component.weight
