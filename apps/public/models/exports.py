"""Exports and their files."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_ATTEMPTS = 5


class ExportKind(models.TextChoices):
    """Everything, or changes."""

    FULL = "full", _("everything")
    INCREMENT = "increment", _("what changed since the export before")


class ExportStatus(models.TextChoices):
    """Status of an export. Only complete ones are shown; failed ones are resumed."""

    RUNNING = "running", _("running")
    FAILED = "failed", _("failed")
    COMPLETE = "complete", _("complete")
    REMOVED = "removed", _("being removed")


class ExportRunQuerySet(models.QuerySet["ExportRun"]):
    def complete(self) -> ExportRunQuerySet:
        """Return the complete exports, newest first."""
        return self.filter(status=ExportStatus.COMPLETE).order_by("-until", "-id")

    def unfinished(self) -> ExportRunQuerySet:
        """Return exports to continue: running, or failed fewer than MOST_ATTEMPTS times."""
        return self.filter(
            status__in=(ExportStatus.RUNNING, ExportStatus.FAILED), attempts__lt=MOST_ATTEMPTS
        )

    def abandoned_since(self, moment: datetime) -> ExportRunQuerySet:
        """Return the unfinished exports that wrote nothing since `moment`."""
        return self.unfinished().filter(touched_at__lt=moment)


class ExportRun(models.Model):
    """One export: a folder in the storage; its manifest is written last.

    since: it holds the changes from then on; None for everything. until: it is complete up to
    then, the time at which its first file was read.
    """

    kind = models.CharField(_("kind"), max_length=9, choices=ExportKind)
    status = models.CharField(
        _("status"), max_length=8, choices=ExportStatus, default=ExportStatus.RUNNING
    )
    folder = models.CharField(_("folder"), max_length=32, unique=True)
    follows = models.CharField(_("follows"), max_length=32, blank=True)
    since = models.DateTimeField(_("changes since"), null=True, blank=True)
    until = models.DateTimeField(_("nothing is missing until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("failed attempts in a row"), default=0)
    error = models.TextField(_("last error"), blank=True)
    manifest = models.JSONField(_("manifest"), default=dict, blank=True)
    started_at = models.DateTimeField(_("started"))
    touched_at = models.DateTimeField(_("last file"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ExportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["status", "-until"], name="export_status")]

    def __str__(self) -> str:
        return self.folder


class ExportPart(models.Model):
    """One file of an export. made_at: empty until it is in the storage."""

    run = models.ForeignKey(ExportRun, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveSmallIntegerField(_("order of writing"))
    name = models.CharField(_("file"), max_length=64)
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    detail = models.JSONField(_("licences and origins"), default=dict, blank=True)
    as_of = models.DateTimeField(_("state of the site at"), null=True, blank=True)
    made_at = models.DateTimeField(_("written at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file of an export")
        verbose_name_plural = _("files of exports")
        ordering = ["run", "place"]
        constraints = [
            models.UniqueConstraint(fields=["run", "name"], name="one_row_per_export_file")
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.name}"
