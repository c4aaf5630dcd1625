"""Claims: which editor is working on which translation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.translation.models import Translation


class Claim(models.Model):
    """An editor's lease on a translation. It expires, so a forgotten tab does not block others."""

    translation = models.OneToOneField(Translation, on_delete=models.CASCADE, related_name="claim")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        verbose_name=_("editor"),
        related_name="claims",
    )
    claimed_at = models.DateTimeField(_("claimed"))
    expires_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [models.Index(fields=["editor", "expires_at"], name="claim_of_editor")]

    def __str__(self) -> str:
        return f"{self.translation_id} {self.editor_id}"
