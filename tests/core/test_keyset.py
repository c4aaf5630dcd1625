"""Paging by key: positions, cursors, pages and the SQL of "after this position"."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from apps.core.keyset import (
    DAY,
    LATEST_ADDED,
    MOMENT,
    NUMBER,
    SECOND,
    WHOLE,
    WORDS,
    BrokenCursor,
    Ordering,
    Page,
)
from apps.papers.models import Paper
from apps.papers.orderings import NEWEST, NEWEST_IN_INDEX
from apps.public.oai.selection import BY_DATESTAMP
from apps.review.models.queue import RISKIEST_FIRST
from apps.translation.models import Translation
from tests.support.builders import NOW, build_paper

MOMENTS = st.datetimes(
    min_value=datetime(1986, 1, 1), max_value=datetime(2999, 1, 1), timezones=st.just(UTC)
)
KEYS = st.integers(min_value=1, max_value=2**63 - 1)
BY_SUBMISSION = (("submitted_at", MOMENT), ("id", WHOLE))


@given(MOMENTS, st.floats(allow_nan=False, allow_infinity=False), st.dates(), st.text(), KEYS)
def test_values_are_read_back_as_they_were_written(moment, number, day, text, key):
    text = text.encode(errors="ignore").decode().replace("\0", "")
    ordering = Ordering(
        "all", (("a", MOMENT), ("b", NUMBER), ("c", DAY), ("d", WORDS), ("e", WHOLE))
    )
    position = (moment, number, day, text, key)
    assert ordering.read(ordering.write(position)) == position


@given(MOMENTS, KEYS)
def test_a_cursor_is_read_back_as_it_was_written(moment, key):
    for ordering in (NEWEST, NEWEST_IN_INDEX):
        assert ordering.decode(ordering.encode((moment, key))) == (moment, key)


@given(st.floats(allow_nan=False, allow_infinity=False), KEYS)
def test_a_cursor_of_a_number_too(number, key):
    assert RISKIEST_FIRST.decode(RISKIEST_FIRST.encode((number, key))) == (number, key)


# Written by the code before there was one mechanism for all.
WRITTEN = {
    "a page": (NEWEST, (datetime(2026, 3, 2, 6, 0, 1, 250, UTC), 4711), "1772431201000250-4711"),
    "before 1970": (NEWEST_IN_INDEX, (datetime(1969, 12, 31, tzinfo=UTC), 5), "-86400000000-5"),
    "the queue": (RISKIEST_FIRST, (0.1 + 0.2, 10**12), "0.30000000000000004_1000000000000"),
    "below zero": (RISKIEST_FIRST, (-0.5, 3), "-0.5_3"),
    "OAI-PMH": (BY_DATESTAMP, (datetime(2026, 3, 2, 6, 0, 1, tzinfo=UTC), 42), "1772431201.42"),
    "a history": (LATEST_ADDED, (17,), "17"),
}


@pytest.mark.parametrize(("ordering", "position", "cursor"), WRITTEN.values(), ids=WRITTEN)
def test_cursors_stay_as_they_are(ordering, position, cursor):
    assert ordering.encode(position) == cursor
    assert ordering.decode(cursor) == position


@pytest.mark.parametrize(
    "text",
    ["", "sheep", "1", "-1", "1-", "1--2", "1-2-3", " 1-2", "1-2\n", "１-２", "9" * 18 + "-1",
     "1-" + "9" * 19, "1-02", "1-2.0", "1-true", '1-"2"', "[" * 9999 + "-1", "1" * 5000 + "-1"],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(BrokenCursor) as refused:
        NEWEST.decode(text)
    assert refused.value.text == text[:80]


@pytest.mark.parametrize(
    "text", ["1", "x_1", "1.0_", "1.0_1;drop", "nan_1", "NaN_1", "1.0_" + "9" * 19]
)
def test_no_other_number_either(text):
    with pytest.raises(BrokenCursor):
        RISKIEST_FIRST.decode(text)


@given(st.text())
def test_no_text_does_worse_than_being_refused(text):
    try:
        position = NEWEST.decode(text)
    except BrokenCursor:
        return
    assert NEWEST.encode(position) == text


def test_whole_seconds_are_enough_where_an_ordering_says_so():
    assert SECOND.write(datetime(2026, 3, 2, 6, 0, 1, 999, UTC)) == 1772431201


def test_a_page_ends_where_no_row_is_left():
    rows = [{"id": key} for key in (3, 2, 1)]
    assert LATEST_ADDED.cut(rows, 3) == Page(rows, None)
    page = LATEST_ADDED.cut(rows, 2)
    assert page == Page(rows[:2], (2,))
    assert LATEST_ADDED.next_cursor(page) == "2"
    assert LATEST_ADDED.next_cursor(Page(rows)) is None


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["-submitted_at", "submitted_at"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_have_every_row_once_also_rows_of_one_moment(name, size, django_assert_num_queries):
    ordering = Ordering(name, BY_SUBMISSION)
    for day in (1, 2, 2, 2, 3):
        build_paper(submitted_at=NOW.replace(day=day))
    seen, after = [], None
    while after or not seen:
        with django_assert_num_queries(1):
            page = ordering.page(Paper.objects.all(), after, size=size)
        seen += page.rows
        after = page.next
    assert seen == list(ordering.sorted(Paper.objects.all()))
    assert len(seen) == 5


def where(ordering: Ordering, rows, position) -> str:
    statement = str(ordering.after(rows, position).query)
    return statement.partition(" WHERE ")[2].partition(" ORDER BY ")[0]


def test_the_sql_is_one_comparison_of_rows():
    assert where(Ordering("-submitted_at", BY_SUBMISSION), Paper.objects.all(), (date.min, 7)) == (
        '(("papers_paper"."submitted_at", "papers_paper"."id") < (0001-01-01, 7)'
        ' AND "papers_paper"."submitted_at" <= 0001-01-01 00:00:00+00:00)'
    )


def test_the_sql_of_one_column_is_a_plain_comparison():
    assert where(LATEST_ADDED, Paper.objects.all(), (7,)) == '"papers_paper"."id" < 7'


def test_columns_of_two_tables_keep_a_bound_that_the_index_of_the_first_serves():
    condition = where(NEWEST, Translation.objects.all(), (NOW, 7))
    assert '("papers_paper"."submitted_at", "translation_translation"."paper_id") < (' in condition
    assert '"papers_paper"."submitted_at" <= ' in condition


@pytest.mark.django_db
def test_a_page_far_down_is_one_walk_along_the_index():
    ordering = Ordering("-submitted_at", BY_SUBMISSION)
    rows = ordering.after(Paper.objects.all(), (NOW - timedelta(days=3), 7))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = ordering.sorted(rows)[:26].explain()
    assert "Index Scan using paper_submitted" in plan
    assert "(ROW(submitted_at, id) < ROW(" in plan
    assert "Filter" not in plan
    assert "Sort" not in plan
