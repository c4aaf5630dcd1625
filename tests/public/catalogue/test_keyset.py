"""Cursors: what is written is read back, everything else is refused with a reason."""

from datetime import UTC, datetime

import pytest
from apps.public.catalogue.keyset import BrokenCursor, Place
from hypothesis import given
from hypothesis import strategies as st

MOMENTS = st.datetimes(
    min_value=datetime(1986, 1, 1), max_value=datetime(2999, 1, 1), timezones=st.just(UTC)
)


@given(MOMENTS, st.integers(min_value=1, max_value=2**63 - 1).filter(lambda n: n < 10**18))
def test_a_place_is_read_back_as_it_was_written(moment, paper):
    place = Place(moment, paper)
    assert Place.parse(str(place)) == place


@pytest.mark.parametrize(
    "text",
    ["", "sheep", "1", "-1", "1-", "1--2", "1-2-3", " 1-2", "1-2\n", "１-２", "9" * 18 + "-1",
     "1-" + "9" * 19],
)  # fmt: skip
def test_anything_else_is_no_cursor(text):
    with pytest.raises(BrokenCursor):
        Place.parse(text)


@given(st.text())
def test_no_text_does_worse_than_being_refused(text):
    try:
        place = Place.parse(text)
    except BrokenCursor:
        return
    assert Place.parse(str(place)) == place
