"""Notices: the disclaimers of the site, versioned, edited in the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKey(models.TextChoices):
    """Where a notice is shown."""

    DISCLAIMER = "disclaimer", _("disclaimer of the site")
    MACHINE = "machine", _("about machine translations")
    RELATED = "related", _("about the related papers")
    SCORE = "score", _("about the score")


class Notice(models.Model):
    """One wording of a notice in one language. A new wording is a new row; the latest is shown."""

    key = models.CharField(_("notice"), max_length=12, choices=NoticeKey)
    language = models.CharField(_("language"), max_length=12)
    version = models.PositiveIntegerField(_("version"), editable=False)
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("since"), editable=False)

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
