"""Findings of checks in translations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.labels import label_text
from apps.core.plugins import Label
from apps.text.checks import ALL_CHECKS
from apps.text.checks import Severity as CheckSeverity
from apps.translation.models.segments import Segment
from apps.translation.models.translations import Translation

UNTRANSLATED = "untranslated"
"""The name of the finding for a sentence that no engine could translate; it has no check."""
_LABELS = {check.name: check.label for check in ALL_CHECKS} | {
    UNTRANSLATED: Label("翻訳できるエンジンなし", "no engine could translate it")
}


def check_label(name: str) -> str:
    """Return the label of a check in the language of the interface.

    Args:
        name: the name of the check.

    Returns:
        The label; the name itself if the check no longer exists.
    """
    label = _LABELS.get(name)
    return name if label is None else label_text(label)


class FindingSeverity(models.TextChoices):
    """The severity of a finding. A blocking finding prevents publishing without review."""

    BLOCKING = CheckSeverity.BLOCKING.value, _("blocking")
    WARNING = CheckSeverity.WARNING.value, _("warning")
    NOTICE = CheckSeverity.NOTICE.value, _("notice")


class Finding(models.Model):
    """A finding of a check in the current text of a segment, or in the whole translation."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="findings")
    segment = models.ForeignKey(
        Segment, on_delete=models.CASCADE, null=True, blank=True, related_name="findings"
    )
    name = models.CharField(_("check"), max_length=40)
    severity = models.CharField(_("severity"), max_length=8, choices=FindingSeverity)
    start = models.PositiveIntegerField(_("from character"), default=0)
    end = models.PositiveIntegerField(_("to character"), default=0)
    message_ja = models.TextField(_("message (Japanese)"))
    message_en = models.TextField(_("message (English)"))
    found_at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["name", "-id"], name="finding_of_check"),
            models.Index(fields=["severity", "-id"], name="finding_of_severity"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.message_en}"
