"""The patterns of the schema agree with the parsers of identifiers, days and weeks."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.public.api.patterns import ANY_VERSION, WEEK, YEAR_MONTH_OR_DAY
from apps.public.calendar.weeks import parse_week, week_name
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId


@given(st.from_regex(ANY_VERSION, fullmatch=True))
def test_every_string_of_the_pattern_is_an_identifier(text):
    assert str(ArxivId.parse(text)).lower().split("/")[-1] == text.lower().split("/")[-1]


@given(st.from_regex(r"[0-9]{4}\.[0-9]{4,5}(v[0-9])?", fullmatch=True))
def test_every_identifier_since_2007_matches_the_pattern(text):
    try:
        known = bool(ArxivId.parse(text))
    except InvalidArxivId:
        known = False
    assert bool(re.fullmatch(ANY_VERSION, text)) == known


@pytest.mark.parametrize("year", [1985, 1986, 1988, 1999, 2000, 2023, 2024, 2100, 2400, 2999, 3000])
def test_exactly_the_existing_days_match(year):
    for month in range(14):
        for day in range(33):
            try:
                exists = bool(date(year, month, day)) and 1986 <= year <= 2999
            except ValueError:
                exists = False
            text = f"{year}-{month:02}-{day:02}"
            assert bool(re.fullmatch(YEAR_MONTH_OR_DAY, text)) == exists, text


@given(st.dates(min_value=date(1000, 1, 5)))
def test_every_week_matches(day):
    name = week_name(day)
    assert re.fullmatch(WEEK, name)
    assert week_name(parse_week(name)) == name
