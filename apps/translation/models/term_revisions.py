"""Changes of glossary terms: one row each, append-only."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.translation.models.glossary import GlossaryTerm


class TermRevision(models.Model):
    """One change of one term: its snapshots before and after, None where the term did not exist.

    The database refuses to change or delete a row, so a revision outlives its term: `term` is the
    key that the term has or had.
    """

    term = models.ForeignKey(
        GlossaryTerm,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="revisions",
        verbose_name=_("glossary term"),
    )
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
        help_text=_("empty: an import by a command"),
    )
    origin = models.CharField(
        _("file"), max_length=64, blank=True, help_text=_("for imports: the file's name")
    )
    reason = models.TextField(_("why"), blank=True)
    changed_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("change of a term")
        verbose_name_plural = _("changes of terms")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.snapshot['source']} → {self.snapshot['target']}"

    @property
    def snapshot(self) -> dict[str, Any]:
        """The term after the change; of a deleted term, before it."""
        return self.after or self.before or {}
