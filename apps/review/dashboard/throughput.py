"""What comes in, what waits and what goes out: the figures of the desk by day and category.

Every query is bounded by days, so that it costs the same whatever the site holds.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import CharField, Count, F, Func, Q, QuerySet
from django.db.models.functions import TruncDate

from apps.discovery.models import day_of
from apps.papers.models import Paper
from apps.review.models import Decision, DecisionKind, ListedDay, QueueEntry
from apps.translation.models import Translation
from apps.translation.status import PUBLIC, TranslationStatus

DAYS: Final = 14
CATEGORIES: Final = 12
LAG_DAYS: Final = 7
LATE_AFTER: Final = timedelta(days=30)
"""Papers that were that old when they were published came from a harvest of the past: no lag."""
WAITS = (TranslationStatus.HELD, TranslationStatus.READY, TranslationStatus.UNPUBLISHED)


@dataclass(frozen=True, slots=True)
class DayFlow:
    """One day: papers submitted on it, which of them are public or wait for a person by now; and
    what was decided on that day.
    """

    day: date
    submitted: int
    public: int
    waiting: int
    published: int
    approved: int
    edited: int
    taken_down: int


@dataclass(frozen=True, slots=True)
class CategoryFlow:
    """One category, cross-lists included: papers of the last days, public and waiting ones."""

    category: str
    submitted: int
    public: int
    waiting: int

    @property
    def neither(self) -> int:
        """Papers that neither are public nor wait for a person: withdrawn, or with the machine."""
        return max(self.submitted - self.public - self.waiting, 0)


@dataclass(frozen=True, slots=True)
class Lag:
    """Time from submission to arXiv until a paper was public here: the median, and what nine of
    ten stay below; None without papers. late: how many were left out, as LATE_AFTER says.
    """

    papers: int
    median: timedelta | None
    p90: timedelta | None
    late: int


def flow_by_day(language: str, now: datetime) -> list[DayFlow]:
    """Return the last DAYS days (UTC), the earliest first. Four queries."""
    days = [day_of(now) - timedelta(days=back) for back in reversed(range(DAYS))]
    start = datetime.combine(days[0], time(), UTC)
    submitted = _count_by(_day("submitted_at"), Paper.objects.filter(submitted_at__gte=start))
    listed = ListedDay.objects.filter(language=language, day__gte=days[0], category="")
    public = dict(listed.values_list("day", "papers"))
    waiting = _count_by(F("day"), _waiting(language, days[0]))
    decided: dict[date, Counter[str]] = defaultdict(Counter)
    kinds = (DecisionKind.PUBLISH, DecisionKind.APPROVE, DecisionKind.EDIT, DecisionKind.UNPUBLISH)
    for kind, day, number in (
        Decision.objects.filter(
            kind__in=kinds, decided_at__gte=start, translation__language=language
        )
        # What a newer translation replaces was not taken down by anybody.
        .exclude(status_after=TranslationStatus.SUPERSEDED)
        .values_list("kind", _day("decided_at"))
        .annotate(Count("pk"))
        .order_by()
    ):
        decided[day][kind] += number
    return [
        DayFlow(
            day=day,
            submitted=submitted.get(day, 0),
            public=public.get(day, 0),
            waiting=waiting.get(day, 0),
            published=decided[day][DecisionKind.PUBLISH] + decided[day][DecisionKind.APPROVE],
            approved=decided[day][DecisionKind.APPROVE],
            edited=decided[day][DecisionKind.EDIT],
            taken_down=decided[day][DecisionKind.UNPUBLISH],
        )
        for day in days
    ]


def flow_by_category(language: str, now: datetime) -> list[CategoryFlow]:
    """Return the categories with most papers of the last DAYS days. Three queries."""
    first = day_of(now) - timedelta(days=DAYS - 1)
    start = datetime.combine(first, time(), UTC)
    each = Func(F("categories"), function="unnest", output_field=CharField())
    submitted = _count_by(each, Paper.objects.filter(submitted_at__gte=start))
    waiting = _count_by(each, _waiting(language, first))
    public: Counter[str] = Counter()
    listed = ListedDay.objects.filter(language=language, day__gte=first).exclude(category="")
    for category, papers in listed.values_list("category", "papers"):
        public[category] += papers
    order = sorted(submitted, key=lambda category: (-submitted[category], category))[:CATEGORIES]
    return [
        CategoryFlow(category, submitted[category], public[category], waiting.get(category, 0))
        for category in order
    ]


def publication_lag(language: str, now: datetime, *, most: int | None = None) -> Lag:
    """Return the lag of the papers that were published in the last LAG_DAYS days. One query.

    most: how many are looked at, the last published; a site that takes in the past publishes
    more in a week than a page for readers may read.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT count(*) FILTER (WHERE late),
                   count(*) FILTER (WHERE NOT late),
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY lag) FILTER (WHERE NOT late),
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY lag) FILTER (WHERE NOT late)
            FROM (
                SELECT t.published_at - p.submitted_at AS lag,
                       t.published_at - p.submitted_at > make_interval(secs => %(late)s) AS late
                FROM {Translation._meta.db_table} AS t
                JOIN {Paper._meta.db_table} AS p ON p.id = t.paper_id
                WHERE t.language = %(language)s AND t.published_at >= %(since)s
                    AND t.status = ANY(%(public)s)
                ORDER BY t.published_at DESC
                LIMIT %(most)s
            ) AS published
            """,
            {
                "late": LATE_AFTER.total_seconds(),
                "language": language,
                "since": now - timedelta(days=LAG_DAYS),
                "public": sorted(PUBLIC),
                "most": most,
            },
        )
        late, papers, median, p90 = cursor.fetchone()
    return Lag(papers, median, p90, late)


def _waiting(language: str, first: date) -> QuerySet[QueueEntry]:
    return QueueEntry.objects.filter(Q(status__in=WAITS), language=language, day__gte=first)


def _day(field: str) -> TruncDate:
    return TruncDate(field, tzinfo=UTC)


def _count_by(key: F | Func, rows: QuerySet[Any]) -> Mapping[Any, int]:
    return dict(rows.order_by().annotate(key=key).values_list("key").annotate(Count("pk")))
