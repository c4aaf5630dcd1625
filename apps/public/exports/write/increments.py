"""What an export holds: everything public, or what became another since a moment.

Increments stand on the ledger of public records (`apps.public.records.ledger`), whose stamps come
into sight in their order, so nothing falls between two of them. Papers have their own time of
change, which is when its transaction began, so windows also overlap. A row that is in two exports
says the same twice, or the later one is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from apps.papers.models import Paper
from apps.public.models import PublicRecord
from apps.translation.models import Translation, TranslationQuerySet

OVERLAP = timedelta(hours=1)
"""Longer than any transaction that changes what readers see."""


@dataclass(frozen=True, slots=True)
class Window:
    """since: the moment from which changes are wanted; None for everything there is."""

    since: datetime | None = None

    @property
    def begin(self) -> datetime | None:
        """From when on changes are looked for."""
        return None if self.since is None else self.since - OVERLAP

    def papers(self) -> QuerySet[Paper]:
        """Papers, with a public translation or without: their metadata is CC0."""
        papers = Paper.objects.all()
        return papers if self.begin is None else papers.changed_since(self.begin)

    def translations(self) -> TranslationQuerySet:
        """Public translations; also those of which only the paper changed, for their badges."""
        published = Translation.objects.published()
        if self.begin is None:
            return published
        recorded = PublicRecord.objects.filter(datestamp__gte=self.begin, is_deleted=False)
        # As a union of index scans: one condition over the tables would read one of them whole.
        keys = recorded.values("translation").union(
            published.filter(updated_at__gte=self.begin).values("pk"),
            published.filter(paper__changed_at__gte=self.begin).values("pk"),
        )
        return published.filter(pk__in=keys)

    def gone(self) -> QuerySet[PublicRecord]:
        """Records of translations that were public and are no more, by the ledger."""
        if self.begin is None:
            return PublicRecord.objects.none()
        return PublicRecord.objects.filter(datestamp__gte=self.begin, is_deleted=True)

    def gone_unrecorded(self) -> TranslationQuerySet:
        """The same, of translations that were gone before the ledger had come to them."""
        if self.begin is None:
            return Translation.objects.none()
        place = {"paper": OuterRef("paper"), "language": OuterRef("language")}
        return Translation.objects.filter(
            ~Exists(PublicRecord.objects.filter(**place)),
            ~Exists(Translation.objects.published().filter(**place)),
            updated_at__gte=self.begin,
            published_at__isnull=False,
        )
