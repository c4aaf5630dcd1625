"""The queries of the sentence ledger, each named for what it finds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from apps.translation.status import PUBLIC, TranslationStatus

if TYPE_CHECKING:
    from apps.translation.models.translations import MemoryEntry, Segment, Translation


class TranslationQuerySet(models.QuerySet["Translation"]):
    """Translations."""

    def published(self) -> Self:
        """Translations that readers may see: the only door for pages, API, feeds and exports."""
        return self.filter(status__in=sorted(PUBLIC))

    def in_language(self, language: str) -> Self:
        """Translations into `language`."""
        return self.filter(language=language)

    def listed(self) -> Self:
        """Published translations for lists: of papers that have not been withdrawn."""
        return self.published().filter(paper__withdrawn_at__isnull=True)

    def submitted_on(self, day: date) -> Self:
        """Translations of papers first submitted on `day` (UTC)."""
        return self.submitted_from(day, days=1)

    def submitted_from(self, day: date, *, days: int) -> Self:
        """Translations of papers first submitted on so many `days`, the first being `day` (UTC)."""
        start = datetime.combine(day, time(), UTC)
        return self.filter(
            paper__submitted_at__gte=start, paper__submitted_at__lt=start + timedelta(days=days)
        )

    def in_category(self, code: str) -> Self:
        """Translations of papers listed or cross-listed in `code`."""
        return self.filter(paper__categories__contains=[code])

    def in_any_category(self, codes: Iterable[str]) -> Self:
        """Translations of papers listed or cross-listed in one of `codes` at least."""
        return self.filter(paper__categories__overlap=list(codes))

    def machine_done(self) -> Self:
        """Pending translations with no segment left for a machine: due to be checked."""
        from apps.translation.models.translations import Segment, SegmentState

        open_segments = Segment.objects.filter(
            translation=OuterRef("pk"), state__in=[SegmentState.PENDING, SegmentState.WAITING]
        )
        return self.filter(
            ~Exists(open_segments),
            status__in=[TranslationStatus.PENDING, TranslationStatus.WAITING],
        )


class SegmentQuerySet(models.QuerySet["Segment"]):
    """Segments."""

    def open_to_machines(self) -> Self:
        """Segments that a machine may write: never one that a person approved or wrote."""
        from apps.translation.models.translations import SegmentOrigin

        return self.filter(approved_at__isnull=True).exclude(origin=SegmentOrigin.PERSON)

    def claimable(self, now: datetime) -> Self:
        """Segments waiting for a machine that no worker holds."""
        from apps.translation.models.translations import SegmentState

        return self.open_to_machines().filter(state=SegmentState.PENDING, claimable_at__lte=now)

    def claim(self, *, limit: int, lease: UUID, now: datetime, seconds: int) -> list[Segment]:
        """Take up to `limit` claimable segments for `seconds` and return them.

        Other workers skip them while the lease runs. A worker that dies keeps nothing: when the
        lease ends, the segments are claimable again. Call it inside a transaction of its own.
        """
        chosen = (
            self.claimable(now)
            .order_by("claimable_at", "id")
            .select_for_update(skip_locked=True)
            .values_list("pk", flat=True)[:limit]
        )
        keys = list(chosen)
        self.filter(pk__in=keys).update(
            lease=lease,
            claimable_at=now + timedelta(seconds=seconds),
            attempts=F("attempts") + 1,
        )
        return list(
            self.filter(pk__in=keys)
            .select_related("translation__paper")
            .only(
                "field",
                "position",
                "source",
                "source_hash",
                "attempts",
                "translation__language",
                "translation__paper__primary_category",
                "translation__paper__title",
                "translation__paper__abstract",
            )
            .order_by("id")
        )

    def held_by(self, lease: UUID) -> Self:
        """Segments that `lease` still holds and a machine may write."""
        from apps.translation.models.translations import SegmentState

        return self.open_to_machines().filter(lease=lease, state=SegmentState.PENDING)


class MemoryQuerySet(models.QuerySet["MemoryEntry"]):
    """Memory entries."""

    def exact(self, source_hashes: Iterable[str], source: str, target: str) -> Self:
        """Entries of one language pair whose normalised source has one of the hashes."""
        return self.filter(
            Q(source_hash__in=list(source_hashes)),
            source_language=source,
            target_language=target,
        )
