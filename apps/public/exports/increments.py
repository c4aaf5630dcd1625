"""What an export holds: everything public, or what became another since a moment.

Windows overlap: a change bears the moment at which its transaction began, and may become visible
after a later one. A row that is in two exports says the same twice, or the later one is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.papers.models import Paper
from apps.translation.models import Translation
from apps.translation.querysets import TranslationQuerySet

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
        return published if self.begin is None else published.filter(_changed_since(self.begin))

    def gone(self) -> TranslationQuerySet:
        """Translations that were public, are no more, and have no other one in their place."""
        if self.begin is None:
            return Translation.objects.none()
        public_now = Translation.objects.published().filter(
            paper=OuterRef("paper"), language=OuterRef("language")
        )
        return (
            Translation.objects.filter(updated_at__gte=self.begin, published_at__isnull=False)
            .exclude(pk__in=Translation.objects.published().values("pk"))
            .exclude(Exists(public_now))
        )


def _changed_since(moment: datetime) -> Q:
    changed = Paper.objects.changed_since(moment)
    return Q(updated_at__gte=moment) | Q(paper__in=changed.values("pk"))
