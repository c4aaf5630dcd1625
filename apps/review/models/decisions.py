"""Decisions of editors and of the site's policy on translations."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.translation.models import Translation
from apps.translation.status import TranslationStatus


class DecisionKind(models.TextChoices):
    """The act that was carried out."""

    PUBLISH = "publish", _("published")
    APPROVE = "approve", _("approved and published")
    UNPUBLISH = "unpublish", _("taken down")
    HOLD = "hold", _("held")
    EDIT = "edit", _("edited")
    RETRANSLATE = "retranslate", _("sent back to the machine")
    SENTENCES = "sentences", _("sentences approved")
    RESTORE = "restore", _("restored")
    FIX = "fix", _("corrected everywhere")
    UNDO = "undo", _("taken back")
    SUGGESTION = "suggestion", _("a reader's correction accepted")
    DECLINE = "decline", _("a reader's correction declined")


class Decision(models.Model):
    """One entry in the history of a translation.

    The database refuses to change or delete a row. So translations with decisions are taken down
    and accounts that made decisions are deactivated; neither can be deleted.
    """

    translation = models.ForeignKey(Translation, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=12, choices=DecisionKind)
    status_before = models.CharField(_("status before"), max_length=12, choices=TranslationStatus)
    status_after = models.CharField(_("status after"), max_length=12, choices=TranslationStatus)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("who"),
        help_text=_("empty: the site's publishing policy"),
        related_name="+",
    )
    reason = models.TextField(_("why"), blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    batch = models.UUIDField(
        _("batch"),
        null=True,
        blank=True,
        help_text=_("the same for all that one correction everywhere changed"),
    )
    decided_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at", "-id"]
        indexes = [
            models.Index(fields=["-decided_at", "-id"], name="decision_by_time"),
            models.Index(fields=["kind", "-decided_at"], name="decision_of_kind"),
            models.Index(fields=["actor", "-decided_at"], name="decision_of_actor"),
            models.Index(
                fields=["batch"], condition=models.Q(batch__isnull=False), name="decision_of_batch"
            ),
        ]
        permissions = [
            ("edit_text", "Can correct sentences and summaries"),
            ("retranslate_text", "Can send text back to the machine"),
            ("answer_suggestion", "Can accept and decline readers' corrections"),
            ("approve_text", "Can approve a text after reading it"),
            ("publish_text", "Can publish, take down and hold"),
        ]

    def __str__(self) -> str:
        return f"{self.translation_id} {self.kind}"


class Fix(Decision):
    """The decisions of kind FIX, with admin pages of their own."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("correction everywhere")
        verbose_name_plural = _("corrections everywhere")
