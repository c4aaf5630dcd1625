"""The review queue: one row for each translation that may need a person."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core.keyset import NUMBER, WHOLE, Ordering
from apps.review.models.claims import Claim
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus

RISKIEST_FIRST = Ordering(
    "-priority", (("priority", NUMBER), ("translation_id", WHOLE)), separator="_"
)


class QueueEntryQuerySet(models.QuerySet["QueueEntry"]):
    def riskiest_first(self) -> Self:
        """Sort in the order of the queue."""
        return RISKIEST_FIRST.sorted(self)

    def free_for(self, editor: User, now: datetime) -> Self:
        """Entries that no other editor has claimed."""
        running = Claim.objects.filter(expires_at__gt=now).exclude(editor=editor)
        return self.exclude(pk__in=running.values("translation"))


class QueueEntry(models.Model):
    """A translation in the queue. Only `apps.review.queue.index` writes it.

    `priority` stays valid as time passes (see `apps.review.queue.priority`). `others` has the names
    of checks without a blocking finding.
    """

    translation = models.OneToOneField(
        Translation, on_delete=models.CASCADE, primary_key=True, related_name="queue_entry"
    )
    language = models.CharField(_("language"), max_length=12)
    category = models.CharField(_("primary category"), max_length=32, blank=True)
    categories = ArrayField(models.CharField(max_length=32), verbose_name=_("categories"))
    day = models.DateField(_("day of submission"))
    status = models.CharField(_("status"), max_length=12, choices=TranslationStatus)
    blocking = ArrayField(models.CharField(max_length=40), verbose_name=_("blocking findings"))
    others = ArrayField(models.CharField(max_length=40), verbose_name=_("other findings"))
    blocking_count = models.PositiveIntegerField(_("number of blocking findings"))
    other_count = models.PositiveIntegerField(_("number of other findings"))
    engines = ArrayField(models.CharField(max_length=32), verbose_name=_("engines"))
    is_stale = models.BooleanField(_("the paper's text has changed"))
    open_suggestions = models.PositiveIntegerField(_("readers' open corrections"), default=0)
    score = models.FloatField(_("score"), null=True)
    scored_at = models.DateTimeField(_("scored"), null=True)
    priority = models.FloatField(_("priority"))
    translation_updated_at = models.DateTimeField(_("state of the translation"))
    paper_changed_at = models.DateTimeField(_("state of the paper"))

    objects = QueueEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation to review")
        verbose_name_plural = _("review queue")
        ordering = ["-priority", "-translation_id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["-priority", "-translation"], name="queue_order"),
            models.Index(fields=["day"], name="queue_day"),
            models.Index(
                fields=["translation"], condition=Q(scored_at__isnull=True), name="queue_unscored"
            ),
        ]

    def __str__(self) -> str:
        return str(self.translation_id)


class QueueTitle(models.Model):
    """The search words of an entry: both titles and the arXiv identifier.

    A table of its own keeps entries small, because counting reads many thousands of them.
    """

    entry = models.OneToOneField(
        QueueEntry, on_delete=models.CASCADE, primary_key=True, related_name="title_words"
    )
    words = SearchVectorField(_("words"))

    class Meta:
        verbose_name = _("words of a title")
        verbose_name_plural = _("words of titles")
        default_permissions = ()
        indexes = [GinIndex(fields=["words"], name="queue_title_words", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.entry_id)


class SavedFilter(models.Model):
    """A filter of the queue that an editor has saved. Other editors do not see it."""

    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("query"), max_length=1000, blank=True)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["editor", "name"], name="one_saved_filter_per_name")
        ]

    def __str__(self) -> str:
        return self.name
