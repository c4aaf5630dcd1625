"""Template filters and tags of the desk: shares, durations, bars and differences of texts."""

from datetime import datetime, timedelta

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.labels import label_text
from apps.text.checks import Finding
from apps.text.diff.word_diff import diff

register = template.Library()

NO_VALUE = "–"
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


@register.filter
def percent(share: float | None) -> str:
    """Format a share of 0 to 1 in whole percent; None as a dash."""
    return NO_VALUE if share is None else f"{100 * share:.0f}%"


@register.filter
def points(value: float | None) -> str:
    """Format a score of 0 to 100 with one decimal; None as a dash."""
    return NO_VALUE if value is None else number_format(value, 1)


@register.filter
def duration(time: timedelta | None) -> str:
    """Format a duration in hours below two days, else in days; None as a dash."""
    if time is None:
        return NO_VALUE
    if time < 2 * _DAY:
        hours = round(time / _HOUR)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return _("%(n)s days") % {"n": number_format(time / _DAY, 1)}


@register.filter
def since(moment: datetime) -> str:
    """Format the time since a moment in one unit, because lists have no room for two."""
    return timesince(moment, depth=1)


@register.filter
def percent_of(value: float, whole: float) -> str:
    """Format `value` in percent of `whole`, as a coordinate for SVG."""
    return f"{100 * value / whole:.2f}" if whole else "0"


@register.filter
def message(finding: Finding) -> str:
    """Return the message of a finding in the language of the interface."""
    return label_text(finding.message)


@register.simple_tag
def word_diff(before: str, after: str) -> SafeString:
    """Mark changes by <del> and <ins>, with a label in `data-said` for screen readers."""
    forms = {
        "same": SafeString("{}"),
        "removed": _marked("del", _("removed:")),
        "added": _marked("ins", _("added:")),
    }
    parts = ((format_html(forms[item.kind], item.text),) for item in diff(before, after))
    return format_html_join("", "{}", parts)


def _marked(tag: str, said: str) -> SafeString:
    return format_html(SafeString('<{0} data-said="{1} ">{{}}</{0}>'), SafeString(tag), said)
