"""What a paper becomes when one more record about it arrives: the rules, without a database.

Records arrive in any order, from three formats, repeatedly. The rules make the end the same:

- None in a record means "not said" and keeps what is stored.
- A record of an earlier version, or of the same version with an earlier datestamp, is `older`: it
  only fills what is missing in the list of versions.
- arXivRaw is believed before atom, atom before arXiv. A record of a lesser format changes texts
  and authors only where they say something else, not where they are merely written otherwise.
- The `arXiv` format has lost the TeX inside math, has days in place of times and no version
  numbers. Beside a better record it is heard only when its datestamp is later, so that arXiv has
  touched the paper since; and it replaces text and authors only when the words differ. The
  paper's format is then `arXiv`: its latest version is unknown until a better record comes.
- An atom record has no datestamp and counts as current.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from apps.papers.records import PaperRecord, SourceFormat, VersionStamp
from apps.papers.store.withdrawals import is_withdrawal
from apps.text.arxiv.author_strings import Author

_TRUST = {SourceFormat.ARXIV: 0, SourceFormat.ATOM: 1, SourceFormat.ARXIV_RAW: 2}
_NOT_WORDS = re.compile(r"\\[A-Za-z]+|[^A-Za-z0-9\\]+|\\")


@dataclass(frozen=True, slots=True)
class PaperState:
    """The columns of a Paper that its records decide. `authors` is as in the database."""

    source_format: SourceFormat
    latest_version: int
    title: str
    abstract: str
    authors: list[dict[str, Any]]
    comments: str
    journal_ref: str
    doi: str
    report_number: str
    licence_url: str
    primary_category: str
    categories: list[str]
    submitted_at: datetime
    revised_at: datetime
    datestamp: date | None
    withdrawn_at: datetime | None

    @property
    def version_is_known(self) -> bool:
        """Whether `latest_version` is what a source said, not a remnant or a default."""
        return self.source_format != SourceFormat.ARXIV


@dataclass(frozen=True, slots=True)
class VersionState:
    """The columns of a PaperVersion; the text is that of a version that a later one replaced."""

    submitted_at: datetime
    size_kb: int | None = None
    title: str = ""
    abstract: str = ""


Versions = dict[int, VersionState]


def authors_as_json(authors: tuple[Author, ...]) -> list[dict[str, Any]]:
    """Return the authors as the database keeps them: one object with every field for each."""
    return [
        {
            "name": author.name,
            "keyname": author.keyname,
            "forenames": author.forenames,
            "suffix": author.suffix,
            "affiliations": list(author.affiliations),
        }
        for author in authors
    ]


def first_state(record: PaperRecord) -> PaperState:
    """Return the paper as the first record about it tells it."""
    categories = list(record.categories or ())
    comments = record.comments or ""
    withdrawn = is_withdrawal(record.abstract, comments)
    return PaperState(
        source_format=record.source_format,
        latest_version=record.latest_version or 1,
        title=record.title,
        abstract=record.abstract,
        authors=authors_as_json(record.authors),
        comments=comments,
        journal_ref=record.journal_ref or "",
        doi=record.doi or "",
        report_number=record.report_number or "",
        licence_url=record.licence_url or "",
        primary_category=categories[0] if categories else "",
        categories=categories,
        submitted_at=record.submitted_at,
        revised_at=record.revised_at,
        datestamp=record.datestamp,
        withdrawn_at=record.revised_at if withdrawn else None,
    )


def first_versions(record: PaperRecord) -> Versions:
    """Return the versions that the first record about a paper lists, by number."""
    return {
        stamp.number: VersionState(stamp.submitted_at, stamp.size_kb) for stamp in record.versions
    }


def have_same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, whether their accents, math and signs are TeX or Unicode.

    Letters of the Latin alphabet and digits are compared, in order, without TeX commands.
    """
    return one == other or _words(one) == _words(other)


