"""ISO 8601 weeks, "2025-W09". In code a week is its Monday."""

import re
from datetime import date

from django.utils.translation import gettext as _

_WRITTEN = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


class BadWeek(ValueError):
    """The text is not a week."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“%(week)s” is not a week. Write it like 2025-W09.") % {"week": text[:80]}
        )


def parse_week(text: str) -> date:
    """Return the Monday of a week. Raises BadWeek if the text is not a week."""
    match = _WRITTEN.fullmatch(text)
    try:
        if match is not None:
            return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        pass
    raise BadWeek(text)


def week_name(day: date) -> str:
    """Return the ISO 8601 name of a day's week."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"
