"""Keys of rows in requests."""

import pytest

from apps.core.admin_tools.row_keys import parse_row_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("12", 12),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, 0),
        ("9" * 5000, 0),
        ("", 0),
        ("-1", 0),
        ("1.5", 0),
        ("１２", 0),
        ("²", 0),
    ],
)
def test_a_key_is_a_number_that_a_row_can_have(text, key):
    assert parse_row_key(text) == key
