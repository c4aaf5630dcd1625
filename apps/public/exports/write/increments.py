"""The rows of an export: everything public, or the changes since a time.

Increments use the ledger of public records, whose datestamps become visible in order, so that no
change is lost between two of them. Papers have the start time of a transaction as time of change,
so windows overlap; of a row in two exports the later one is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from apps.papers.models import Paper
from apps.public.models import PublicRecord
from apps.translation.models import Translation, TranslationQuerySet

OVERLAP = timedelta(hours=1)
"""Longer than any transaction that changes pages."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window of changes. since: where it begins; None for everything."""

    since: datetime | None = None

    @property
    def begin(self) -> datetime | None:
        return None if self.since is None else self.since - OVERLAP

    def papers(self) -> QuerySet[Paper]:
        """Return papers, also without a public translation: their metadata is CC0."""
        papers = Paper.objects.all()
        return papers if self.begin is None else papers.changed_since(self.begin)

    def translations(self) -> TranslationQuerySet:
        """Return public translations; a change of the paper counts, because of the badges."""
        published = Translation.objects.published()
        if self.begin is None:
            return published
        recorded = PublicRecord.objects.filter(datestamp__gte=self.begin, is_deleted=False)
        # A union uses index scans; one condition over the tables would scan one of them in full.
        keys = recorded.values("translation").union(
            published.filter(updated_at__gte=self.begin).values("pk"),
            published.filter(paper__changed_at__gte=self.begin).values("pk"),
        )
        return published.filter(pk__in=keys)

    def gone(self) -> QuerySet[PublicRecord]:
        """Return the deleted records in the ledger."""
        if self.begin is None:
            return PublicRecord.objects.none()
        return PublicRecord.objects.filter(datestamp__gte=self.begin, is_deleted=True)

    def gone_unrecorded(self) -> TranslationQuerySet:
        """Return translations that were taken down before the ledger recorded them."""
        if self.begin is None:
            return Translation.objects.none()
        place = {"paper": OuterRef("paper"), "language": OuterRef("language")}
        return Translation.objects.filter(
            ~Exists(PublicRecord.objects.filter(**place)),
            ~Exists(Translation.objects.published().filter(**place)),
            updated_at__gte=self.begin,
            published_at__isnull=False,
        )
