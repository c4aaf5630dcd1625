"""Where a score stands among those of its day and category: kept, so that no page counts."""

from datetime import UTC, date, datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


def day_of(moment: datetime) -> date:
    """Return the UTC day of a moment, as pages of days have it."""
    return moment.astimezone(UTC).date()


class ScoreRank(models.Model):
    """The place of a score among the readable papers of its day and primary category.

    Equal scores share a place. Rows are written by `apps.discovery.scoring.rank` and no one else.
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
        """Up to `limit` groups that no other worker holds, latest day first; locked."""
        return self.order_by("-day", "category").select_for_update(skip_locked=True)[:limit]


class DueRank(models.Model):
    """A day and category whose ranks have to be worked out again.

    Written in the transaction that changed a score or what readers may see, so that no change is
    missed; taken away by the sweep that ranks the group.
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
