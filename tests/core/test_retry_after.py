"""Reading the Retry-After header."""

from datetime import UTC, datetime

import pytest

from apps.core.retry_after import retry_after

NOW = datetime(2025, 3, 2, 1, 15, tzinfo=UTC)
VALUES = {
    "seconds": ("120", 120.0),
    "a date": ("Sun, 02 Mar 2025 01:16:00 GMT", 60.0),
    "a past date": ("Sun, 02 Mar 2025 01:00:00 GMT", 0.0),
    "missing": (None, None),
    "empty": ("", None),
    "words": ("soon", None),
    "negative": ("-5", None),
}


@pytest.mark.parametrize(("header", "seconds"), VALUES.values(), ids=VALUES.keys())
def test_a_wait_is_read_as_seconds_from_now(header, seconds):
    assert retry_after(header, NOW) == seconds
