"""Ranks: the place of each published paper by score within its day and primary category.

Only papers with a published translation that are not withdrawn are ranked, under each formula
separately. A changed score or publication marks its day and category as due in the same
transaction; a sweep ranks them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from apps.discovery.models import DueRank, Score, ScoreRank, day_of
from apps.papers.models import Paper
from apps.translation.models import Translation
from apps.translation.status import PUBLIC

# fmt: off
_RANK = """
    WITH standing AS (
        SELECT s.id, p.primary_category AS category,
               rank() OVER (
                   PARTITION BY s.formula, p.primary_category ORDER BY s.value DESC
               ) AS place,
               count(*) OVER (PARTITION BY s.formula, p.primary_category) AS papers
        FROM {scores} AS s
        JOIN {papers} AS p ON p.id = s.paper_id
        WHERE p.submitted_at >= %(start)s AND p.submitted_at < %(end)s
            AND p.primary_category = ANY(%(categories)s)
            AND p.withdrawn_at IS NULL
            AND EXISTS (
                SELECT 1 FROM {translations} AS t
                WHERE t.paper_id = p.id AND t.status = ANY(%(public)s)
            )
    ), gone AS (
        DELETE FROM {ranks} AS r
        WHERE r.day = %(day)s AND r.category = ANY(%(categories)s)
            AND r.score_id NOT IN (SELECT id FROM standing)
    )
    INSERT INTO {ranks} AS r (score_id, day, category, place, papers, ranked_at)
    SELECT id, %(day)s, category, place, papers, %(now)s FROM standing
    ON CONFLICT (score_id) DO UPDATE SET
        day = EXCLUDED.day, category = EXCLUDED.category, place = EXCLUDED.place,
        papers = EXCLUDED.papers, ranked_at = EXCLUDED.ranked_at
"""
# fmt: on


def mark_ranks_due(papers: Iterable[Paper], *, now: datetime) -> None:
    """Mark the days and categories of papers as due, in the caller's transaction.

    Call it where a score was added, or a translation published or taken down.

    Args:
        papers: The papers whose place may change.
        now: The current time.
    """
    _mark({(day_of(paper.submitted_at), paper.primary_category) for paper in papers}, now)


def _mark(groups: set[tuple[date, str]], now: datetime) -> None:
    # An update, not "do nothing": it waits for a sweep that holds the mark and may have read the
    # group before this change.
    DueRank.objects.bulk_create(
        [DueRank(day=day, category=category, since=now) for day, category in sorted(groups)],
        update_conflicts=True,
        unique_fields=["day", "category"],
        update_fields=["since"],
    )


@transaction.atomic
def rank_batch(*, now: datetime, limit: int = 100) -> int:
    """Rank up to `limit` due groups and return how many; other workers skip them."""
    due = list(DueRank.objects.take(limit))
    by_day: dict[date, list[str]] = defaultdict(list)
    for mark in due:
        by_day[mark.day].append(mark.category)
    DueRank.objects.filter(pk__in=[mark.pk for mark in due]).delete()
    for day, categories in by_day.items():
        _rank(day, categories, now)
    return len(due)


def _rank(day: date, categories: Sequence[str], now: datetime) -> None:
    models = {"scores": Score, "papers": Paper, "translations": Translation, "ranks": ScoreRank}
    quote = connection.ops.quote_name
    names = {name: quote(model._meta.db_table) for name, model in models.items()}
    start = datetime.combine(day, time(), UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            _RANK.format(**names),
            {
                "day": day,
                "start": start,
                "end": start + timedelta(days=1),
                "categories": list(categories),
                "public": sorted(PUBLIC),
                "now": now,
            },
        )


@transaction.atomic
def mark_changed_papers(*, since: datetime, now: datetime) -> int:
    """Mark the old and new groups of scored papers changed since `since`; return how many.

    A harvest may withdraw a paper or change its category or day. Papers ranked after their
    change are skipped.
    """
    changed = Paper.objects.changed_since(since).filter(
        Exists(Score.objects.filter(paper=OuterRef("pk"))),
    )
    ranked = ScoreRank.objects.filter(
        score__paper__changed_at__gte=since,
        score__paper__changed_at__gt=F("ranked_at"),
    )
    readable = Translation.objects.listed().filter(paper=OuterRef("pk"))
    unranked = changed.filter(Exists(readable)).exclude(
        Exists(ScoreRank.objects.filter(score__paper=OuterRef("pk")))
    )
    groups = {(day, category) for day, category in ranked.values_list("day", "category")}
    moved = changed.filter(Q(pk__in=ranked.values("score__paper")) | Q(pk__in=unranked))
    groups |= {
        (day_of(submitted), category)
        for submitted, category in moved.values_list("submitted_at", "primary_category")
    }
    _mark(groups, now)
    return len(groups)
