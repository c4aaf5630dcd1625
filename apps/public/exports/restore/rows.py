"""Convert rows of exports for the services that restore them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from apps.papers.records import PaperRecord, SourceFormat, VersionStamp
from apps.papers.store.merge import PaperState, VersionState, authors_as_json
from apps.papers.store.restore import ExportedPaper
from apps.public.exports.restore.reader import Line
from apps.public.exports.schema import DELETED, PAPER, TRANSLATION, Column, problem_in
from apps.text.arxiv.author_strings import Author
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.translation.interchange.snapshots import SentenceSnapshot, TranslationSnapshot

_NOT_SAID = frozenset({SourceFormat.ATOM, SourceFormat.ARXIV})
"""Formats in which an empty field may mean that the source did not state it."""

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Deletion:
    """A translation that another site took down, and when."""

    arxiv_id: str
    language: str
    deleted_at: datetime


def paper_in(line: Line) -> ExportedPaper:
    """Return the paper in a line. Raises BadExport if the row is invalid."""
    return _known(line, PAPER, _paper)


def translation_in(line: Line) -> TranslationSnapshot:
    """Return the translation in a line. Raises BadExport if the row is invalid."""
    return _known(line, TRANSLATION, _translation)


def deletion_in(line: Line) -> Deletion:
    """Return the deleted record in a line. Raises BadExport if the row is invalid."""
    return _known(line, DELETED, _deletion)


def _known(
    line: Line, columns: tuple[Column, ...], read: Callable[[dict[str, Any]], Known]
) -> Known:
    problem = problem_in(line.row, columns)
    if problem:
        raise line.bad(f"{problem}.")
    try:
        return read(line.row)
    except (ValueError, InvalidArxivId) as error:
        raise line.bad(f"{error}.") from error


def _deletion(row: dict[str, Any]) -> Deletion:
    return Deletion(_identifier(row), row["language"], _moment(row["deleted_at"]))


def _moment(text: str) -> datetime:
    """Return a time. Raises ValueError if it has no offset from UTC."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no offset from UTC")
    return found


def _paper(row: dict[str, Any]) -> ExportedPaper:
    source_format = SourceFormat(row["source_format"])
    datestamp = None if row["datestamp"] is None else date.fromisoformat(row["datestamp"])
    submitted_at, revised_at = _moment(row["submitted_at"]), _moment(row["revised_at"])
    authors = tuple(map(_author, row["authors"]))
    state = PaperState(
        source_format=source_format,
        latest_version=row["latest_version"],
        title=row["title"],
        abstract=row["abstract"],
        authors=authors_as_json(authors),
        comments=row["comments"],
        journal_ref=row["journal_ref"],
        doi=row["doi"],
        report_number=row["report_number"],
        licence_url=row["licence_url"],
        primary_category=row["primary_category"],
        categories=row["categories"],
        submitted_at=submitted_at,
        revised_at=revised_at,
        datestamp=datestamp,
        withdrawn_at=_moment_or_none(row["withdrawn_at"]),
    )
    versions = {
        each["number"]: VersionState(
            _moment(each["submitted_at"]), each["size_kb"], each["title"], each["abstract"]
        )
        for each in row["versions"]
    }
    record = _record(_identifier(row), state, authors, versions)
    return ExportedPaper(record, state, versions)


def _record(
    arxiv_id: str,
    state: PaperState,
    authors: tuple[Author, ...],
    versions: dict[int, VersionState],
) -> PaperRecord:
    """Return what a harvest would have said at last, so that known papers are merged by it."""

    def said(text: str) -> str | None:
        return None if not text and state.source_format in _NOT_SAID else text

    return PaperRecord(
        arxiv_id=arxiv_id,
        source_format=state.source_format,
        title=state.title,
        abstract=state.abstract,
        authors=authors,
        categories=tuple(state.categories),
        versions=tuple(
            VersionStamp(number, version.submitted_at, version.size_kb)
            for number, version in sorted(versions.items())
        ),
        submitted_at=state.submitted_at,
        revised_at=state.revised_at,
        licence_url=said(state.licence_url),
        comments=said(state.comments),
        journal_ref=said(state.journal_ref),
        doi=said(state.doi),
        report_number=said(state.report_number),
        datestamp=state.datestamp,
    )


def _author(author: dict[str, Any]) -> Author:
    return Author(
        name=author["name"],
        keyname=author.get("keyname", ""),
        forenames=author.get("forenames", ""),
        suffix=author.get("suffix", ""),
        affiliations=tuple(author.get("affiliations", ())),
    )


def _translation(row: dict[str, Any]) -> TranslationSnapshot:
    return TranslationSnapshot(
        arxiv_id=_identifier(row),
        language=row["language"],
        version=row["version"],
        source_fingerprint=row["source_fingerprint"],
        status=row["status"],
        title=row["title"],
        abstract=row["abstract"],
        summary=row["summary"],
        summary_origin=row["summary_origin"],
        summary_positions=row["summary_positions"],
        published_at=_moment_or_none(row["published_at"]),
        updated_at=_moment(row["updated_at"]),
        sentences=tuple(map(_sentence, row["segments"])),
    )


def _sentence(row: dict[str, Any]) -> SentenceSnapshot:
    if not row["text"]:
        raise ValueError(f"the sentence {row['field']} {row['position']} has no text")
    return SentenceSnapshot(
        field=row["field"],
        position=row["position"],
        paragraph=row["paragraph"],
        source=row["source"],
        text=row["text"],
        origin=row["origin"],
        engine=row["engine"],
        engine_version=row["engine_version"],
        fixes=row["fixes"],
        translated_at=_moment_or_none(row["translated_at"]),
        approved_at=_moment_or_none(row["approved_at"]),
    )


def _identifier(row: dict[str, Any]) -> str:
    identifier = ArxivId.parse(row["arxiv_id"])
    if str(identifier) != row["arxiv_id"] or identifier.version is not None:
        raise ValueError(f"{row['arxiv_id']!r} is not an identifier without version")
    return str(identifier)


def _moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else _moment(text)
