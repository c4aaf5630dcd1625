"""Extracts the key terms of papers, from which trends are counted."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.models import DateField, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncWeek

from apps.discovery.models import PaperTerms, TrendWeek
from apps.papers.models import Paper
from apps.text.terms.key_terms import RULES, key_terms


def without_terms(changed_since: datetime | None) -> QuerySet[Paper]:
    """Select papers, annotated with `week`, whose terms are missing or outdated, newest first.

    changed_since: only papers changed since then; None for all. Withdrawn papers are left out.
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
    """Extract the terms of up to `limit` papers and return how many; other workers skip them."""
    claimed = list(
        without_terms(changed_since)
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .values_list("pk", flat=True)[:limit]
    )
    if not claimed:
        return 0
    # Another worker may have finished some of them since that statement began.
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
    """Build the row of a paper annotated with `week`, unsaved."""
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
    """Select the terms of withdrawn papers."""
    gone = PaperTerms.objects.filter(paper__withdrawn_at__isnull=False).order_by("paper")
    return gone if changed_since is None else gone.filter(paper__changed_at__gte=changed_since)


@transaction.atomic
def drop_withdrawn(*, changed_since: datetime | None, limit: int = 1000) -> int:
    """Delete the terms of up to `limit` withdrawn papers and return how many."""
    gone = terms_to_drop(changed_since)
    rows = list(gone.select_for_update(skip_locked=True, of=("self",))[:limit])
    PaperTerms.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _count_changes(row.week for row in rows)
    return len(rows)


def _count_changes(weeks: Iterable[date]) -> None:
    """Count a change for each of `weeks`, with repetitions."""
    # Sorted, so that two workers cannot deadlock.
    statement = f"""
        INSERT INTO {TrendWeek._meta.db_table} AS known (week, changes)
        SELECT week, count(*) FROM unnest(%s::date[]) AS week GROUP BY week ORDER BY week
        ON CONFLICT (week) DO UPDATE SET changes = known.changes + excluded.changes
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(weeks)])
