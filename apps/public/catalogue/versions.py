"""One version of a paper as readers may see it: its own English text, and a public translation.

Only a translation that is public now is shown, as everywhere: `Translation.objects.published()` is
the one door. A superseded one stays behind it: its status does not say whether it was ever public
or had been taken down before, and no editor answers for it any more. So a version has a
translation here in two cases: the public one is of that earlier version and still waits for its
successor, or the text has not changed since.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    """A version as far as it is known: texts are empty where no harvest has seen them."""

    number: int
    submitted_at: datetime | None
    size_kb: int | None
    title: str
    abstract: str

    @property
    def has_text(self) -> bool:
        """Whether this site knows what the version said."""
        return bool(self.title)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions whose texts are known, the earlier first."""

    before: VersionText
    after: VersionText

    @property
    def is_same(self) -> bool:
        """Whether title and abstract are the same in both."""
        return not (self.changed_title or self.changed_abstract)

    @property
    def changed_title(self) -> bool:
        """Whether the title is another one."""
        return self.before.title != self.after.title

    @property
    def changed_abstract(self) -> bool:
        """Whether the abstract is another one."""
        return self.before.abstract != self.after.abstract


@dataclass(frozen=True)
class VersionRecord:
    """One version of a paper that has a public translation, of this version or of another.

    translation: the paper's public one. record: that translation, sentence by sentence, where it
    is of this version's text; else None. versions: all that are known, by number.
    """

    identifier: ArxivId
    translation: Translation
    shown: VersionText
    record: PublishedPaper | None
    versions: list[VersionText]

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self.translation.paper

    @property
    def is_latest(self) -> bool:
        """Whether it is the version that the paper's record describes."""
        return self.paper.version_is_known and self.shown.number == self.paper.latest_version

    @property
    def newest(self) -> ArxivId:
        """What names the newest version's page: the paper, unless that shows an earlier one."""
        if self.is_latest or not self.translation.is_stale:
            return self.identifier.unversioned
        return self.paper.identifier

    @property
    def is_the_papers_page(self) -> bool:
        """Whether the page of the paper shows just this version."""
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
        """This version next to the one before it and to the newest, as far as texts are known."""
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
    """Return a version of a paper that is public in `language`; None where nobody knows of it.

    `identifier` names a version. Three queries at most.
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
    """Return the versions of a paper that are known, by number. One query."""
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
    """Whether a translation is of a version's text, or of that very version."""
    if translation.version == version.number:
        return True
    fingerprint = text_fingerprint(version.title, version.abstract)
    return version.has_text and fingerprint == translation.source_fingerprint


def _with_text_of(version: VersionText, segments: list[Segment]) -> VersionText:
    """Return the version with the text that its translation was made from."""
    title = [item.source for item in segments if item.field == SegmentField.TITLE]
    abstract = [item.source for item in segments if item.field == SegmentField.ABSTRACT]
    return VersionText(
        version.number,
        version.submitted_at,
        version.size_kb,
        " ".join(title),
        " ".join(abstract),
    )
