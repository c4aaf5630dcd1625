"""The record of a paper, as every source of papers gives it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.text.arxiv.author_strings import Author


class SourceFormat(models.TextChoices):
    """The format of a record; it decides how far the record is trusted.

    `arXivRaw` keeps the authors' TeX and every version with its exact time. `atom` has exact
    times and the number of the latest version. `arXiv` has days only, no version numbers, and
    has lost the TeX inside math.
    """

    ARXIV_RAW = "arXivRaw", _("OAI-PMH (arXivRaw)")
    ATOM = "atom", _("arXiv API (Atom)")
    ARXIV = "arXiv", _("OAI-PMH (arXiv)")


@dataclass(frozen=True, slots=True)
class VersionStamp:
    """One version of a paper: its number, when it was submitted (aware, UTC), its size in kB."""

    number: int
    submitted_at: datetime
    size_kb: int | None = None


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """One paper as a source describes it at one moment.

    Texts are clean (NFC, no control characters) and their TeX accents are Unicode; math is TeX.
    None means that the source does not say; an empty value means that there is none.
    """

    arxiv_id: str
    source_format: SourceFormat
    title: str
    abstract: str
    authors: tuple[Author, ...]
    categories: tuple[str, ...] | None
    versions: tuple[VersionStamp, ...]
    submitted_at: datetime
    revised_at: datetime
    licence_url: str | None = None
    comments: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    report_number: str | None = None
    datestamp: date | None = None

    @property
    def latest_version(self) -> int | None:
        """The number of the latest version, or None where the format does not say."""
        if self.source_format == SourceFormat.ARXIV:
            return None
        return max((stamp.number for stamp in self.versions), default=None)
