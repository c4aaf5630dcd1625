"""Harvest runs with their cursor, counts and errors."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.records import SourceFormat

MOST_ATTEMPTS = 8


class RunKind(models.TextChoices):
    """How the papers of a run are found."""

    OAI = "oai", _("OAI-PMH, by date and set")
    IDS = "ids", _("arXiv API, by identifier")
    QUERY = "query", _("arXiv API, by query")
    FILE = "file", _("saved response")


class RunStatus(models.TextChoices):
    """The status of a run. `stopped` and `failed` runs resume from their cursor."""

    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("failed")
    COMPLETE = "complete", _("complete")


class HarvestRunQuerySet(models.QuerySet["HarvestRun"]):
    def for_set(self, set_spec: str, source_format: str) -> Self:
        """Filter to OAI-PMH runs over one set in one format."""
        return self.filter(kind=RunKind.OAI, set_spec=set_spec, source_format=source_format)

    def complete(self) -> Self:
        """Filter to runs that read their list to its end."""
        return self.filter(status=RunStatus.COMPLETE)

    def unfinished(self) -> Self:
        """Filter to runs that workers continue: running, or failed and not given up."""
        return self.filter(
            status__in=(RunStatus.RUNNING, RunStatus.FAILED),
            kind__in=(RunKind.OAI, RunKind.IDS, RunKind.QUERY),
            attempts__lt=MOST_ATTEMPTS,
        )

    def abandoned_since(self, moment: datetime) -> Self:
        """Filter to unfinished runs without a stored page or a new attempt since `moment`."""
        return self.unfinished().filter(touched_at__lt=moment)


class HarvestRun(models.Model):
    """One harvest. The cursor moves only after a whole page is stored."""

    kind = models.CharField(_("kind"), max_length=8, choices=RunKind)
    status = models.CharField(
        _("status"), max_length=8, choices=RunStatus, default=RunStatus.RUNNING
    )
    source_format = models.CharField(_("format"), max_length=8, choices=SourceFormat)
    set_spec = models.CharField(_("set"), max_length=64, blank=True)
    from_date = models.DateField(_("from"), null=True, blank=True)
    until_date = models.DateField(_("until"), null=True, blank=True)
    query = models.TextField(_("query, identifiers or file"), blank=True)
    cursor = models.TextField(
        _("cursor"), blank=True, help_text=_("resumption token or offset of the next page")
    )
    pages = models.PositiveIntegerField(_("pages"), default=0)
    seen = models.PositiveIntegerField(_("records seen"), default=0)
    created = models.PositiveIntegerField(_("papers added"), default=0)
    changed = models.PositiveIntegerField(_("papers changed"), default=0)
    unchanged = models.PositiveIntegerField(_("papers unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("records rejected"), default=0)
    total = models.PositiveIntegerField(_("records announced"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("failed attempts in a row"), default=0)
    errors = models.JSONField(_("errors"), default=list, blank=True)
    started_at = models.DateTimeField(_("started"))
    touched_at = models.DateTimeField(_("last page"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = HarvestRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("harvest run")
        verbose_name_plural = _("harvest runs")
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["status", "-started_at"], name="run_status")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"
