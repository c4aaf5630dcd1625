"""Template filters of the pages of rising topics."""

from datetime import date

from django import template
from django.utils.translation import gettext as _

from apps.public.calendar import weeks
from apps.public.catalogue.trends import WEEKS_A_BAR, Topic
from apps.public.site.labels import share_label

register = template.Library()


@register.filter
def week_name(day: date) -> str:
    """The week of a day: "2025-W09"."""
    return weeks.week_name(day)


@register.filter
def iso_day(day: date) -> str:
    """A day as ISO 8601 writes it: "2025-02-28"."""
    return day.isoformat()


@register.filter
def share(value: float) -> str:
    """A share of one as a percentage with two significant digits."""
    return share_label(value)


@register.filter
def chart_label(topic: Topic) -> str:
    """What a topic's chart shows, in words."""
    said = [share_label(value) if value is not None else _("no papers") for value in topic.shares]
    return _("Share of the papers in every %(weeks)d weeks, oldest first: %(shares)s") % {
        "weeks": WEEKS_A_BAR,
        "shares": _(", ").join(said),
    }
