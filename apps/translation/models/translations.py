"""A translation of one text of a paper into one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper
from apps.translation.status import PUBLIC, SegmentState, TranslationStatus


class SummaryOrigin(models.TextChoices):
    """The origin of a summary."""

    EXTRACTED = "extracted", _("sentences picked from the translation")
    MODEL = "model", _("written by a language model, every number and term checked")
    PERSON = "person", _("written by an editor")


class TranslationQuerySet(models.QuerySet["Translation"]):
    def published(self) -> Self:
        """Translations that readers may see; pages, API, feeds and exports use no others."""
        return self.filter(status__in=sorted(PUBLIC))

    def in_language(self, language: str) -> Self:
        return self.filter(language=language)

    def listed(self) -> Self:
        """Published translations of papers that are not withdrawn."""
        return self.published().filter(paper__withdrawn_at__isnull=True)

    def submitted_on(self, day: date) -> Self:
        """Translations of papers first submitted on `day` (UTC)."""
        return self.submitted_from(day, days=1)

    def submitted_from(self, day: date, *, days: int) -> Self:
        """Translations of papers first submitted on `days` days from `day` (UTC)."""
        start = datetime.combine(day, time(), UTC)
        return self.filter(
            paper__submitted_at__gte=start, paper__submitted_at__lt=start + timedelta(days=days)
        )

    def in_category(self, code: str) -> Self:
        """Translations of papers listed or cross-listed in `code`."""
        return self.filter(paper__categories__contains=[code])

    def in_any_category(self, codes: Iterable[str]) -> Self:
        """Translations of papers listed or cross-listed in any of `codes`."""
        return self.filter(paper__categories__overlap=list(codes))

    def machine_done(self) -> Self:
        """Pending translations without open segments: ready for the checks."""
        return self.filter(
            status__in=[TranslationStatus.PENDING, TranslationStatus.WAITING]
        ).exclude(segments__state__in=[SegmentState.PENDING, SegmentState.WAITING])


class Translation(models.Model):
    """The translation of one text of a paper (title and abstract) into one language.

    A new version has a row of its own only if its text differs. `title` and `abstract` are
    assembled from the segments and never edited directly.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=12)
    version = models.PositiveSmallIntegerField(_("version of the paper"))
    source_fingerprint = models.CharField(_("fingerprint of the source"), max_length=32)
    status = models.CharField(
        _("status"), max_length=12, choices=TranslationStatus, default=TranslationStatus.PENDING
    )
    status_reason = models.TextField(_("reason"), blank=True)
    title = models.TextField(_("translated title"), blank=True)
    abstract = models.TextField(_("translated abstract"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    summary_origin = models.CharField(
        _("origin of the summary"), max_length=10, choices=SummaryOrigin, blank=True
    )
    summary_positions = models.JSONField(_("sentences of the summary"), default=list, blank=True)
    summary_engine = models.CharField(
        _("summariser asked last"), max_length=128, blank=True, editable=False
    )
    summary_refusal = models.TextField(_("why its summary was refused"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("last update in the system"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "language", "source_fingerprint"], name="one_translation_per_text"
            ),
            models.UniqueConstraint(
                fields=["paper", "language"],
                condition=models.Q(status__in=sorted(PUBLIC)),
                name="one_published_translation",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "id"],
                condition=~models.Q(status__in=[*sorted(PUBLIC), TranslationStatus.SUPERSEDED]),
                name="translation_unpublished",
            ),
            models.Index(fields=["language", "-published_at", "-id"], name="translation_published"),
            models.Index(fields=["updated_at"], name="translation_updated"),
            models.Index(
                fields=["language", "updated_at", "id"],
                condition=models.Q(status__in=sorted(PUBLIC)),
                name="translation_public_updated",
            ),
            models.Index(
                fields=["language", "paper"],
                condition=models.Q(status=TranslationStatus.REVIEWED),
                name="translation_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.language} v{self.version}"

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC

    @property
    def is_reviewed(self) -> bool:
        return self.status == TranslationStatus.REVIEWED

    @property
    def is_stale(self) -> bool:
        """Whether the paper's text has changed since the translation."""
        return self.source_fingerprint != self.paper.text_fingerprint
