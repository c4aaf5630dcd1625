"""The queries about papers, each named for what it finds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from apps.papers.models import Paper


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers."""

    def changed_since(self, moment: datetime) -> Self:
        """Papers that a harvest wrote or changed at or after `moment`."""
        return self.filter(changed_at__gte=moment)

    def standing(self) -> Self:
        """Papers that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)
