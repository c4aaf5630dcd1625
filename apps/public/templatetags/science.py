"""Template filters for labels, math, categories and dates."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from django import template
from django.utils import dateformat, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.public.site import labels
from apps.text.arxiv.licences import Licence
from apps.text.render.phrase_breaks import add_phrase_breaks
from apps.text.search.highlight import highlight_html
from apps.text.tex.html import to_html

register = template.Library()

for _label in (
    labels.plain,
    labels.language_name,
    labels.arxiv_date,
    labels.exact_time,
    labels.status_label,
    labels.origin_label,
    labels.rank_label,
):
    register.filter(_label)
register.simple_tag(labels.score_is_not)

_LINK = re.compile(r"<a [^>]*>|</a>")


@register.filter
def math(text: str) -> SafeString:
    """Render text with TeX as HTML with MathML; everything else is escaped."""
    return mark_safe(to_html(text))


@register.filter
def math_in_link(text: str) -> SafeString:
    """Like `math`, without links, for text inside a link."""
    return mark_safe(_LINK.sub("", to_html(text)))


@register.filter
def title(text: str) -> SafeString:
    """Like `math`, for a title, with line breaks only between Japanese words."""
    return mark_safe(add_phrase_breaks(to_html(text)))


@register.filter
def title_in_link(text: str) -> SafeString:
    """Like `title`, without links, for a title inside a link."""
    return mark_safe(add_phrase_breaks(_LINK.sub("", to_html(text))))


@register.filter
def marked(text: str, marks: Sequence[str]) -> SafeString:
    """Like `math`, with the words of a search highlighted."""
    return mark_safe(highlight_html(text, marks))


@register.filter
def marked_in_link(text: str, marks: Sequence[str]) -> SafeString:
    """Like `marked`, without links, for text inside a link."""
    return mark_safe(_LINK.sub("", highlight_html(text, marks)))


@register.filter
def category(code: str) -> str:
    """Return the name of a category in the interface language."""
    return labels.category_label(code, get_language() or "")


@register.filter
def licence_name(licence: Licence) -> str:
    """Return the name of a licence in the interface language."""
    return labels.licence_label(licence, get_language() or "")


@register.filter
def long_day(day: date) -> str:
    """Return a day with its weekday in the interface language."""
    # Translators: Django's date format characters.
    return dateformat.format(day, _("l, j F Y"))


@register.filter
def short_day(moment: datetime) -> str:
    """Return the UTC day of a time: "2025-02-28"."""
    return timezone.localtime(moment, UTC).date().isoformat()


@register.filter
def day_label(moment: datetime) -> str:
    """Return the UTC day of a time as the interface language writes it."""
    return labels.day_label(timezone.localtime(moment, UTC).date())


@register.filter
def moment(moment: datetime) -> str:
    """Return a time for the `datetime` attribute: HTML allows no microseconds."""
    return timezone.localtime(moment, UTC).isoformat(timespec="seconds")


@register.filter
def points(number: float) -> str:
    """Return a score or similarity with one decimal."""
    return f"{number:.1f}"


@register.filter
def percent(share: float) -> int:
    """Return a share (0 to 1) as a whole percentage, for the width of a bar."""
    return round(100 * min(1.0, max(0.0, share)))
