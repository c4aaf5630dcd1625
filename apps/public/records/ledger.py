"""Update the ledger of public records."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from apps.public.models import PublicRecord
from apps.public.records.sets import sets_of
from apps.translation.models import Translation

LEAD = timedelta(seconds=10)
"""How far a datestamp lies in the future when it is written.

So no record becomes visible with an earlier datestamp than records that harvesters already saw."""

# Any number that no other advisory lock of this database uses.
_LOCK = 0x6F6169

_WRITTEN = (
    "translation", "datestamp", "is_deleted", "sets", "translation_updated_at", "paper_changed_at",
)  # fmt: skip


class WrittenTooLate(Exception):
    """The datestamp of a batch passed before it was committed; write it again with a later one."""


def record_changes(
    *, changed_since: datetime | None, clock: Callable[[], datetime], limit: int
) -> int:
    """Write one batch of public records. Batches are serialised by an advisory lock.

    Args:
        changed_since: Examine only translations and papers that changed since then; None for all.
        clock: Returns the current time.
        limit: The maximum number of records to write, and of records to delete.

    Returns:
        The number of records written.

    Raises:
        WrittenTooLate: If the datestamp passed before the batch was written.
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
    """Return the published translations whose record is missing or out of date."""
    current = PublicRecord.objects.filter(
        translation=OuterRef("pk"),
        translation_updated_at=OuterRef("updated_at"),
        paper_changed_at=OuterRef("paper__changed_at"),
        is_deleted=False,
    )
    published = Translation.objects.published().filter(~Exists(current))
    if changed_since is not None:
        # A union uses two index scans; one condition over both tables would scan either in full.
        changed = published.filter(updated_at__gte=changed_since).values("pk")
        of_changed_papers = published.filter(paper__changed_at__gte=changed_since).values("pk")
        published = Translation.objects.filter(pk__in=changed.union(of_changed_papers))
    return published.select_related("paper").order_by("pk")


def records_to_delete(changed_since: datetime | None) -> QuerySet[PublicRecord]:
    """Return the records that are not deleted but have no public translation."""
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
