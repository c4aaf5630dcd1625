"""The sections of the sitemap.

A section holds the papers and days of one week of submission in one content language; its URL is
the week, so sections stay small and only those with changes change. One more section holds months,
categories and pages about the site. The weeks come from the day counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from apps.public.calendar.days import days_with_papers, latest_day_by_category
from apps.public.catalogue.papers import is_open_to_search_engines
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import page_path
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES
from apps.translation.models import Translation

MOST_ADDRESSES = 50_000
"""In one section, by https://www.sitemaps.org/protocol.html."""
CHANGES_LOOKED_AT = 5_000
"""The latest changes to read; weeks without one of them have no date in the index."""
ABOUT_THE_SITE = (
    "home",
    "categories",
    "trends",
    "about",
    "about-translations",
    "about-score",
    "disclaimer",
    "exports",
    "licences",
    "privacy",
    "status",
)


@dataclass(frozen=True, slots=True)
class Address:
    """A page: its path in the default interface language, and its latest change."""

    path: str
    changed_at: datetime | None = None


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks_with_papers() -> list[date]:
    """Return the Mondays of the weeks that have papers, latest first. One query."""
    return list(dict.fromkeys(monday_of(day) for day in _days()))


def latest_changes() -> dict[date, datetime]:
    """Return the latest change by week, take-downs included, for weeks with recent changes."""
    changes = (
        Translation.objects.in_language(content_language())
        .filter(published_at__isnull=False)
        .order_by("-updated_at")
        .values_list("updated_at", "paper__submitted_at")[:CHANGES_LOOKED_AT]
    )
    latest: dict[date, datetime] = {}
    for changed_at, submitted_at in changes:
        latest.setdefault(monday_of(submitted_at.astimezone(UTC).date()), changed_at)
    return latest


def addresses_of_week(monday: date) -> list[Address]:
    """Return the days of a week and its papers that search engines may index. One query.

    Papers beyond the limit of a section are left out, latest first; arXiv gets some seven thousand
    papers a week.
    """
    papers = Translation.objects.listed().in_language(content_language())
    rows = (
        papers.submitted_from(monday, days=7)
        .order_by("paper__submitted_at", "paper_id")
        .values_list(
            "paper__arxiv_id", "paper__submitted_at", "updated_at", "paper__changed_at", "status"
        )[: MOST_ADDRESSES // len(settings.LANGUAGES) - 7]
    )
    days: dict[date, datetime] = {}
    found = []
    for arxiv_id, submitted_at, translated_at, recorded_at, status in rows:
        changed_at = max(translated_at, recorded_at)
        day = submitted_at.astimezone(UTC).date()
        days[day] = max(changed_at, days.get(day, changed_at))
        if is_open_to_search_engines(status):
            found.append(Address(page_path("paper", arxiv_id), changed_at))
    return [*(Address(page_path("day", day), days[day]) for day in days), *found]


def other_addresses() -> list[Address]:
    """Return the pages about the site, the months and the categories with papers. Two queries."""
    months = dict.fromkeys(f"{day:%Y-%m}" for day in _days())
    latest = latest_day_by_category(CURRENT_CATEGORIES, content_language())
    paths = [
        *(page_path(name) for name in ABOUT_THE_SITE),
        *(page_path("month", month) for month in months),
        *(page_path("category", code) for code in CURRENT_CATEGORIES if code in latest),
    ]
    return [Address(path) for path in paths]


def _days() -> list[date]:
    return list(days_with_papers(content_language()).values_list("day", flat=True))
