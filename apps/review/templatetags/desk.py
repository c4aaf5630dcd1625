"""What the templates of the desk need: shares, spans of time, lengths of bars, changes of texts."""

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

NOTHING = "–"
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


@register.filter
def percent(share: float | None) -> str:
    """A share of one in whole percent; a dash where there is none."""
    return NOTHING if share is None else f"{100 * share:.0f}%"


@register.filter
def points(value: float | None) -> str:
    """A score of 0 to 100 with one decimal; a dash where there is none."""
    return NOTHING if value is None else number_format(value, 1)


@register.filter
def duration(time: timedelta | None) -> str:
    """A span of time as people say it: in hours below two days, then in days."""
    if time is None:
        return NOTHING
    if time < 2 * _DAY:
        hours = round(time / _HOUR)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return _("%(n)s days") % {"n": number_format(time / _DAY, 1)}


@register.filter
def since(moment: datetime) -> str:
    """How long ago a moment was, in one unit: lists have no room for two."""
    return timesince(moment, depth=1)


@register.filter
def percent_of(value: float, whole: float) -> str:
    """What share of 100 `value` is of `whole`, as a coordinate of SVG."""
    return f"{100 * value / whole:.2f}" if whole else "0"


@register.filter
def message(finding: Finding) -> str:
    """What a check says about a text."""
    return label_text(finding.message)


@register.simple_tag
def word_diff(before: str, after: str) -> SafeString:
    """Return what changed as <del> and <ins>; `data-said` is for screen readers."""
    forms = {
        "same": SafeString("{}"),
        "removed": _marked("del", _("removed:")),
        "added": _marked("ins", _("added:")),
    }
    parts = ((format_html(forms[item.kind], item.text),) for item in diff(before, after))
    return format_html_join("", "{}", parts)


def _marked(tag: str, said: str) -> SafeString:
    return format_html(SafeString('<{0} data-said="{1} ">{{}}</{0}>'), SafeString(tag), said)
