"""What people and policies decided about translations, and which days have something to read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.review.models.api_tokens import ApiToken, Scope
from apps.review.models.claims import Claim
from apps.review.models.failed_logins import FailedLogin
from apps.review.models.notes import Note
from apps.review.models.queue import QueueEntry, QueueTitle, SavedFilter
from apps.review.models.suggestions import Suggestion, SuggestionState
from apps.translation.models.translations import Translation
from apps.translation.status import TranslationStatus

__all__ = [
    "ApiToken",
    "Claim",
    "Decision",
    "DecisionKind",
    "FailedLogin",
    "Fix",
    "ListedDay",
    "Note",
    "QueueEntry",
    "QueueTitle",
    "SavedFilter",
    "Scope",
    "Suggestion",
    "SuggestionState",
]


class DecisionKind(models.TextChoices):
    """What was decided."""

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
    """One decision: the history of a translation.

    Only ever added: the database refuses to change or delete a row. So what has decisions is taken
    down, and who has made some is deactivated, but neither is deleted.
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
    """A correction that was made everywhere: the decisions of that kind, and their own pages."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("correction everywhere")
        verbose_name_plural = _("corrections everywhere")


class ListedDay(models.Model):
    """How many listed translations a day of submission has, in all and per category.

    Kept by publishing and unpublishing, so that no page has to count.
    """

    language = models.CharField(_("language"), max_length=12)
    day = models.DateField(_("day of submission"))
    category = models.CharField(_("category"), max_length=32, blank=True)
    papers = models.PositiveIntegerField(_("papers"), default=0)

    class Meta:
        verbose_name = _("day with papers")
        verbose_name_plural = _("days with papers")
        ordering = ["-day", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "category", "day"], name="one_row_per_day_and_category"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.category or '*'} {self.papers}"