def _words(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFD", text))


def is_older(stored: PaperState, record: PaperRecord) -> bool:
    """Whether the record describes an older state of the paper than the stored one.

    The stored number is a lower bound even where the latest version is not known. A record of the
    `arXiv` format that is not news beside a better one counts as older.
    """
    if record.latest_version is not None:
        if record.latest_version < stored.latest_version:
            return True
        if record.latest_version > stored.latest_version and stored.version_is_known:
            return False
    elif stored.version_is_known:
        if stored.datestamp is not None:
            return not _is_later(record.datestamp, stored.datestamp)
        return record.revised_at.date() < stored.revised_at.date()
    return _is_later(stored.datestamp, record.datestamp)


def _is_later(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one > other


def replaces_text(stored: PaperState, record: PaperRecord) -> bool:
    """Whether title, abstract and authors are taken from a current record.

    Always from a format believed as much as the stored one, or for a new version. Else only when
    the words differ; from the `arXiv` format, moreover, only with a later datestamp.
    """
    if _TRUST[record.source_format] >= _TRUST[stored.source_format]:
        return True
    if record.source_format == SourceFormat.ARXIV:
        if not _is_later(record.datestamp, stored.datestamp):
            return False
    elif (record.latest_version or 0) > stored.latest_version:
        return True
    return not (
        have_same_words(stored.title, record.title)
        and have_same_words(stored.abstract, record.abstract)
    )


def merge_record(stored: PaperState, record: PaperRecord) -> PaperState:
    """Return the paper after the record; equal to `stored` when the record says nothing new."""
    if is_older(stored, record):
        return stored
    exact = _TRUST[record.source_format] >= _TRUST[stored.source_format]
    after = replace(
        stored,
        comments=_taken(stored.comments, record.comments, exact),
        journal_ref=_taken(stored.journal_ref, record.journal_ref, exact),
        doi=_taken(stored.doi, record.doi, exact),
        report_number=_taken(stored.report_number, record.report_number, exact),
        licence_url=_taken(stored.licence_url, record.licence_url, exact=True),
        categories=_categories(stored.categories, record.categories),
        datestamp=max(filter(None, (stored.datestamp, record.datestamp)), default=None),
    )
    after = replace(after, primary_category=after.categories[0] if after.categories else "")
    if replaces_text(stored, record):
        after = _with_text(after, record)
    return replace(after, withdrawn_at=_withdrawn_at(stored, after))


def _taken(stored: str, said: str | None, exact: bool) -> str:
    if said is None or (not exact and have_same_words(stored, said)):
        return stored
    return said


def _categories(stored: list[str], said: tuple[str, ...] | None) -> list[str]:
    """The first is the primary one; the order of the others means nothing."""
    if said is None or (stored[:1] == list(said[:1]) and set(stored) == set(said)):
        return stored
    return list(said)


def _with_text(stored: PaperState, record: PaperRecord) -> PaperState:
    """Take over text, authors, times and format; only days from a format that has only days."""
    days_only = record.source_format == SourceFormat.ARXIV and stored.version_is_known
    return replace(
        stored,
        source_format=record.source_format,
        latest_version=record.latest_version or stored.latest_version,
        title=record.title,
        abstract=record.abstract,
        authors=_authors(stored.authors, record.authors),
        submitted_at=stored.submitted_at if days_only else record.submitted_at,
        revised_at=max(stored.revised_at, record.revised_at) if days_only else record.revised_at,
    )


def _authors(stored: list[dict[str, Any]], said: tuple[Author, ...]) -> list[dict[str, Any]]:
    """Keep affiliations that are known when the same names come without any."""
    new = authors_as_json(said)
    same_names = [author["name"] for author in stored] == [author["name"] for author in new]
    had_places = any(author["affiliations"] for author in stored)
    if same_names and had_places and not any(author["affiliations"] for author in new):
        return stored
    return new


def _withdrawn_at(before: PaperState, after: PaperState) -> datetime | None:
    if not is_withdrawal(after.abstract, after.comments):
        return None
    if before.withdrawn_at is not None and before.version_is_known:
        return before.withdrawn_at
    return after.revised_at


def merge_versions(
    versions: Versions, stored: PaperState, after: PaperState, record: PaperRecord
) -> Versions:
    """Return the versions of the paper after the record (`after` is what `merge_record` returned).

    No version is ever dropped. The text of a version that `after` replaced is archived; so is the
    text of a record of an older version, where none is kept yet. Times of arXivRaw correct those
    of other formats.
    """
    result = dict(versions)
    older = is_older(stored, record)
    for stamp in record.versions:
        result[stamp.number] = _version(result.get(stamp.number), stamp, record, older)
    number = record.latest_version
    is_earlier_version = number is not None and number < stored.latest_version
    if older and is_earlier_version and number in result and not result[number].title:
        result[number] = replace(result[number], title=record.title, abstract=record.abstract)
    text_changed = (stored.title, stored.abstract) != (after.title, after.abstract)
    is_replaced = after.latest_version > stored.latest_version or (
        text_changed and not after.version_is_known
    )
    replaced = result.get(stored.latest_version)
    if is_replaced and stored.version_is_known and replaced is not None:
        kept = replace(replaced, title=stored.title, abstract=stored.abstract)
        result[stored.latest_version] = kept
    latest = result.get(after.latest_version)
    if after.version_is_known and latest is not None and (latest.title or latest.abstract):
        result[after.latest_version] = replace(latest, title="", abstract="")
    return result


def _version(
    known: VersionState | None, stamp: VersionStamp, record: PaperRecord, older: bool
) -> VersionState:
    if known is None:
        return VersionState(stamp.submitted_at, stamp.size_kb)
    size = known.size_kb if stamp.size_kb is None or older else stamp.size_kb
    if record.source_format == SourceFormat.ARXIV_RAW and not older:
        return replace(known, submitted_at=stamp.submitted_at, size_kb=size)
    return replace(known, size_kb=size)
