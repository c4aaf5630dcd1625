"""The number of papers of each day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListedDay(models.Model):
    """The number of listed translations of a day of submission, in all ("") or in a category.

    Publishing and taking down update it, so that pages need not count.
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
