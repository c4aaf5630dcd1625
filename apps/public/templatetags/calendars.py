"""Template filters for months, years and weekdays in the interface language."""

from datetime import date

from django import template
from django.utils import dateformat, dates, formats
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def month_label(day: date) -> str:
    """Return the month of a day: "February 2025"."""
    return formats.date_format(day, "YEAR_MONTH_FORMAT")


@register.filter
def month_name(day: date) -> str:
    """Return the month without the year: "February"."""
    # Translators: Django's date format characters for a month without year.
    return dateformat.format(day, pgettext("month without year", "F"))


@register.filter
def year_label(day: date) -> str:
    """Return the year of a day: "2025"."""
    # Translators: Django's date format characters for a year alone.
    return dateformat.format(day, pgettext("year alone", "Y"))


@register.filter
def weekday_name(number: int) -> str:
    """Return the name of a weekday (Monday is 0)."""
    return str(dates.WEEKDAYS[number])


@register.filter
def weekday_short(number: int) -> str:
    """Return the short name of a weekday (Monday is 0)."""
    return str(dates.WEEKDAYS_ABBR[number])


@register.filter
def grouped(number: int) -> str:
    """Return a number with thousands separators: "1,234"."""
    return f"{number:,}"
