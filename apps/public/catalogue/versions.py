"""One version of a paper: its own text, and the public translation if that is of this text.

Only translations that are public now are shown. A superseded one is not: its status does not say
whether it was ever public or was taken down. So a version has a translation if the public one is
still of that version, or if the text has not changed since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from apps.papers.models import Paper, PaperVersion
from apps.papers.store.fingerprints import text_fingerprint
from apps.public.catalogue.papers import published_translations
from apps.public.catalogue.published_paper import Part, PublishedPaper, load_papers
from apps.text.arxiv.identifiers import ArxivId
from apps.text.sentences.splitter import split_sentences
from apps.translation.models import Segment, SegmentField, Translation


@dataclass(frozen=True, slots=True)
class VersionText:
    """A version of a paper; the texts are empty if it was never harvested."""

    number: int
    submitted_at: datetime | None
    size_kb: int | None
    title: str
    abstract: str

    @property
    def has_text(self) -> bool:
        return bool(self.title)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions with known texts, the earlier first."""

    before: VersionText
    after: VersionText

    @property
    def is_same(self) -> bool:
        return not (self.changed_title or self.changed_abstract)

    @property
    def changed_title(self) -> bool:
        return self.before.title != self.after.title

    @property
    def changed_abstract(self) -> bool:
        return self.before.abstract != self.after.abstract


@dataclass(frozen=True)
class VersionRecord:
    """One version of a paper with a public translation, of this version or of another.

    record: the translation with its sentences if it is of this version's text, else None.
    versions: all known versions, by number.
    """

    identifier: ArxivId
    translation: Translation
    shown: VersionText
    record: PublishedPaper | None
    versions: list[VersionText]

    @property
    def paper(self) -> Paper:
        return self.translation.paper

    @property
    def is_latest(self) -> bool:
        """Whether it is the version that the paper's record describes."""
        return self.paper.version_is_known and self.shown.number == self.paper.latest_version

    @property
    def newest(self) -> ArxivId:
        """The identifier of the newest version's page."""
        if self.is_latest or not self.translation.is_stale:
            return self.identifier.unversioned
        return self.paper.identifier

    @property
    def is_the_papers_page(self) -> bool:
        """Whether the page of the paper already shows this version."""
        return self.is_latest and self.record is not None

    @cached_property
    def paragraphs(self) -> list[str]:
        """The English abstract by paragraph."""
        paragraphs: dict[int, list[str]] = {}
        for sentence in split_sentences(self.shown.abstract):
            paragraphs.setdefault(sentence.paragraph, []).append(sentence.text)
        return [" ".join(sentences) for sentences in paragraphs.values()]

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """This version compared with the one before it and with the newest known one."""
        if not self.shown.has_text:
            return []
        known = [version for version in self.versions if version.has_text]
        earlier = [version for version in known if version.number < self.shown.number]
        later = [version for version in known if version.number > self.shown.number]
        return [
            *(Comparison(version, self.shown) for version in earlier[-1:]),
            *(Comparison(self.shown, version) for version in later[-1:]),
        ]


def version_of(identifier: ArxivId, language: str) -> VersionRecord | None:
    """Return a version of a published paper, or None if it is not known. Three queries at most.

    Args:
        identifier: With a version.
        language: The language of the translation.
    """
    number = identifier.version
    translation = published_translations([identifier.base], language).first()
    if number is None or translation is None:
        return None
    versions = versions_of(translation.paper)
    shown = versions.get(number)
    if shown is None:
        return None
    record = None
    if _is_of(translation, shown):
        (record,) = load_papers([translation], {Part.SEGMENTS, Part.CREDITS})
        if not shown.has_text:
            shown = versions[number] = _with_text_of(shown, record.segments)
    return VersionRecord(
        identifier, translation, shown, record, [versions[each] for each in sorted(versions)]
    )


def versions_of(paper: Paper) -> dict[int, VersionText]:
    """Return the known versions of a paper, by number. One query."""
    found = {
        row.number: VersionText(row.number, row.submitted_at, row.size_kb, row.title, row.abstract)
        for row in PaperVersion.objects.filter(paper=paper)
    }
    if paper.version_is_known:
        row = found.get(paper.latest_version)
        found[paper.latest_version] = VersionText(
            paper.latest_version,
            row.submitted_at if row else paper.revised_at,
            row.size_kb if row else None,
            paper.title,
            paper.abstract,
        )
    return found


def _is_of(translation: Translation, version: VersionText) -> bool:
    """Return whether a translation is of this version or of the same text."""
    if translation.version == version.number:
        return True
    fingerprint = text_fingerprint(version.title, version.abstract)
    return version.has_text and fingerprint == translation.source_fingerprint


def _with_text_of(version: VersionText, segments: list[Segment]) -> VersionText:
    """Return the version with the source text of its translation."""
    title = [item.source for item in segments if item.field == SegmentField.TITLE]
    abstract = [item.source for item in segments if item.field == SegmentField.ABSTRACT]
    return replace(version, title=" ".join(title), abstract=" ".join(abstract))
