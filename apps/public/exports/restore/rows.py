"""Convert rows of exports for the services that restore them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
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

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Deletion:
    """A translation that another site took down, and when."""

    arxiv_id: str
    language: str
    deleted_at: datetime


def paper_in(line: Line) -> ExportedPaper:
    """Return the paper in a line. Raises BadExport if the row is invalid."""
    return _parse(line, PAPER, _paper)


def translation_in(line: Line) -> TranslationSnapshot:
    """Return the translation in a line. Raises BadExport if the row is invalid."""
    return _parse(line, TRANSLATION, _translation)


def deletion_in(line: Line) -> Deletion:
    """Return the deleted record in a line. Raises BadExport if the row is invalid."""
    return _parse(line, DELETED, _deletion)


def _parse(line: Line, columns: tuple[Column, ...], read: Callable[[dict[str, Any]], Row]) -> Row:
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


def _build(cls: type[Row], row: dict[str, Any], **converted: Any) -> Row:
    """Return a dataclass with the values of a row, apart from those that were converted."""
    names = {field.name for field in fields(cls)} - set(converted)  # type: ignore[arg-type]
    return cls(**{name: row[name] for name in names}, **converted)


def _paper(row: dict[str, Any]) -> ExportedPaper:
    authors = tuple(map(_author, row["authors"]))
    state = _build(
        PaperState,
        row,
        source_format=SourceFormat(row["source_format"]),
        datestamp=None if row["datestamp"] is None else date.fromisoformat(row["datestamp"]),
        submitted_at=_moment(row["submitted_at"]),
        revised_at=_moment(row["revised_at"]),
        authors=authors_as_json(authors),
        withdrawn_at=_moment_or_none(row["withdrawn_at"]),
    )
    versions = {
        each["number"]: _build(VersionState, each, submitted_at=_moment(each["submitted_at"]))
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
    """Return the paper as a harvest would state it, so that it is merged as one."""

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
    return _build(
        TranslationSnapshot,
        row,
        arxiv_id=_identifier(row),
        published_at=_moment_or_none(row["published_at"]),
        updated_at=_moment(row["updated_at"]),
        sentences=tuple(map(_sentence, row["segments"])),
    )


def _sentence(row: dict[str, Any]) -> SentenceSnapshot:
    if not row["text"]:
        raise ValueError(f"the sentence {row['field']} {row['position']} has no text")
    return _build(
        SentenceSnapshot,
        row,
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
