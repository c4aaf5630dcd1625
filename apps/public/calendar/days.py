"""Which days have papers to read: from the counts that publishing keeps, never by counting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from apps.review.models import ListedDay
from apps.text.arxiv.taxonomy import CURRENT_CATEGORIES


def days_with_papers(language: str, category: str = "") -> QuerySet[ListedDay]:
    """Return the days that have papers, latest first; of one category where it is given."""
    return ListedDay.objects.filter(language=language, category=category, papers__gt=0).order_by(
        "-day"
    )


@dataclass(frozen=True, slots=True)
class DayNeighbours:
    """The days with papers next to a day, and the day itself; None where there is none."""

    itself: ListedDay | None
    previous: ListedDay | None
    following: ListedDay | None


def categories_of_day(day: date, language: str) -> list[ListedDay]:
    """Return the counts of the categories that have papers on `day`, the largest first.

    One query that looks up one index entry for each of today's categories.
    """
    found = ListedDay.objects.filter(
        language=language, day=day, category__in=list(CURRENT_CATEGORIES), papers__gt=0
    )
    return sorted(found.order_by(), key=lambda listed: (-listed.papers, listed.category))


def latest_day_by_category(codes: Iterable[str], language: str) -> dict[str, date]:
    """Return the latest day with papers of each of the categories that have any.

    One query that looks up one index entry for each code, however many days there are.
    """
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
