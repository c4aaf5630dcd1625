"""The ledger of public records."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper
from apps.translation.models import Translation

LONGEST_SET = 64


class PublicRecord(models.Model):
    """One paper in one language: a record of OAI-PMH. Only `apps.public.records.ledger` writes it.

    The datestamp changes with the content of the record, and when the translation is taken down;
    the row then stays as a deleted record. The default order is the order of change.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="public_records")
    language = models.CharField(_("language"), max_length=12)
    translation = models.ForeignKey(
        Translation, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    datestamp = models.DateTimeField(_("datestamp"))
    is_deleted = models.BooleanField(_("taken down"), default=False)
    sets = ArrayField(models.CharField(max_length=LONGEST_SET), verbose_name=_("sets"))
    translation_updated_at = models.DateTimeField(_("state of the translation"))
    paper_changed_at = models.DateTimeField(_("state of the paper"))

    class Meta:
        verbose_name = _("public record")
        verbose_name_plural = _("public records")
        ordering = ["datestamp", "id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "language"], name="one_record_per_language"),
            models.CheckConstraint(
                condition=Q(is_deleted=True) | Q(translation__isnull=False),
                name="standing_records_have_a_translation",
            ),
        ]
        indexes = [
            models.Index(fields=["datestamp", "id"], name="record_in_order"),
            GinIndex(fields=["sets"], name="record_sets"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.language} {self.datestamp:%Y-%m-%dT%H:%M:%SZ}"
