"""Cursors: read back as written, and valid for their own list only."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from apps.core.keyset import MOMENT, WHOLE, WORDS, Ordering
from apps.papers.models import Paper
from apps.public.api.paging import read_cursor, requested_page, write_cursor
from tests.support.builders import NOW, build_paper

MOMENTS = st.datetimes(
    min_value=datetime(1986, 1, 1), max_value=datetime(2999, 1, 1), timezones=st.just(UTC)
)
KEYS = st.integers(min_value=1, max_value=2**63 - 1)
ORDERING = Ordering("-submitted_at", (("submitted_at", MOMENT), ("id", WHOLE)))


def written(*parts: object) -> str:
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@given(MOMENTS, st.text(), KEYS)
def test_a_position_is_read_back_as_it_was_written(moment, text, key):
    text = text.encode(errors="ignore").decode().replace("\0", "")
    ordering = Ordering("all", (("a", MOMENT), ("b", WORDS), ("id", WHOLE)))
    position = (moment, text, key)
    assert read_cursor(write_cursor(ordering, position, "scope"), ordering, "scope") == position


def test_the_start_and_the_end_of_a_list_have_no_cursor():
    assert read_cursor(None, ORDERING, "scope") is None
    assert write_cursor(ORDERING, None, "scope") is None


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
    "too short": (written("-submitted_at", "scope", 1), "was modified"),
    "too long": (written("-submitted_at", "scope", 1, 1, 1), "was modified"),
    "beyond time": (written("-submitted_at", "scope", 10**18, 1), "was modified"),
    "beyond keys": (written("-submitted_at", "scope", 1, 2**63), "was modified"),
    "true": (written("-submitted_at", "scope", True, 1), "was modified"),
    "a text": (written("-submitted_at", "scope", "1", 1), "was modified"),
}


@pytest.mark.parametrize(("cursor", "reason"), REFUSED.values(), ids=REFUSED)
def test_invalid_cursors_are_refused_with_a_reason(cursor, reason):
    with override("en"), pytest.raises(ValidationError, match=reason) as refused:
        read_cursor(cursor, ORDERING, "scope")
    assert list(refused.value.detail) == ["cursor"]


@pytest.mark.parametrize("text", ["\0", "\ud800"], ids=["a zero byte", "half a letter"])
def test_no_text_in_a_cursor_breaks_the_database(text):
    ordering = Ordering("term", (("term", WORDS), ("id", WHOLE)))
    with pytest.raises(ValidationError):
        read_cursor(written("term", "scope", text, 1), ordering, "scope")


@given(st.text())
def test_any_text_is_refused_as_a_cursor(text):
    with pytest.raises(ValidationError):
        read_cursor(text, ORDERING, "scope")


@pytest.mark.django_db
def test_the_cursor_of_a_page_leads_to_the_next_page():
    for day in (1, 2, 3):
        build_paper(submitted_at=NOW.replace(day=day))
    rows = Paper.objects.all()
    request = Request(APIRequestFactory().get("/"))
    first, cursor = requested_page(request, {"limit": 2}, rows, ORDERING)
    second, end = requested_page(request, {"limit": 2, "cursor": cursor}, rows, ORDERING)
    assert first + second == list(ORDERING.sorted(rows))
    assert end is None
