"""Gathering: the key terms of every standing paper; trends are counted from them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.models import DateField, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncWeek

from apps.discovery.models import PaperTerms, TrendWeek
from apps.papers.models import Paper
from apps.text.terms.key_terms import RULES, key_terms


def without_terms(changed_since: datetime | None) -> QuerySet[Paper]:
    """Return the standing papers whose terms are missing or out of date, newest first.

    Each has its `week`. With `changed_since` only papers changed since then are looked at; None
    looks at all.
    """
    gathered = PaperTerms.objects.filter(
        paper=OuterRef("pk"),
        text_fingerprint=OuterRef("text_fingerprint"),
        categories=OuterRef("categories"),
        week=OuterRef("week"),
        rules=RULES,
    )
    week = TruncWeek("submitted_at", output_field=DateField(), tzinfo=UTC)
    papers = Paper.objects.not_withdrawn().annotate(week=week).filter(~Exists(gathered))
    return papers.changed_since(changed_since).order_by("-submitted_at", "-id")


@transaction.atomic
def extract_terms_batch(*, changed_since: datetime | None, limit: int = 500) -> int:
    """Gather the terms of up to `limit` papers that need it, and return how many.

    Other workers skip these papers meanwhile.
    """
    claimed = list(
        without_terms(changed_since)
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .values_list("pk", flat=True)[:limit]
    )
    if not claimed:
        return 0
    # Another worker may have gathered some of them, and let go, since that statement began.
    papers = list(
        without_terms(None)
        .filter(pk__in=claimed)
        .only("title", "abstract", "categories", "text_fingerprint")
    )
    keys = [paper.pk for paper in papers]
    left = list(PaperTerms.objects.filter(paper__in=keys).values_list("week", flat=True))
    PaperTerms.objects.bulk_create(
        map(terms_of, papers),
        update_conflicts=True,
        unique_fields=["paper"],
        update_fields=[
            "week", "categories", "terms", "title_terms", "rules", "text_fingerprint",
        ],
    )  # fmt: skip
    _count_changes([*left, *(paper.week for paper in papers)])  # type: ignore[attr-defined]
    return len(claimed)


def terms_of(paper: Paper) -> PaperTerms:
    """Return the row of a paper that has its `week`; not saved."""
    found = key_terms(paper.title, paper.abstract)
    in_title = [term for term in found if term.in_title]
    others = [term for term in found if not term.in_title]
    titled = dict.fromkeys(name for term in in_title for name in (term.term, term.acronym) if name)
    names = titled | dict.fromkeys(
        name for term in others for name in (term.term, term.acronym) if name
    )
    return PaperTerms(
        paper=paper,
        week=paper.week,  # type: ignore[attr-defined]
        categories=paper.categories,
        terms=list(names),
        title_terms=len(titled),
        rules=RULES,
        text_fingerprint=paper.text_fingerprint,
    )


def terms_to_drop(changed_since: datetime | None) -> QuerySet[PaperTerms]:
    """Return the terms of papers that have been withdrawn."""
    gone = PaperTerms.objects.filter(paper__withdrawn_at__isnull=False).order_by("paper")
    return gone if changed_since is None else gone.filter(paper__changed_at__gte=changed_since)


@transaction.atomic
def drop_withdrawn(*, changed_since: datetime | None, limit: int = 1000) -> int:
    """Drop the terms of up to `limit` papers that have been withdrawn, and return how many."""
    gone = terms_to_drop(changed_since)
    rows = list(gone.select_for_update(skip_locked=True, of=("self",))[:limit])
    PaperTerms.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _count_changes(row.week for row in rows)
    return len(rows)


def _count_changes(weeks: Iterable[date]) -> None:
    """Count one change for each of `weeks`, with repetitions."""
    # Every worker takes the weeks in the same order, so two never wait for each other.
    statement = f"""
        INSERT INTO {TrendWeek._meta.db_table} AS known (week, changes)
        SELECT week, count(*) FROM unnest(%s::date[]) AS week GROUP BY week ORDER BY week
        ON CONFLICT (week) DO UPDATE SET changes = known.changes + excluded.changes
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(weeks)])
