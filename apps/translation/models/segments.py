"""Segments: sentences with source, machine text, current text and origin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.translation.models.translations import Translation
from apps.translation.status import SegmentState


class SegmentField(models.TextChoices):
    """Which part of the paper a segment belongs to."""

    TITLE = "title", _("title")
    ABSTRACT = "abstract", _("abstract")


class SegmentOrigin(models.TextChoices):
    """The origin of the current text."""

    MACHINE = "machine", _("machine translation")
    MEMORY = "memory", _("translation memory")
    PERSON = "person", _("a person")


class SegmentQuerySet(models.QuerySet["Segment"]):
    def open_to_machines(self) -> Self:
        """Segments that machines may write: those that no person approved or wrote."""
        return self.filter(approved_at__isnull=True).exclude(origin=SegmentOrigin.PERSON)

    def claimable(self, now: datetime) -> Self:
        """Segments to translate that no worker has claimed."""
        return self.open_to_machines().filter(state=SegmentState.PENDING, claimable_at__lte=now)

    def claim(self, *, limit: int, lease: UUID, now: datetime, seconds: int) -> list[Segment]:
        """Claim up to `limit` segments for `seconds` and return them.

        Other workers skip them until the lease ends. Call it in a transaction of its own.
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
        return self.open_to_machines().filter(lease=lease, state=SegmentState.PENDING)


class Segment(models.Model):
    """A sentence with source, machine text, current text and origin.

    Only a person may change the text once `approved_at` is set: services of machines write through
    `SegmentQuerySet.open_to_machines()`.
    """

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="segments")
    field = models.CharField(_("part"), max_length=8, choices=SegmentField)
    position = models.PositiveSmallIntegerField(_("position"))
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), default=0)
    source = models.TextField(_("source"))
    source_hash = models.CharField(_("hash of the source"), max_length=32)
    state = models.CharField(
        _("state"), max_length=8, choices=SegmentState, default=SegmentState.PENDING
    )
    machine_text = models.TextField(_("machine's text"), blank=True)
    text = models.TextField(_("current text"), blank=True)
    origin = models.CharField(_("origin"), max_length=8, choices=SegmentOrigin, blank=True)
    engine = models.CharField(_("engine"), max_length=32, blank=True)
    engine_version = models.CharField(
        _("engine version"),
        max_length=128,
        blank=True,
        help_text=_("model and a digest of every parameter that affects the text"),
    )
    fixes = ArrayField(
        models.CharField(max_length=32),
        verbose_name=_("corrections"),
        default=list,
        blank=True,
        help_text=_(
            "what was corrected in the machine's text, by rule or by a person everywhere at once"
        ),
    )
    tokens_in = models.PositiveIntegerField(_("tokens sent"), default=0)
    tokens_out = models.PositiveIntegerField(_("tokens received"), default=0)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=6, default=0)
    memory_entry = models.ForeignKey(
        "MemoryEntry", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    claimable_at = models.DateTimeField(
        _("may be claimed from"), help_text=_("later than now: a worker has it, or it rests")
    )
    lease = models.UUIDField(_("lease"), null=True, blank=True)
    translated_at = models.DateTimeField(_("translated"), null=True, blank=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["translation", "-field", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "field", "position"], name="one_segment_per_position"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True) | ~models.Q(text=""),
                name="approved_segments_have_text",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=SegmentState.DONE) | ~models.Q(text=""),
                name="done_segments_have_text",
            ),
        ]
        indexes = [
            models.Index(
                fields=["claimable_at", "id"],
                condition=models.Q(state=SegmentState.PENDING),
                name="segment_claimable",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(state=SegmentState.WAITING),
                name="segment_waiting",
            ),
            models.Index(
                fields=["-approved_at"],
                condition=models.Q(approved_at__isnull=False),
                name="segment_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.translation_id} {self.field} {self.position}"
