"""Which terms rise: evidence, smoothing, doubles and weights, without a database."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.discovery.trends.statistic import (
    LARGEST_WEIGHT,
    Rise,
    Sizes,
    field_weights,
    independent_groups,
    log_likelihood_ratio,
    ranked,
    rise_of,
    smoothed_growth,
    without_duplicates,
)

SIZES = Sizes(papers=1000, before=6000)


def rise(term: str, growth: float = 2.0) -> Rise:
    return Rise(term, papers=10, before=10.0, growth=growth, evidence=20.0)


RISES = {
    "from nothing": (12, 0, True),
    "tripled": (60, 120, True),
    "doubled, but of a handful": (6, 18, False),
    "too few papers": (4, 0, False),
    "as before": (20, 120, False),
    "fallen": (10, 120, False),
    "a little more of much": (440, 2400, False),
}


@pytest.mark.parametrize(("papers", "before", "rises"), RISES.values(), ids=RISES)
def test_a_term_rises_with_enough_papers_growth_and_evidence(papers, before, rises):
    assert (rise_of("term", papers, before, SIZES) is not None) == rises


def test_the_evidence_is_dunnings_ratio():
    # 2 * sum(observed * log(observed / expected)) over the table of both shares.
    table = [(30, 970), (60, 5940)]
    rows, columns, all_papers = [1000, 6000], [90, 6910], 7000
    expected = 2 * sum(
        observed * math.log(observed / (rows[row] * columns[column] / all_papers))
        for row, counts in enumerate(table)
        for column, observed in enumerate(counts)
    )
    assert log_likelihood_ratio(30, 60, SIZES) == pytest.approx(expected)


@given(st.integers(0, 1000), st.floats(0, 6000))
def test_evidence_is_never_negative_and_growth_is_one_without_change(papers, before):
    assert log_likelihood_ratio(papers, before, SIZES) >= 0
    assert smoothed_growth(papers, papers * 6, SIZES) == pytest.approx(1)


def test_few_papers_do_not_lead_over_many():
    many = rise_of("many", 90, 120, SIZES)
    few = rise_of("few", 6, 0, SIZES)
    assert many is not None
    assert few is not None
    assert ranked([few, many]) == [many, few]


DOUBLES = {
    "part of a longer term in the same papers": (
        {"language model": {1, 2, 3, 4}, "large language model": {1, 2, 3}},
        ["large language model"],
    ),
    "part that stands elsewhere too": (
        {"language model": {1, 2, 3, 4, 5, 6}, "large language model": {1, 2, 3}},
        ["language model"],
    ),
    "longer first, part elsewhere too": (
        {"large language model": {1, 2, 3}, "language model": {1, 2, 3, 4, 5, 6}},
        ["large language model", "language model"],
    ),
    "other words in the same papers": ({"grpo": {1, 2, 3}, "policy step": {1, 2, 3, 4}}, ["grpo"]),
    "only with a more frequent one": ({"grpo": {1, 2, 3, 4, 5, 6, 7}, "policy": {1, 2}}, ["grpo"]),
    "only with one of far more": ({"llm": set(range(99)), "axion": {1, 2}}, ["llm", "axion"]),
    "other words in other papers": ({"grpo": {1, 2, 3}, "axion": {3, 4, 5}}, ["grpo", "axion"]),
    "a word is no part of a word": ({"rag": {1, 2}, "fragment": {3, 4}}, ["rag", "fragment"]),
}


@pytest.mark.parametrize(("papers_of", "kept"), DOUBLES.values(), ids=DOUBLES)
def test_of_terms_that_say_the_same_one_stays(papers_of, kept):
    rises = [rise(term) for term in papers_of]
    assert [item.term for item in without_duplicates(rises, papers_of)] == kept


def test_no_more_terms_are_kept_than_asked_for():
    papers_of = {f"term {number}": {number} for number in range(9)}
    assert len(without_duplicates([rise(term) for term in papers_of], papers_of, most=4)) == 4


GROUPS = {
    "one group": ([{"A", "B"}, {"B", "C"}, {"C"}], 1),
    "three groups": ([{"A"}, {"B"}, {"A", "B"}, {"C"}], 3),
    "nobody": ([set(), set()], 2),
}


@pytest.mark.parametrize(("authors", "groups"), GROUPS.values(), ids=GROUPS)
def test_papers_of_one_group_count_once(authors, groups):
    assert independent_groups(authors) == groups


def test_a_field_that_grows_in_the_harvest_weighs_more_before():
    weights = field_weights({"cs": 300, "math": 100}, {"cs": 1000, "math": 1000})
    assert weights["cs"] == pytest.approx(3 * weights["math"])


def test_a_field_that_was_hardly_there_is_left_out():
    assert set(field_weights({"cs": 300, "hep-th": 100}, {"cs": 2000, "hep-th": 3})) == {"cs"}
    assert field_weights({"cs": 5}, {}) == {}
    assert field_weights({}, {"cs": 5}) == {}


@given(
    st.dictionaries(st.sampled_from("abcde"), st.integers(1, 500), min_size=1),
    st.dictionaries(st.sampled_from("abcde"), st.integers(1, 500), min_size=1),
)
def test_weights_give_every_field_its_part_of_now_and_keep_the_number(last, before):
    weights = field_weights(last, before)
    weighted = {field: weights[field] * before[field] for field in weights}
    assert sum(weighted.values()) == pytest.approx(sum(before[field] for field in weights))
    now = sum(last[field] for field in weights)
    for field, papers in weighted.items():
        assert papers / sum(weighted.values()) == pytest.approx(last[field] / now)
    for field in set(last) - set(weights):
        share_before = before.get(field, 0) / sum(before.values())
        assert share_before * LARGEST_WEIGHT < last[field] / sum(last.values())
