"""The translation memory: pairs of sentences that a person approved or imported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MemoryOrigin(models.TextChoices):
    """The origin of an entry. Unreviewed machine text never enters the memory."""

    APPROVED = "approved", _("approved by an editor")
    IMPORTED = "imported", _("imported")


class MemoryQuerySet(models.QuerySet["MemoryEntry"]):
    def exact(self, source_hashes: Iterable[str], source: str, target: str) -> Self:
        """Entries of one language pair whose normalised source has one of the hashes."""
        return self.filter(
            Q(source_hash__in=list(source_hashes)),
            source_language=source,
            target_language=target,
        )


class MemoryEntry(models.Model):
    """A pair of sentences that a person approved or imported."""

    source_language = models.CharField(_("source language"), max_length=12)
    target_language = models.CharField(_("target language"), max_length=12)
    source = models.TextField(_("source"))
    source_hash = models.CharField(_("hash of the source"), max_length=32)
    sketch = ArrayField(models.IntegerField(), default=list, editable=False)
    target = models.TextField(_("target"))
    target_hash = models.CharField(_("hash of the target"), max_length=32)
    origin = models.CharField(_("origin"), max_length=8, choices=MemoryOrigin)
    collection = models.CharField(
        _("collection"), max_length=64, blank=True, help_text=_("for imports: the file's name")
    )
    licence = models.CharField(_("licence"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MemoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("memory entry")
        verbose_name_plural = _("memory entries")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_language", "target_language", "source_hash", "target_hash"],
                name="one_entry_per_pair",
            )
        ]
        indexes = [GinIndex(fields=["sketch"], name="memory_sketch")]

    def __str__(self) -> str:
        return self.source[:80]
