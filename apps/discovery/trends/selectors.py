"""Queries of pages and the API: stored reports of trends."""

from dataclasses import dataclass
from datetime import date

from apps.discovery.models import TrendReport, TrendWeek
from apps.discovery.trends.statistic import FEWEST_WEEKS_BEFORE, LAST_WEEKS

WEEKS_NEEDED = LAST_WEEKS + FEWEST_WEEKS_BEFORE


@dataclass(frozen=True, slots=True)
class ReportWeeks:
    """The Mondays of the previous and the following report; None where there is none."""

    previous: date | None
    following: date | None


def report_of(category: str, week: date | None) -> TrendReport | None:
    """Return a report of trends. One query.

    Args:
        category: An arXiv category; "" for all papers.
        week: The Monday of a week; None for the latest report.

    Returns:
        The report; None where there is none.
    """
    reports = TrendReport.objects.filter(category=category)
    if week is not None:
        reports = reports.filter(week=week)
    return reports.order_by("-week").first()


def weeks_around(report: TrendReport) -> ReportWeeks:
    """Return the neighbouring reports of the same category. One query.

    Args:
        report: A report of trends.

    Returns:
        The weeks of the reports before and after it.
    """
    weeks = TrendReport.objects.filter(category=report.category).values_list("week", flat=True)
    around = (
        weeks.filter(week__lt=report.week)
        .order_by("-week")[:1]
        .union(weeks.filter(week__gt=report.week).order_by("week")[:1], all=True)
    )
    found = sorted(around)
    earlier = [week for week in found if week < report.week]
    later = [week for week in found if week > report.week]
    return ReportWeeks(earlier[0] if earlier else None, later[0] if later else None)


def categories_reported(week: date) -> list[str]:
    """Return the categories that have a report. One query.

    Args:
        week: The Monday of a week.

    Returns:
        The categories in alphabetical order, without "".
    """
    reports = TrendReport.objects.filter(week=week).exclude(category="")
    return list(reports.order_by("category").values_list("category", flat=True))


def weeks_with_papers() -> int:
    """Return the number of weeks that have papers.

    Returns:
        A count; a few thousand at most.
    """
    return TrendWeek.objects.count()
