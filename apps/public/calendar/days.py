"""Days that have papers, from the day counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from apps.review.models import ListedDay
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES


def days_with_papers(language: str, category: str = "") -> QuerySet[ListedDay]:
    """Return the days that have papers (in a category, if given), latest first."""
    return ListedDay.objects.filter(language=language, category=category, papers__gt=0).order_by(
        "-day"
    )


@dataclass(frozen=True, slots=True)
class DayNeighbours:
    """A day and the days with papers next to it; None for a day without papers."""

    itself: ListedDay | None
    previous: ListedDay | None
    following: ListedDay | None


def categories_of_day(day: date, language: str) -> list[ListedDay]:
    """Return the counts of the categories with papers on a day, largest first. One query."""
    found = ListedDay.objects.filter(
        language=language, day=day, category__in=list(CURRENT_CATEGORIES), papers__gt=0
    )
    return sorted(found.order_by(), key=lambda listed: (-listed.papers, listed.category))


def latest_day_by_category(codes: Iterable[str], language: str) -> dict[str, date]:
    """Return the latest day with papers of each category that has any. One query."""
    statement = f"""
        SELECT code, latest.day
        FROM unnest(%s::text[]) AS code
        CROSS JOIN LATERAL (
            SELECT day FROM {connection.ops.quote_name(ListedDay._meta.db_table)}
            WHERE language = %s AND category = code AND papers > 0
            ORDER BY day DESC LIMIT 1
        ) AS latest
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(codes), language])
        return dict(cursor.fetchall())
