"""What pages and the API ask of trends: stored reports, never the counts."""

from dataclasses import dataclass
from datetime import date

from apps.discovery.models import TrendReport, TrendWeek
from apps.discovery.trends.statistic import FEWEST_WEEKS_BEFORE, LAST_WEEKS

WEEKS_NEEDED = LAST_WEEKS + FEWEST_WEEKS_BEFORE


@dataclass(frozen=True, slots=True)
class ReportWeeks:
    """The weeks, by their Mondays, that have a report before and after one; None for none."""

    previous: date | None
    following: date | None


def report_of(category: str, week: date | None) -> TrendReport | None:
    """Return the report of a category ("" is all) of a week, with None the latest. One query."""
    reports = TrendReport.objects.filter(category=category)
    if week is not None:
        reports = reports.filter(week=week)
    return reports.order_by("-week").first()


def weeks_around(report: TrendReport) -> ReportWeeks:
    """Return the weeks of the same category's reports next to this one. One query."""
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
    """Return the categories that have a report of the week, without "". One query."""
    reports = TrendReport.objects.filter(week=week).exclude(category="")
    return list(reports.order_by("category").values_list("category", flat=True))


def weeks_with_papers() -> int:
    """Return how many weeks of submission have had papers so far; a few thousand at most."""
    return TrendWeek.objects.count()
