"""What checks found in a translation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.labels import label_text
from apps.core.plugins import Label
from apps.text.checks import ALL_CHECKS
from apps.text.checks import Severity as CheckSeverity
from apps.translation.models.segments import Segment
from apps.translation.models.translations import Translation

UNTRANSLATED = "untranslated"
"""The name of a finding that no check makes: no engine could translate a sentence."""
_LABELS = {check.name: check.label for check in ALL_CHECKS} | {
    UNTRANSLATED: Label("翻訳できるエンジンなし", "no engine could translate it")
}


def check_label(name: str) -> str:
    """Return what a check looks for, in the language of the interface.

    A check that no longer exists is its own name.
    """
    label = _LABELS.get(name)
    return name if label is None else label_text(label)


class FindingSeverity(models.TextChoices):
    """How much a finding weighs. Blocking findings keep a text from being published unreviewed."""

    BLOCKING = CheckSeverity.BLOCKING.value, _("blocking")
    WARNING = CheckSeverity.WARNING.value, _("warning")
    NOTICE = CheckSeverity.NOTICE.value, _("notice")


class Finding(models.Model):
    """What a check found in the current text of a segment, or of the whole (segment empty)."""

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
