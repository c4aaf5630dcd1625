"""The author index: the papers of each folded author name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper
from apps.text.arxiv.author_key import LONGEST_KEY


class AuthorPaperQuerySet(models.QuerySet["AuthorPaper"]):
    """Papers by author."""

    def by(self, author_key: str) -> Self:
        """Select the papers of one author."""
        return self.filter(author_key=author_key)


class AuthorPaper(models.Model):
    """One author of one paper. Written only by `apps.discovery.author_index`.

    `submitted_at` repeats the paper's, so that one index gives the newest papers of an author. A
    name that occurs twice in a paper has one row. Three million papers have thirteen million rows.
    """

    pk = models.CompositePrimaryKey("paper_id", "author_key")
    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="author_keys", db_index=False
    )
    submitted_at = models.DateTimeField(_("first submitted"))
    position = models.PositiveSmallIntegerField(_("place in the author list, from 0"))
    author_key = models.CharField(_("author"), max_length=LONGEST_KEY)

    objects = AuthorPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of an author")
        verbose_name_plural = _("papers of authors")
        indexes = [
            models.Index(fields=["author_key", "-submitted_at", "-paper"], name="papers_of_author"),
            # In byte order, so that a prefix search works in any collation.
            models.Index(Collate("author_key", "C"), name="author_names"),
        ]

    def __str__(self) -> str:
        return f"{self.author_key}: {self.paper_id}"


class IndexedPaperQuerySet(models.QuerySet["IndexedPaper"]):
    """Papers whose authors are in the index."""

    def of(self, paper_keys: Iterable[int]) -> Self:
        """Select those of these papers."""
        return self.filter(paper__in=list(paper_keys))


class IndexedPaper(models.Model):
    """The state of a paper's record from which its authors were indexed."""

    paper = models.OneToOneField(
        Paper, on_delete=models.CASCADE, primary_key=True, related_name="indexed_authors"
    )
    record_fingerprint = models.CharField(_("fingerprint of the record"), max_length=32)

    objects = IndexedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper with indexed authors")
        verbose_name_plural = _("papers with indexed authors")

    def __str__(self) -> str:
        return f"{self.paper_id}"
