"""Reports of trends, stored directly."""

from datetime import date

from apps.discovery.models import Trend, TrendReport
from tests.support.builders import NOW

WEEK = date(2026, 2, 16)
WEEKLY = [0] * 50 + [1, 0] + [2] * 8


def report(category: str = "", week: date = WEEK, **terms: list[int]) -> TrendReport:
    """Store the report of a week; `terms` have their examples, in the order of the list."""
    found = TrendReport.objects.create(
        week=week,
        category=category,
        papers=1000,
        papers_before=5200,
        weekly_papers=[100] * 52 + [125] * 8,
        statistic=1,
        computed_at=NOW,
    )
    for rank, (term, examples) in enumerate(terms.items(), start=1):
        Trend.objects.create(
            report=found,
            rank=rank,
            term=term.replace("_", " "),
            label=term.replace("_", " "),
            papers=16,
            share=0.016,
            share_before=0.0002,
            growth=2.0,
            evidence=30.0,
            weekly=WEEKLY,
            examples=examples,
        )
    return found
