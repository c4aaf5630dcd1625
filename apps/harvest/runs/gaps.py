"""Gaps: days between harvested days that no complete run covers."""

from datetime import date, timedelta

from apps.harvest.models import HarvestRun
from apps.papers.records import SourceFormat

MOST_RUNS = 800
"""The number of latest runs that are read: about a year with two runs a day."""
_DAY = timedelta(days=1)


def missing_days(set_spec: str) -> list[tuple[date, date]]:
    """Return the gaps of a set; harvesting the days of a gap fills it.

    Args:
        set_spec: An OAI-PMH set, such as "cs:cs:CL".

    Returns:
        Pairs of datestamps (first day, last day), the earliest gap first.
    """
    runs = (
        HarvestRun.objects.for_set(set_spec, SourceFormat.ARXIV_RAW)
        .complete()
        .exclude(until_date=None)
        .order_by("-until_date")
        .values_list("from_date", "until_date")[:MOST_RUNS]
    )
    # A run without a first day has read the list from its beginning.
    spans = sorted((first or date.min, last) for first, last in runs if last is not None)
    gaps = []
    read_until: date | None = None
    for first, last in spans:
        if read_until is not None and first > read_until + _DAY:
            gaps.append((read_until + _DAY, first - _DAY))
        read_until = last if read_until is None else max(read_until, last)
    return gaps
