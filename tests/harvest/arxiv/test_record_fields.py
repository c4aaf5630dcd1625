"""Cleaning a field, the short way and the long one."""

from hypothesis import example, given
from hypothesis import strategies as st

from apps.harvest.arxiv.record_fields import clean_line
from apps.text.hygiene.normalise import clean_text


@given(st.text() | st.text("ab \n\t\u00a0\u0301\u200be\u2028é"))
@example(" two  spaces ")
@example("decomposed e\u0301")
def test_one_line_is_what_cleaning_the_joined_words_gives(text: str) -> None:
    assert clean_line(text) == clean_text(" ".join(text.split()))
