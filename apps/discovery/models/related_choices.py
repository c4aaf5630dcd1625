"""What editors decided about the lists of related papers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper


class RelatedDecision(models.TextChoices):
    """What an editor decided about one paper in the list of another."""

    PIN = "pin", _("always shown, at the top")
    HIDE = "hide", _("never shown")


class RelatedChoice(models.Model):
    """One paper that an editor pinned to the list of another or hid from it.

    The lists are made anew whenever papers arrive; choices stay. Written by `choosing`.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="related_choices")
    other = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")
    decision = models.CharField(_("decision"), max_length=4, choices=RelatedDecision)
    chosen_at = models.DateTimeField(_("when"))
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        verbose_name=_("who"),
        related_name="+",
    )

    class Meta:
        verbose_name = _("choice of a related paper")
        verbose_name_plural = _("choices of related papers")
        ordering = ["-chosen_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "other"], name="one_choice_per_pair"),
            models.CheckConstraint(
                condition=~models.Q(paper=models.F("other")), name="no_choice_about_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.decision} {self.other_id}"
