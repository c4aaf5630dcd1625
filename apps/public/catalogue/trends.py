"""Rising topics for readers: stored trends with translations, charts and examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.http import urlencode

from apps.discovery.models import Trend, TrendReport
from apps.discovery.trends.selectors import (
    ReportWeeks,
    categories_reported,
    report_of,
    weeks_around,
)
from apps.discovery.trends.statistic import LAST_WEEKS, WEEKS_BEFORE
from apps.public.site.page_urls import page_path
from apps.text.render.bar_charts import Bar, chart_bars
from apps.translation.glossary.entries import fold_term
from apps.translation.glossary.index import TermIndex
from apps.translation.glossary.service import glossary_index
from apps.translation.models import Translation

EXAMPLES = 3
WEEKS_A_BAR = 4


@dataclass(frozen=True, slots=True)
class DayRange:
    """A range of days, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Topic:
    """One rising term. translation: from the glossary; empty if it has none."""

    trend: Trend
    translation: str
    shares: list[float | None]
    bars: list[Bar]
    examples: list[Translation]
    search: str

    @property
    def label(self) -> str:
        """The term as papers write it, with its acronym if they mostly use that."""
        trend = self.trend
        return f"{trend.label} ({trend.acronym})" if trend.acronym else trend.label


@dataclass(frozen=True, slots=True)
class Topics:
    """The rising terms of a category in a week, and the other weeks and categories."""

    report: TrendReport
    last: DayRange
    before: DayRange
    topics: list[Topic]
    weeks: ReportWeeks
    categories: list[str]


def topics_of(category: str, week: date | None, language: str) -> Topics | None:
    """Return the rising terms of a category in a week. Six queries.

    Args:
        category: The code; "" for all categories.
        week: A Monday; None for the latest week.
        language: The language of the translations.

    Returns:
        The topics, or None if there is no report.
    """
    report = report_of(category, week)
    if report is None:
        return None
    trends = list(report.trends.order_by("rank"))
    published = _published(trends, language)
    terms = glossary_index(settings.SOURCE_LANGUAGE, language)
    last, before = _dates(report.week)
    return Topics(
        report=report,
        last=last,
        before=before,
        topics=[_topic(report, trend, terms, published, last) for trend in trends],
        weeks=weeks_around(report),
        categories=categories_reported(report.week),
    )


def _dates(week: date) -> tuple[DayRange, DayRange]:
    """Return the days of the last weeks and of the weeks before."""
    first = week - timedelta(weeks=LAST_WEEKS - 1)
    one_day = timedelta(days=1)
    before = DayRange(first - timedelta(weeks=WEEKS_BEFORE), first - one_day)
    return DayRange(first, week + timedelta(days=6)), before


def _published(trends: Iterable[Trend], language: str) -> dict[int, Translation]:
    """Return the listed translations of the example papers, by paper key. One query."""
    keys = {key for trend in trends for key in trend.examples}
    found = Translation.objects.listed().in_language(language).filter(paper__in=keys)
    slim = found.select_related("paper").only("title", "language", "status", "paper__arxiv_id")
    return {translation.paper_id: translation for translation in slim}


def _topic(
    report: TrendReport,
    trend: Trend,
    terms: TermIndex,
    published: Mapping[int, Translation],
    last: DayRange,
) -> Topic:
    shares = [
        sum(trend.weekly[at : at + WEEKS_A_BAR]) / papers if papers else None
        for at in range(0, len(trend.weekly), WEEKS_A_BAR)
        for papers in [sum(report.weekly_papers[at : at + WEEKS_A_BAR])]
    ]
    examples = [published[key] for key in trend.examples if key in published]
    return Topic(
        trend=trend,
        translation=translation_of(trend, terms, report.category),
        shares=shares,
        bars=chart_bars(shares, marked=LAST_WEEKS // WEEKS_A_BAR),
        examples=examples[:EXAMPLES],
        search=search_path(trend.label, report.category, last),
    )


def translation_of(trend: Trend, terms: TermIndex, category: str) -> str:
    """Return the glossary's rendering of a term; empty if it has none."""
    for written in (trend.label, trend.term):
        for term in terms.find(written, category):
            if fold_term(term.source) == fold_term(written):
                return term.target
    return ""


def search_path(phrase: str, category: str, days: DayRange) -> str:
    """Return the path of a search for a phrase, in the interface language."""
    words = phrase.replace('"', " ").strip()
    query = {"q": f'"{words}"', "from": days.first.isoformat(), "until": days.last.isoformat()}
    if category:
        query["category"] = category
    return f"{page_path('search')}?{urlencode(query)}"
