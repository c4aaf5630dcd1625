"""The rules by which a record changes a paper, without a database.

Records arrive in any order, from three formats, repeatedly; the result is always the same:

- None in a record means "not said" and keeps the stored value.
- A record of an earlier version, or of the same version with an earlier datestamp, is older: it
  only fills gaps in the list of versions.
- arXivRaw is trusted before atom, atom before arXiv. A record of a less trusted format changes
  texts and authors only if their words differ, not only their notation.
- The `arXiv` format has lost the TeX inside math and has neither times nor version numbers. After
  a record of another format it counts only with a later datestamp, and it replaces text and authors
  only when the words differ. The latest version of the paper is then unknown until a record of
  another format comes.
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
    """The columns of a Paper that come from its records. `authors` is as in the database."""

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
        """Whether `latest_version` comes from a source, not from an older record or a default."""
        return self.source_format != SourceFormat.ARXIV


@dataclass(frozen=True, slots=True)
class VersionState:
    """The columns of a PaperVersion; the texts are set once a later version exists."""

    submitted_at: datetime
    size_kb: int | None = None
    title: str = ""
    abstract: str = ""


Versions = dict[int, VersionState]


def authors_as_json(authors: tuple[Author, ...]) -> list[dict[str, Any]]:
    """Return authors in the form of the database.

    Args:
        authors: The authors in their order.

    Returns:
        One object for each, with all fields.
    """
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
    """Return the state of a paper from its first record."""
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
    """Return the versions in the first record of a paper, by number."""
    return {
        stamp.number: VersionState(stamp.submitted_at, stamp.size_kb) for stamp in record.versions
    }


def have_same_words(one: str, other: str) -> bool:
    """Whether two texts have the same Latin letters and digits, in order, without TeX commands.

    Accents, math and signs may be TeX in one text and Unicode in the other.
    """
    return one == other or _words(one) == _words(other)


def _words(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFD", text))


def is_older(stored: PaperState, record: PaperRecord) -> bool:
    """Whether the record describes an older state of the paper than the stored one.

    The stored number is a lower bound even where the latest version is not known. A record of the
    `arXiv` format counts as older unless it is newer than the stored state.
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

    Always from a format trusted at least as much as the stored one, or for a new version; else only
    when the words differ, and from the `arXiv` format only with a later datestamp.
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
    """Return the state after the record; equal to `stored` when nothing changed."""
    if is_older(stored, record):
        return stored
    exact = _TRUST[record.source_format] >= _TRUST[stored.source_format]
    after = replace(
        stored,
        comments=_updated(stored.comments, record.comments, exact),
        journal_ref=_updated(stored.journal_ref, record.journal_ref, exact),
        doi=_updated(stored.doi, record.doi, exact),
        report_number=_updated(stored.report_number, record.report_number, exact),
        licence_url=_updated(stored.licence_url, record.licence_url, exact=True),
        categories=_categories(stored.categories, record.categories),
        datestamp=max(filter(None, (stored.datestamp, record.datestamp)), default=None),
    )
    after = replace(after, primary_category=after.categories[0] if after.categories else "")
    if replaces_text(stored, record):
        after = _with_text(after, record)
    return replace(after, withdrawn_at=_withdrawn_at(stored, after))


def _updated(stored: str, reported: str | None, exact: bool) -> str:
    if reported is None or (not exact and have_same_words(stored, reported)):
        return stored
    return reported


def _categories(stored: list[str], reported: tuple[str, ...] | None) -> list[str]:
    """Return the reported categories unless only the order after the primary one differs."""
    if reported is None or (stored[:1] == list(reported[:1]) and set(stored) == set(reported)):
        return stored
    return list(reported)


def _with_text(stored: PaperState, record: PaperRecord) -> PaperState:
    """Take text, authors, format and times from the record, but no days in place of known times."""
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


def _authors(stored: list[dict[str, Any]], reported: tuple[Author, ...]) -> list[dict[str, Any]]:
    """Keep the stored affiliations when the same names come without any."""
    new = authors_as_json(reported)
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
    """Return the versions after the record; `after` is the result of `merge_record`.

    No version is removed. The text of a version that `after` replaced is kept; so is the text of a
    record of an older version without a stored text. Times of arXivRaw correct those of other
    formats.
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
