"""Notes of editors for each other."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.translation.models import Translation


class Note(models.Model):
    """A note on a translation. Readers never see it."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        verbose_name=_("author"),
        related_name="+",
    )
    text = models.TextField(_("note"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return self.text[:80]
