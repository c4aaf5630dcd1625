"""Template filters for what research texts are made of: math, categories, dates."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from django import template
from django.utils import dateformat, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.discovery.models import ScoreRank
from apps.public.site import labels
from apps.text.arxiv.licences import Licence
from apps.text.render.phrase_breaks import add_phrase_breaks
from apps.text.search.highlight import highlight_html
from apps.text.tex.html import to_html
from apps.translation.models import Segment, Translation

register = template.Library()

_LINK = re.compile(r"<a [^>]*>|</a>")


@register.filter
def math(text: str) -> SafeString:
    """Text with TeX as HTML with MathML. Everything else in it is escaped."""
    return mark_safe(to_html(text))


@register.filter
def math_in_link(text: str) -> SafeString:
    """Like `math`, for text inside a link, where HTML allows no other link."""
    return mark_safe(_LINK.sub("", to_html(text)))


@register.filter
def title(text: str) -> SafeString:
    """Like `math`, for a title: its lines may end between Japanese words only."""
    return mark_safe(add_phrase_breaks(to_html(text)))


@register.filter
def title_in_link(text: str) -> SafeString:
    """Like `title`, for one that is a link itself."""
    return mark_safe(add_phrase_breaks(_LINK.sub("", to_html(text))))


@register.filter
def marked(text: str, marks: Sequence[str]) -> SafeString:
    """Like `math`, with the words marked that somebody looked for."""
    return mark_safe(highlight_html(text, marks))


@register.filter
def marked_in_link(text: str, marks: Sequence[str]) -> SafeString:
    """Like `marked`, for text inside a link."""
    return mark_safe(_LINK.sub("", highlight_html(text, marks)))


@register.filter
def plain(text: str) -> str:
    """Text with TeX as plain Unicode, for attributes and titles."""
    return labels.plain(text)


@register.filter
def category(code: str) -> str:
    """The name of a category in the interface language."""
    return labels.category_label(code, get_language() or "")


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the interface language."""
    return labels.language_name(code)


@register.filter
def licence_name(licence: Licence) -> str:
    """The name of a licence in the interface language."""
    return labels.licence_label(licence, get_language() or "")


@register.filter
def long_day(day: date) -> str:
    """A day in words of the interface language, with its weekday."""
    # Translators: Django's date format characters.
    return dateformat.format(day, _("l, j F Y"))


@register.filter
def short_day(moment: datetime) -> str:
    """The UTC day of a moment: "2025-02-28"."""
    return timezone.localtime(moment, UTC).date().isoformat()


@register.filter
def day_label(moment: datetime) -> str:
    """The UTC day of a moment as the interface language writes it."""
    return labels.day_label(timezone.localtime(moment, UTC).date())


@register.filter
def arxiv_date(moment: datetime) -> str:
    """A moment in arXiv's own form."""
    return labels.arxiv_date(moment)


@register.filter
def exact_time(moment: datetime) -> str:
    """A moment to the microsecond, in UTC."""
    return labels.exact_time(moment)


@register.filter
def moment(moment: datetime) -> str:
    """A moment for the `datetime` attribute: HTML takes no microseconds."""
    return timezone.localtime(moment, UTC).isoformat(timespec="seconds")


@register.filter
def status_label(translation: Translation) -> str:
    """Where a translation stands, in words."""
    return labels.status_label(translation)


@register.filter
def origin_label(segment: Segment) -> str:
    """Who or what made a sentence, in words."""
    return labels.origin_label(segment)


@register.filter
def points(number: float) -> str:
    """A score or similarity to one decimal place."""
    return f"{number:.1f}"


@register.filter
def rank_label(rank: ScoreRank) -> str:
    """Where a score stands within its day and category, in words."""
    return labels.rank_label(rank)


@register.simple_tag
def score_is_not() -> str:
    """What the reference score does not claim, in one sentence."""
    return labels.score_is_not()


@register.filter
def percent(share: float) -> int:
    """A share of one (0 to 1) as a whole number of hundredths, for the width of a bar."""
    return round(100 * min(1.0, max(0.0, share)))
