"""Outside signals: stored beside the score, never part of it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper


class OutsideSignalQuerySet(models.QuerySet["OutsideSignal"]):
    """Outside signals."""

    def with_citations(self) -> Self:
        """Select signals of papers that the source knows."""
        return self.filter(citations__isnull=False)

    def asked_before(self, source: str, moment: datetime) -> Self:
        """Select a source's signals last requested before `moment`, oldest first."""
        return self.filter(source=source, asked_at__lt=moment).order_by("asked_at", "id")


class OutsideSignal(models.Model):
    """The citation count of a paper at one source; null where the source does not know it."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="outside_signals")
    source = models.CharField(_("source"), max_length=32)
    citations = models.PositiveIntegerField(_("citations"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked"))

    objects = OutsideSignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside signal")
        verbose_name_plural = _("outside signals")
        ordering = ["source"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "source"], name="one_signal_per_source")
        ]
        indexes = [models.Index(fields=["source", "asked_at"], name="signal_by_age")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.source} {self.citations}"
