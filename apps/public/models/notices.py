"""Notices: the versioned disclaimers of the site."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKey(models.TextChoices):
    """Where a notice is shown."""

    DISCLAIMER = "disclaimer", _("disclaimer of the site")
    MACHINE = "machine", _("about machine translations")
    RELATED = "related", _("about the related papers")
    SCORE = "score", _("about the score")


class Notice(models.Model):
    """One version of a notice in one language; the latest is in force.

    The database refuses to change or delete a row, so that old versions stay readable.
    """

    key = models.CharField(_("notice"), max_length=12, choices=NoticeKey)
    language = models.CharField(_("language"), max_length=12)
    version = models.PositiveIntegerField(_("version"), editable=False)
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("since"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("who"),
    )
    reason = models.TextField(
        _("why"), blank=True, help_text=_("Why the wording changes, for the history. Optional.")
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["key", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language", "version"], name="one_notice_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.language} v{self.version}"
