"""Papers submitted, waiting and published, by day and category.

Every query covers a fixed number of days, so its cost does not grow with the site.
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
"""Papers older than this at publication come from a harvest of the past; they have no lag."""
WAITS = (TranslationStatus.HELD, TranslationStatus.READY, TranslationStatus.UNPUBLISHED)


@dataclass(frozen=True, slots=True)
class DayFlow:
    """One day: the papers submitted on it, how many of these are public or waiting now.

    published, approved, edited, taken_down: the decisions of that day, on any paper.
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
    """The papers of the last days in one category, cross-lists included."""

    category: str
    submitted: int
    public: int
    waiting: int

    @property
    def neither(self) -> int:
        """Papers that are neither public nor waiting: withdrawn, or not translated yet."""
        return max(self.submitted - self.public - self.waiting, 0)


@dataclass(frozen=True, slots=True)
class Lag:
    """The time from submission to arXiv to publication here; None without papers.

    late: the number of papers left out because of LATE_AFTER.
    """

    papers: int
    median: timedelta | None
    p90: timedelta | None
    late: int


def flow_by_day(language: str, now: datetime) -> list[DayFlow]:
    """Return the last DAYS days (UTC), earliest first. Four queries."""
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
        # A translation that a newer one replaces was not taken down by a decision.
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
    """Return the CATEGORIES largest categories of the last DAYS days. Three queries."""
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
    """Measure the lag of the papers published in the last LAG_DAYS days. One query.

    Args:
        language: the target language.
        now: the current time.
        most: read only so many papers, the last published: a site that harvests the past publishes
            more in a week than a public page may read. None reads all.

    Returns:
        Median and 90th percentile of the lag, with the number of papers.
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


def _count_by(key: Any, rows: QuerySet[Any]) -> Mapping[Any, int]:
    return dict(rows.order_by().annotate(key=key).values_list("key").annotate(Count("pk")))
