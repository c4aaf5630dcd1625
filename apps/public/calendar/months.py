"""Months and years for calendars, from the day counts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from apps.public.calendar.days import DayNeighbours, days_with_papers
from apps.review.models import ListedDay

SUNDAY_FIRST = frozenset({"ja"})
"""Interface languages whose weeks begin on Sunday; in others on Monday (ISO 8601)."""
_WRITTEN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class BadMonth(ValueError):
    """The text is not a month."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“%(month)s” is not a month. Write it like 2025-02.") % {"month": text[:80]}
        )


def parse_month(text: str) -> date:
    """Return the first day of the month "2025-02". Raises BadMonth if the text is not a month."""
    match = _WRITTEN.fullmatch(text)
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), 1)
    except ValueError:
        pass
    raise BadMonth(text)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day in a calendar. papers: None if there are none. is_inside: is it in the month?"""

    day: date
    papers: int | None
    is_inside: bool


@dataclass(frozen=True, slots=True)
class MonthOfPapers:
    """The days of a month with papers; before, after: the nearest ones outside of it."""

    first: date
    days: Mapping[date, ListedDay]
    before: ListedDay | None
    after: ListedDay | None

    @property
    def total(self) -> int:
        return sum(listed.papers for listed in self.days.values())

    def around(self, day: date) -> DayNeighbours:
        """Return a day of this month and the days with papers next to it. No query."""
        earlier = [listed for at, listed in self.days.items() if at < day]
        later = [listed for at, listed in self.days.items() if at > day]
        return DayNeighbours(
            itself=self.days.get(day),
            previous=max(earlier, key=lambda listed: listed.day, default=self.before),
            following=min(later, key=lambda listed: listed.day, default=self.after),
        )

    def weeks(self, interface: str) -> list[list[CalendarDay]]:
        """Return the weeks of the month, each seven days, as the interface language begins them."""
        weeks = calendar.Calendar(_first_weekday(interface)).monthdatescalendar(
            self.first.year, self.first.month
        )
        return [[self._day(day) for day in week] for week in weeks]

    def _day(self, day: date) -> CalendarDay:
        listed = self.days.get(day)
        return CalendarDay(day, listed.papers if listed else None, day.month == self.first.month)


def weekdays(interface: str) -> list[int]:
    """Return the weekdays (Monday is 0) in the order of the interface language."""
    return list(calendar.Calendar(_first_weekday(interface)).iterweekdays())


def _first_weekday(interface: str) -> int:
    return calendar.SUNDAY if interface in SUNDAY_FIRST else calendar.MONDAY


def month_of(day: date, language: str, category: str = "") -> MonthOfPapers:
    """Return the month of a day with its days with papers (in a category, if given). One query."""
    first = day.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    listed = days_with_papers(language, category)
    found = listed.filter(day__range=(first, last)).union(
        listed.filter(day__lt=first)[:1],
        listed.filter(day__gt=last).order_by("day")[:1],
        all=True,
    )
    inside: dict[date, ListedDay] = {}
    outside: dict[bool, ListedDay] = {}
    for each in sorted(found, key=lambda each: each.day):
        if first <= each.day <= last:
            inside[each.day] = each
        else:
            outside[each.day > last] = each
    return MonthOfPapers(first, inside, outside.get(False), outside.get(True))


@dataclass(frozen=True, slots=True)
class YearOfPapers:
    """The twelve months of a year, as (first day, number of papers).

    before, after: the nearest days with papers outside of the year.
    """

    year: int
    months: list[tuple[date, int]]
    before: ListedDay | None
    after: ListedDay | None

    @property
    def total(self) -> int:
        return sum(papers for _month, papers in self.months)


def year_of(year: int, language: str) -> YearOfPapers:
    """Return a year (1 to 9999) with its counts of papers. Two queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    listed = days_with_papers(language)
    counts = dict(
        listed.filter(day__range=(first, last))
        .annotate(month=TruncMonth("day"))
        .order_by()
        .values_list("month")
        .annotate(Sum("papers"))
    )
    outside = {
        each.day > last: each
        for each in listed.filter(day__lt=first)[:1].union(
            listed.filter(day__gt=last).order_by("day")[:1], all=True
        )
    }
    months = [date(year, month, 1) for month in range(1, 13)]
    return YearOfPapers(
        year,
        [(month, counts.get(month, 0)) for month in months],
        outside.get(False),
        outside.get(True),
    )
