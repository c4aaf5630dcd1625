"""Papers, their versions and their changes: the only source of truth about a paper."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.papers.records import SourceFormat
from apps.text.arxiv.identifiers import ArxivId
from apps.text.arxiv.licences import Licence, licence_from_url


class PaperQuerySet(models.QuerySet["Paper"]):
    def changed_since(self, moment: datetime | None) -> Self:
        """Filter to papers changed at or after `moment` (aware); None keeps all."""
        return self if moment is None else self.filter(changed_at__gte=moment)

    def not_withdrawn(self) -> Self:
        """Filter to papers that are not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Paper(models.Model):
    """One arXiv paper at its latest version. Only `apps.papers.store` writes it."""

    arxiv_id = models.CharField(_("arXiv identifier"), max_length=32, unique=True)
    source_format = models.CharField(_("format"), max_length=8, choices=SourceFormat)
    latest_version = models.PositiveSmallIntegerField(_("latest version"), default=1)
    title = models.TextField(_("title"))
    abstract = models.TextField(_("abstract"))
    authors = models.JSONField(_("authors"), default=list)
    comments = models.TextField(_("comments"), blank=True)
    journal_ref = models.TextField(_("journal reference"), blank=True)
    doi = models.TextField(_("DOI"), blank=True)
    report_number = models.TextField(_("report number"), blank=True)
    licence_url = models.CharField(_("licence"), max_length=200, blank=True)
    primary_category = models.CharField(_("primary category"), max_length=32, blank=True)
    categories = ArrayField(
        models.CharField(max_length=32), verbose_name=_("categories"), default=list, blank=True
    )
    submitted_at = models.DateTimeField(_("first submitted"))
    revised_at = models.DateTimeField(_("latest version submitted"))
    datestamp = models.DateField(_("OAI datestamp"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    text_fingerprint = models.CharField(_("fingerprint of title and abstract"), max_length=32)
    record_fingerprint = models.CharField(_("fingerprint of the record"), max_length=32)
    harvested_at = models.DateTimeField(_("first harvested"))
    changed_at = models.DateTimeField(_("last changed"))

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-submitted_at", "-id"]
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="paper_submitted"),
            models.Index(fields=["changed_at", "id"], name="paper_changed"),
            GinIndex(fields=["categories"], name="paper_categories"),
        ]

    def __str__(self) -> str:
        return f"{self.arxiv_id} {self.title}"

    @property
    def version_is_known(self) -> bool:
        """Whether the source said which version is the latest."""
        return self.source_format != SourceFormat.ARXIV

    @property
    def identifier(self) -> ArxivId:
        """The identifier, with the latest version where that is known."""
        return ArxivId(self.arxiv_id, self.latest_version if self.version_is_known else None)

    @property
    def licence(self) -> Licence:
        """The licence of the paper's own text."""
        return licence_from_url(self.licence_url or None)

    @property
    def author_names(self) -> list[str]:
        """The authors' names in the order of the paper."""
        return [author["name"] for author in self.authors]

    @property
    def is_withdrawn(self) -> bool:
        """Whether the authors or arXiv have withdrawn the paper."""
        return self.withdrawn_at is not None


class PaperVersion(models.Model):
    """One version of a paper. It holds title and abstract only once a later version exists."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    submitted_at = models.DateTimeField(_("submitted"))
    size_kb = models.PositiveIntegerField(_("size in kB"), null=True, blank=True)
    title = models.TextField(_("title"), blank=True)
    abstract = models.TextField(_("abstract"), blank=True)

    class Meta:
        verbose_name = _("version of a paper")
        verbose_name_plural = _("versions of papers")
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="one_row_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} v{self.number}"


class ChangeKind(models.TextChoices):
    """The kind of a change that a harvest found."""

    NEW_VERSION = "new_version", _("new version")
    TITLE = "title", _("title replaced")
    ABSTRACT = "abstract", _("abstract replaced")
    AUTHORS = "authors", _("authors changed")
    CATEGORIES = "categories", _("categories changed")
    LICENCE = "licence", _("licence changed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RESTORED = "restored", _("no longer withdrawn")
    METADATA = "metadata", _("other metadata changed")


class PaperChange(models.Model):
    """One change that a harvest found. Rows are only appended."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("what"), max_length=16, choices=ChangeKind)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    seen_at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("change of a paper")
        verbose_name_plural = _("changes of papers")
        ordering = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.kind}"
