"""Lists of related papers, and the choices of editors."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper


class RelatedPaper(models.Model):
    """One entry of a paper's list of related papers."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="related")
    other = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")
    similarity = models.FloatField(_("similarity"), help_text=_("cosine, -1 to 1"))
    nearness = models.FloatField(
        _("nearness"),
        default=0.0,
        help_text=_("what the list is ordered by; the higher the nearer"),
    )
    shared_terms = models.JSONField(_("shared terms"), default=list, blank=True)

    class Meta:
        verbose_name = _("related paper")
        verbose_name_plural = _("related papers")
        ordering = ["paper", "-nearness", "other"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "other"], name="related_once"),
            models.CheckConstraint(
                condition=~models.Q(paper=models.F("other")), name="not_related_to_itself"
            ),
        ]
        indexes = [models.Index(fields=["paper", "-nearness"], name="related_by_nearness")]

    def __str__(self) -> str:
        return f"{self.paper_id} ~ {self.other_id}"


class RelatedDecision(models.TextChoices):
    """An editor's decision on one paper in the list of another."""

    PIN = "pin", _("always shown, at the top")
    HIDE = "hide", _("never shown")


class RelatedChoice(models.Model):
    """A paper that an editor pinned to the list of another, or hid from it.

    Lists are rebuilt as papers arrive; choices stay. Written by `apps.discovery.related.curation`.
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
