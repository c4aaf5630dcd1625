"""Template filters for the pages of rising topics."""

from datetime import date

from django import template
from django.utils.translation import gettext as _

from apps.public.calendar.weeks import week_name
from apps.public.catalogue.trends import WEEKS_A_BAR, Topic
from apps.public.site.labels import share_label

register = template.Library()
register.filter(week_name)
register.filter("share", share_label)


@register.filter
def iso_day(day: date) -> str:
    """Return a day in ISO 8601: "2025-02-28"."""
    return day.isoformat()


@register.filter
def chart_label(topic: Topic) -> str:
    """Return a text alternative for a topic's chart."""
    said = [share_label(value) if value is not None else _("no papers") for value in topic.shares]
    return _("Share of the papers in every %(weeks)d weeks, oldest first: %(shares)s") % {
        "weeks": WEEKS_A_BAR,
        "shares": _(", ").join(said),
    }
