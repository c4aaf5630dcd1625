"""The stored ranks of scores within day and category."""

from datetime import UTC, date, datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


def day_of(moment: datetime) -> date:
    """Return the UTC day of a moment, as pages of days have it."""
    return moment.astimezone(UTC).date()


class ScoreRank(models.Model):
    """The place of a score among the published papers of its day and primary category.

    Equal scores share a place. Written only by `apps.discovery.scoring.rank`.
    """

    score = models.OneToOneField(
        "discovery.Score", on_delete=models.CASCADE, primary_key=True, related_name="rank"
    )
    day = models.DateField(_("day of submission"))
    category = models.CharField(_("primary category"), max_length=32, blank=True)
    place = models.PositiveIntegerField(_("place"))
    papers = models.PositiveIntegerField(_("of so many papers"))
    ranked_at = models.DateTimeField(_("ranked"))

    class Meta:
        verbose_name = _("rank of a score")
        verbose_name_plural = _("ranks of scores")
        indexes = [models.Index(fields=["day", "category", "place"], name="ranks_of_group")]

    def __str__(self) -> str:
        return f"{self.place}/{self.papers} {self.category} {self.day}"


class DueRankQuerySet(models.QuerySet["DueRank"]):
    """Groups to be ranked."""

    def take(self, limit: int) -> Self:
        """Lock and return up to `limit` groups that no other worker holds, latest day first."""
        return self.order_by("-day", "category").select_for_update(skip_locked=True)[:limit]


class DueRank(models.Model):
    """A day and category to be ranked.

    Written in the transaction that changes a score or a publication, so that no change is missed;
    deleted by the sweep that ranks the group.
    """

    day = models.DateField(_("day of submission"))
    category = models.CharField(_("primary category"), max_length=32, blank=True)
    since = models.DateTimeField(_("since"))

    objects = DueRankQuerySet.as_manager()

    class Meta:
        verbose_name = _("day and category to be ranked")
        verbose_name_plural = _("days and categories to be ranked")
        constraints = [models.UniqueConstraint(fields=["day", "category"], name="one_due_rank")]

    def __str__(self) -> str:
        return f"{self.day} {self.category}"
