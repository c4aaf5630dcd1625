"""Numbers of published papers per day and category, stored so that no page has to count."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.models import F

from apps.papers.models import ChangeKind, Paper, PaperChange
from apps.review.models import ListedDay
from apps.translation.models import Translation


def count_days(translation: Translation, change: int) -> None:
    """Add `change`, 1 or -1, to the counts of the paper's day, in all and per category."""
    if change > 0:
        count_papers(translation.language, [translation.paper])
    elif not translation.paper.is_withdrawn:
        day = translation.paper.submitted_at.astimezone(UTC).date()
        rows = ListedDay.objects.filter(language=translation.language, day=day)
        # One by one in one order, so that two transactions do not wait for each other.
        for category in sorted({"", *translation.paper.categories}):
            rows.filter(category=category).update(papers=F("papers") + change)


def count_papers(language: str, papers: Iterable[Paper]) -> None:
    """Count papers that become public in `language`, in one query.

    Args:
        language: Code of the language.
        papers: The papers; withdrawn ones are left out. The caller makes them public in the
            same transaction.
    """
    counts: Counter[tuple[date, str]] = Counter()
    for paper in papers:
        if not paper.is_withdrawn:
            day = paper.submitted_at.astimezone(UTC).date()
            counts.update((day, category) for category in {"", *paper.categories})
    if not counts:
        return
    table = ListedDay._meta.db_table
    # In one order, so that two transactions do not wait for each other.
    rows = [(day, category, counts[day, category]) for day, category in sorted(counts)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {table} (language, day, category, papers)
            SELECT %s, * FROM unnest(%s::date[], %s::text[], %s::int[])
            ON CONFLICT (language, day, category)
                DO UPDATE SET papers = {table}.papers + excluded.papers
            """,
            [language, *map(list, zip(*rows, strict=True))],
        )


def recount_days(language: str, days: Iterable[date]) -> None:
    """Count the published translations of the days again, and replace the stored counts."""
    for day in days:
        counts: dict[str, int] = {"": 0}
        published = (
            Translation.objects.listed()
            .in_language(language)
            .submitted_on(day)
            .values_list("paper__categories", flat=True)
        )
        for categories in published:
            for category in {"", *categories}:
                counts[category] = counts.get(category, 0) + 1
        with transaction.atomic():
            ListedDay.objects.filter(language=language, day=day).delete()
            ListedDay.objects.bulk_create(
                ListedDay(language=language, day=day, category=category, papers=papers)
                for category, papers in counts.items()
                if papers
            )


def recount_withdrawals(languages: Iterable[str], *, since: datetime) -> int:
    """Recount the days of papers withdrawn or restored since `since`; return their number."""
    changed = PaperChange.objects.filter(
        kind__in=[ChangeKind.WITHDRAWN, ChangeKind.RESTORED], seen_at__gte=since
    )
    submitted = changed.values_list("paper__submitted_at", flat=True)
    days = sorted({moment.astimezone(UTC).date() for moment in submitted})
    for language in languages:
        recount_days(language, days)
    return len(days)
