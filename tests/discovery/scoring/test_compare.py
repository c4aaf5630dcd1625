"""Two scores of the same papers, compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.discovery.scoring.compare import Pair, deciles, movers, ranks, spearman, top_changes

DAY, OTHER_DAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param([1, 2, 3], [10, 20, 30], 1, id="the same order"),
        pytest.param([1, 2, 3], [3, 2, 1], -1, id="the opposite order"),
        # 1 - 6 * (1 + 1 + 0 + 0) / (4 * 15)
        pytest.param([1, 2, 3, 4], [2, 1, 3, 4], 0.8, id="two change places"),
        # Ranks 1.5, 1.5, 3 and 1, 2, 3: covariance 1.5, variances 1.5 and 2.
        pytest.param([5, 5, 9], [1, 2, 3], 1.5 / 3**0.5, id="ties share their mean rank"),
        pytest.param([1, 1, 1], [1, 2, 3], None, id="one is the same for all"),
        pytest.param([1], [2], None, id="one paper"),
        pytest.param([], [], None, id="no paper"),
    ],
)
def test_rank_correlation(one, other, expected):
    found = spearman(one, other)
    assert found == (expected if expected is None else pytest.approx(expected))


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=2))
def test_rank_correlation_is_bounded_and_the_same_both_ways(pairs):
    one, other = zip(*pairs, strict=True)
    found = spearman(one, other)
    if found is not None:
        assert -1 - 1e-9 <= found <= 1 + 1e-9
        assert spearman(other, one) == pytest.approx(found)


def test_ranks_of_ties_are_their_mean():
    assert list(ranks([30, 10, 30, 20])) == [3.5, 1, 3.5, 2]


def test_deciles_go_from_the_least_to_the_greatest():
    assert deciles(range(101)) == pytest.approx(list(range(0, 101, 10)))
    assert deciles([]) == []


def pairs(*scores: tuple[float, float], day: date = DAY, first: int = 0) -> list[Pair]:
    return [Pair(first + n, day, before, after) for n, (before, after) in enumerate(scores)]


def test_movers_are_told_by_places_not_by_points():
    found = pairs((10, 60), (20, 50), (30, 90), (40, 45))
    up, down = movers(found, 2)
    assert [pair.paper for pair in up] == [0, 2]
    assert [pair.paper for pair in down] == [3]
    assert movers([], 5) == ([], [])


def test_a_formula_that_only_stretches_the_scale_moves_no_paper():
    assert movers(pairs((1, 10), (2, 20), (3, 70)), 5) == ([], [])


def test_top_places_count_on_days_with_more_papers_than_places():
    crowded = pairs((9, 1), (8, 8), (7, 9))
    quiet = pairs((1, 2), (2, 1), day=OTHER_DAY, first=10)
    found = top_changes([*crowded, *quiet], top=2)
    assert (found.days, found.places, found.entered) == (1, 2, 1)
