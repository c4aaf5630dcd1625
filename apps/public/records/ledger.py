"""Keeping the ledger of public records right: a stage that pulls, like the others."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from apps.public.models import PublicRecord
from apps.public.records.sets import sets_of
from apps.translation.models import Translation

LEAD = timedelta(seconds=10)
"""How far ahead of its writing a datestamp lies.

So nothing ever comes into sight that bears an earlier moment than what others were shown before,
and whoever asks for what changed since his last visit misses nothing."""

# Any number does that no other advisory lock of this database uses.
_LOCK = 0x6F6169

_WRITTEN = (
    "translation", "datestamp", "is_deleted", "sets", "translation_updated_at", "paper_changed_at",
)  # fmt: skip


class WrittenTooLate(Exception):
    """A batch took so long that its datestamp has come; it is written anew with a later one."""


def record_changes(
    *, changed_since: datetime | None, clock: Callable[[], datetime], limit: int
) -> int:
    """Bring up to `limit` records of each kind up to date; return how many were written.

    changed_since: only translations and papers that changed since then are looked at; None for
    all. One batch is written at a time, whoever calls. Raises WrittenTooLate.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        datestamp = (clock() + LEAD).replace(microsecond=0) + timedelta(seconds=1)
        written = _write(translations_to_record(changed_since)[:limit], datestamp)
        written += _take_down(records_to_delete(changed_since)[:limit], datestamp)
        if clock() >= datestamp:
            raise WrittenTooLate
    return written


def translations_to_record(changed_since: datetime | None) -> QuerySet[Translation]:
    """Published translations whose record is missing or says something else."""
    current = PublicRecord.objects.filter(
        translation=OuterRef("pk"),
        translation_updated_at=OuterRef("updated_at"),
        paper_changed_at=OuterRef("paper__changed_at"),
        is_deleted=False,
    )
    published = Translation.objects.published().filter(~Exists(current))
    if changed_since is not None:
        # As a union of two index scans: a condition over both tables would read either whole.
        changed = published.filter(updated_at__gte=changed_since).values("pk")
        of_changed_papers = published.filter(paper__changed_at__gte=changed_since).values("pk")
        published = Translation.objects.filter(pk__in=changed.union(of_changed_papers))
    return published.select_related("paper").order_by("pk")


def records_to_delete(changed_since: datetime | None) -> QuerySet[PublicRecord]:
    """Standing records of which no translation is public any more."""
    translations = Translation.objects.filter(
        paper=OuterRef("paper"), language=OuterRef("language")
    )
    standing = PublicRecord.objects.filter(is_deleted=False)
    if changed_since is not None:
        changed = Translation.objects.filter(updated_at__gte=changed_since)
        standing = standing.filter(paper__in=changed.values("paper"))
    return standing.filter(~Exists(translations.published())).order_by("pk")


def _write(translations: Iterable[Translation], datestamp: datetime) -> int:
    records = [
        PublicRecord(
            paper=translation.paper,
            language=translation.language,
            translation=translation,
            datestamp=datestamp,
            is_deleted=False,
            sets=sets_of(
                translation.paper.categories,
                translation.language,
                is_reviewed=translation.is_reviewed,
            ),
            translation_updated_at=translation.updated_at,
            paper_changed_at=translation.paper.changed_at,
        )
        for translation in translations
    ]
    PublicRecord.objects.bulk_create(
        records,
        update_conflicts=True,
        unique_fields=["paper", "language"],
        update_fields=list(_WRITTEN),
    )
    return len(records)


def _take_down(records: QuerySet[PublicRecord], datestamp: datetime) -> int:
    keys = list(records.values_list("pk", flat=True))
    return PublicRecord.objects.filter(pk__in=keys).update(
        is_deleted=True, translation=None, datestamp=datestamp
    )
