"""The attention score of a paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper


class Score(models.Model):
    """The attention score of a paper under one version of the formula.

    `components` lists name, value (0 to 1), points and fact of each. For the meaning of the score
    see `apps.discovery.scoring.formulas`.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="scores")
    formula = models.PositiveSmallIntegerField(_("formula"))
    value = models.FloatField(_("score"), help_text=_("0 to 100"))
    components = models.JSONField(_("components"))
    scored_at = models.DateTimeField(_("scored"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["-scored_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "formula"], name="one_score_per_formula"),
            models.CheckConstraint(
                condition=models.Q(value__gte=0, value__lte=100), name="score_within_bounds"
            ),
        ]
        # The latest change is part of the content version of lists.
        indexes = [
            models.Index(fields=["scored_at"], name="score_scored"),
            models.Index(fields=["formula", "-value", "-paper"], name="score_highest"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.value:.1f}"
