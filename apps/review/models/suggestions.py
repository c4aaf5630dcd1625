"""Readers' corrections."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.core.keyset import MOMENT, WHOLE, Ordering
from apps.translation.models import Segment

LONGEST_TEXT = 4_000
LONGEST_COMMENT = 1_000
LONGEST_CREDIT = 60
OLDEST_FIRST = Ordering("received_at", (("received_at", MOMENT), ("id", WHOLE)))


class SuggestionState(models.TextChoices):
    """The state of a reader's correction."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    MERGED = "merged", _("the same as one that was accepted")


class Suggestion(models.Model):
    """A better text for one sentence, proposed by a reader.

    Equal proposals of several readers are one row with `times`. Of the reader it stores a name to
    show, if given, and `sender`: a keyed hash of the network address, which tells a flood from many
    readers. A sweep clears it after SUGGESTION_SENDER_DAYS.
    """

    segment = models.ForeignKey(
        Segment, on_delete=models.CASCADE, related_name="suggestions", verbose_name=_("sentence")
    )
    base_text = models.TextField(_("text that the reader saw"))
    text = models.TextField(_("proposed text"))
    likeness = models.CharField(_("what the same proposals share"), max_length=32, editable=False)
    comment = models.TextField(_("reader's comment"), blank=True)
    credit = models.CharField(_("name to be shown"), max_length=LONGEST_CREDIT, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=SuggestionState, default=SuggestionState.OPEN
    )
    times = models.PositiveIntegerField(_("times proposed"), default=1)
    sender = models.CharField(_("sender"), max_length=32, blank=True, editable=False)
    received_at = models.DateTimeField(_("received"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decline_reason = models.TextField(_("why it was declined"), blank=True)
    accepted_text = models.TextField(
        _("text that was accepted"), blank=True, help_text=_("an editor may have changed it")
    )

    class Meta:
        verbose_name = _("reader's correction")
        verbose_name_plural = _("readers' corrections")
        ordering = [F("decided_at").desc(nulls_first=True), "received_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "likeness"],
                condition=models.Q(state=SuggestionState.OPEN),
                name="one_open_suggestion_per_text",
            ),
            models.CheckConstraint(
                condition=models.Q(state=SuggestionState.OPEN, decided_at__isnull=True)
                | (~models.Q(state=SuggestionState.OPEN) & models.Q(decided_at__isnull=False)),
                name="open_suggestions_are_undecided",
            ),
        ]
        indexes = [
            # Open ones first, oldest first; then answered ones, latest first.
            models.Index(
                F("decided_at").desc(nulls_first=True),
                "received_at",
                "id",
                name="suggestion_in_order",
            ),
            models.Index(
                fields=["segment"],
                condition=models.Q(state=SuggestionState.ACCEPTED) & ~models.Q(credit=""),
                name="suggestion_credited",
            ),
            models.Index(
                fields=["received_at"], condition=~models.Q(sender=""), name="suggestion_sender"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
