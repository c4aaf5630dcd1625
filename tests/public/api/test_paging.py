"""Cursors: what is written is read back, and goes on in its own list only."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from apps.papers.models import Paper
from apps.public.api.paging import DAY, MOMENT, NUMBER, WHOLE, WORDS, Ordering, page_of
from tests.support.builders import NOW, build_paper

MOMENTS = st.datetimes(
    min_value=datetime(1986, 1, 1), max_value=datetime(2999, 1, 1), timezones=st.just(UTC)
)
KEYS = st.integers(min_value=1, max_value=2**63 - 1)
ORDERING = Ordering("-submitted_at", (("submitted_at", MOMENT), ("id", WHOLE)))


def written(*parts: object) -> str:
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@given(MOMENTS, st.floats(allow_nan=False, allow_infinity=False), st.dates(), st.text(), KEYS)
def test_a_key_is_read_back_as_it_was_written(moment, number, day, text, key):
    text = text.encode(errors="ignore").decode().replace("\0", "")
    ordering = Ordering(
        "all",
        (("a", MOMENT), ("b", NUMBER), ("c", DAY), ("d", WORDS), ("id", WHOLE)),
    )
    place = (moment, number, day, text, key)
    assert ordering.key_in(ordering.cursor("scope", place), "scope") == place


REFUSED = {
    "empty": ("", "not a cursor of this site"),
    "no base64": ("sheep!", "not a cursor of this site"),
    "other letters": ("羊", "not a cursor of this site"),
    "no JSON": ("c2hlZXA", "not a cursor of this site"),
    "an object": (urlsafe_b64encode(b'{"a":1}').decode(), "not a cursor of this site"),
    "deep": (urlsafe_b64encode(b"[" * 1200).decode(), "not a cursor of this site"),
    "nothing in it": (written(), "not a cursor of this site"),
    "other order": (written("submitted_at", "scope", 1, 1), "order submitted_at, not -submitted"),
    "other list": (written("-submitted_at", "another", 1, 1), "other filters"),
    "too short": (written("-submitted_at", "scope", 1), "was changed"),
    "too long": (written("-submitted_at", "scope", 1, 1, 1), "was changed"),
    "beyond time": (written("-submitted_at", "scope", 10**18, 1), "was changed"),
    "beyond keys": (written("-submitted_at", "scope", 1, 2**63), "was changed"),
    "true": (written("-submitted_at", "scope", True, 1), "was changed"),
    "a text": (written("-submitted_at", "scope", "1", 1), "was changed"),
}


@pytest.mark.parametrize(("cursor", "reason"), REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused_with_a_reason(cursor, reason):
    with override("en"), pytest.raises(ValidationError, match=reason) as refused:
        ORDERING.key_in(cursor, "scope")
    assert list(refused.value.detail) == ["cursor"]


@pytest.mark.parametrize("text", ["\0", "\ud800"], ids=["a zero byte", "half a letter"])
def test_no_text_in_a_cursor_breaks_the_database(text):
    ordering = Ordering("term", (("term", WORDS), ("id", WHOLE)))
    with pytest.raises(ValidationError):
        ordering.key_in(written("term", "scope", text, 1), "scope")


@given(st.text())
def test_no_text_does_worse_than_being_refused(text):
    with pytest.raises(ValidationError):
        ORDERING.key_in(text, "scope")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["-submitted_at", "submitted_at"])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_have_every_row_once_also_rows_of_one_moment(name, limit, django_assert_num_queries):
    ordering = Ordering(name, ORDERING.columns)
    for day in (1, 2, 2, 2, 3):
        build_paper(submitted_at=NOW.replace(day=day))
    seen, cursor = [], None
    while cursor or not seen:
        with django_assert_num_queries(1):
            page = page_of(Paper.objects.all(), ordering, cursor=cursor, limit=limit, scope="x")
        seen += page.rows
        cursor = page.following
    assert seen == list(ordering.sorted(Paper.objects.all()))
    assert len(seen) == 5


@pytest.mark.django_db
def test_a_page_far_down_is_one_walk_along_the_index():
    rows = ORDERING.behind(Paper.objects.all(), (NOW, 7))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = ORDERING.sorted(rows)[:26].explain()
    assert "Index Scan using paper_submitted" in plan
    assert "(ROW(submitted_at, id) < ROW(" in plan
    assert "Filter" not in plan
    assert "Sort" not in plan
    assert date(2026, 3, 2).isoformat() in plan
