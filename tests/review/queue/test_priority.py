"""The order of the queue."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.review.queue.priority import Doubt, priority
from tests.support.builders import NOW

# What a priority depends on, one thing changed at a time: the second stands before the first.
PLAIN = {
    "doubt": Doubt(),
    "score": 30.0,
    "papers_of_category": 100,
    "is_public": False,
    "submitted_at": NOW,
}
RISKIER = {
    "a blocking finding": {"doubt": Doubt(blocking=1)},
    "another finding": {"doubt": Doubt(others=1)},
    "a reader's correction": {"doubt": Doubt(corrections=1)},
    "a text that has changed": {"doubt": Doubt(is_stale=True)},
    "more attention": {"score": 31.0},
    "a larger category": {"papers_of_category": 101},
    "public now": {"is_public": True},
    "newer": {"submitted_at": NOW + timedelta(minutes=1)},
}


@pytest.mark.parametrize("change", RISKIER.values(), ids=RISKIER)
def test_a_riskier_translation_comes_first(change):
    assert priority(**PLAIN | change) > priority(**PLAIN)


def test_being_a_week_newer_counts_as_twice_the_risk():
    older = PLAIN | {"score": 60.0, "submitted_at": NOW - timedelta(days=7)}
    assert priority(**older) == pytest.approx(priority(**PLAIN))


@given(
    blocked=st.integers(0, 365 * 40),
    clean=st.integers(0, 365 * 40),
    score=st.floats(0, 100),
    others=st.integers(0, 500),
)
def test_a_blocking_finding_comes_before_everything_else(blocked, clean, score, others):
    worst = priority(
        Doubt(others=others, corrections=9, is_stale=True),
        score=100.0,
        papers_of_category=10**6,
        is_public=True,
        submitted_at=NOW + timedelta(days=clean),
    )
    least = priority(
        Doubt(blocking=1),
        score=score,
        papers_of_category=0,
        is_public=False,
        submitted_at=NOW - timedelta(days=blocked % (365 * 30)),
    )
    assert least > worst
