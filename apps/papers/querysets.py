"""The queries about papers, each named for what it finds."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from apps.papers.models import Paper


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers."""

    def changed_since(self, moment: datetime) -> Self:
        """Papers that a harvest wrote or changed at or after `moment`."""
        return self.filter(changed_at__gte=moment)

    def submitted_on(self, day: date) -> Self:
        """Papers first submitted on `day` (UTC)."""
        return self.filter(submitted_at__date=day)

    def in_category(self, code: str) -> Self:
        """Papers whose primary or cross-listed categories include `code`."""
        return self.filter(categories__contains=[code])

    def standing(self) -> Self:
        """Papers that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)
