"""Labels for pages, feeds and API: badges, status, provenance, names, dates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils import dateformat, http
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from apps.discovery.models import ScoreRank
from apps.text.arxiv.licences import Licence
from apps.text.arxiv.taxonomy import category_name
from apps.text.tex.html import to_plain
from apps.translation.models import Segment, SegmentOrigin, Translation

_BIDIRECTIONAL = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


@dataclass(frozen=True, slots=True)
class Badge:
    """A label beside a title. code: for programs and style sheets."""

    code: str
    label: str
    meaning: str


def badges_of(translation: Translation, origins: Collection[str]) -> list[Badge]:
    """Return the badges of a published translation, the most important first.

    Args:
        translation: With its paper.
        origins: The origins of its segments.
    """
    badges = []
    if translation.paper.is_withdrawn:
        badges.append(
            Badge(
                "withdrawn",
                _("withdrawn"),
                _("The authors or arXiv have withdrawn this paper."),
            )
        )
    if translation.is_stale:
        badges.append(
            Badge(
                "stale",
                _("translation of an earlier version"),
                _("The paper has been revised since it was translated."),
            )
        )
    badges.append(_trust_badge(translation, origins))
    return badges


def _trust_badge(translation: Translation, origins: Collection[str]) -> Badge:
    if translation.is_reviewed:
        return Badge("reviewed", _("reviewed"), _("A person has read and approved this text."))
    if SegmentOrigin.MACHINE in origins:
        return Badge(
            "machine",
            _("machine translation, not reviewed"),
            _("Translated by machine. A person has not checked it yet."),
        )
    if SegmentOrigin.MEMORY in origins:
        return Badge(
            "memory",
            _("translation memory, not reviewed"),
            _(
                "Every sentence comes from the translation memory. The text as a whole has not "
                "been checked yet."
            ),
        )
    return Badge(
        "unreviewed", _("not reviewed"), _("The text as a whole has not been checked yet.")
    )


def status_label(translation: Translation) -> str:
    """Return the status of a published translation as text."""
    if translation.is_reviewed:
        return _("Translated and reviewed")
    return _("Translated (not reviewed)")


def origin_label(segment: Segment) -> str:
    """Return the origin of a segment's text, with the engine and model if there was one."""
    if segment.origin == SegmentOrigin.PERSON:
        return _("a person")
    if segment.origin == SegmentOrigin.MEMORY:
        return _("the translation memory")
    if not segment.engine:
        return _("machine translation")
    return _("machine translation (%(engine)s)") % {
        "engine": " ".join(part for part in (segment.engine, model_of(segment)) if part)
    }


def model_of(segment: Segment) -> str:
    """Return the model that made a segment: the engine version without its digest."""
    return segment.engine_version.partition("@")[0]


def provenance_sentence(segments: Iterable[Segment]) -> str:
    """Return one sentence on how a translation was made; empty without segments."""
    origins = Counter(origin_label(segment) for segment in segments)
    if not origins:
        return ""
    if len(origins) == 1:
        return _("This translation comes from %(origin)s.") % {"origin": next(iter(origins))}
    listed = [
        ngettext("%(origin)s (%(count)d sentence)", "%(origin)s (%(count)d sentences)", count)
        % {"origin": origin, "count": count}
        for origin, count in origins.most_common()
    ]
    return _("This translation comes from several sources: %(origins)s.") % {
        "origins": _(", ").join(listed)
    }


def category_label(code: str, language: str) -> str:
    """Return the name of a category in the interface language `language`."""
    name = category_name(code)
    return name.name_ja if language == "ja" else name.name_en


def category_title(code: str, language: str) -> str:
    """Return the name and code of a category: "Computation and Language (cs.CL)"."""
    return f"{category_label(code, language)} ({code})"


def language_name(code: str) -> str:
    """Return the name of a language in the active interface language; its code if unknown."""
    # Django translates "English" as the language of one country.
    if code == "en":
        return _("English")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def licence_label(licence: Licence, language: str) -> str:
    """Return the name of a licence in the interface language `language`."""
    return licence.label_ja if language == "ja" else licence.label_en


def one_direction(text: str) -> str:
    """Remove bidirectional controls, which titles, attributes and feeds cannot isolate."""
    return text.translate(_BIDIRECTIONAL)


def plain(text: str) -> str:
    """Return text with TeX as one line of plain Unicode, for titles, attributes and feeds."""
    return one_direction(to_plain(text))


def share_label(share: float) -> str:
    """Return a share (0 to 1) as a percentage with two significant digits: "12%", "0.035%"."""
    percent = 100 * share
    digits = 1 - math.floor(math.log10(percent)) if percent > 0 else 0
    return f"{percent:.{max(0, digits)}f}%"


def arxiv_date(moment: datetime) -> str:
    """Return a time in arXiv's format: "Fri, 28 Feb 2025 18:59:54 GMT"."""
    return http.http_date(moment.timestamp())


def day_label(day: date) -> str:
    """Return a day in figures in the interface language: "2025-02-28"."""
    # Translators: Django's date format characters.
    return dateformat.format(day, _("Y-m-d"))


def exact_time(moment: datetime) -> str:
    """Return a time in UTC to the microsecond: "2025-03-03 13:43:48.607300"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def score_is_not() -> str:
    """Return one sentence on what the reference score does not say."""
    return _(
        "It does not measure quality or correctness: it is not based on reading the paper and "
        "has not been tested against citations."
    )


def rank_label(rank: ScoreRank) -> str:
    """Return the rank of a score: "3 of 41 in cs.CL submitted on 2025-02-28"."""
    facts = {"place": rank.place, "papers": rank.papers, "day": day_label(rank.day)}
    if not rank.category:
        return _("%(place)d of %(papers)d submitted on %(day)s") % facts
    return _("%(place)d of %(papers)d in %(category)s submitted on %(day)s") % {
        **facts,
        "category": rank.category,
    }
