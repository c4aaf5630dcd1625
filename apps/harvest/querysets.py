"""The queries about harvest runs, each named for what it finds."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from apps.harvest.models import HarvestRun

# The words of RunKind and RunStatus, which are defined beside the model that needs this file.
_FROM_NETWORK = ("oai", "ids", "query")
MOST_ATTEMPTS = 8


class HarvestRunQuerySet(models.QuerySet["HarvestRun"]):
    """Harvest runs."""

    def of_list(self, set_spec: str, source_format: str) -> Self:
        """OAI-PMH runs over one set in one format."""
        return self.filter(kind="oai", set_spec=set_spec, source_format=source_format)

    def complete(self) -> Self:
        """Runs that read their list to its end."""
        return self.filter(status="complete")

    def unfinished(self) -> Self:
        """Runs that go on by themselves: running, or failed but not too often in a row."""
        return self.filter(
            status__in=("running", "failed"), kind__in=_FROM_NETWORK, attempts__lt=MOST_ATTEMPTS
        )

    def abandoned_since(self, moment: datetime) -> Self:
        """Unfinished runs of which no page was stored and no attempt begun since `moment`."""
        return self.unfinished().filter(touched_at__lt=moment)
