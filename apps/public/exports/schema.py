"""The columns of papers and translations, as JSON Schema and as Parquet schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

TEXT, INTEGER, MOMENT, DAY = "text", "integer", "moment", "day"
_ARROW = {
    TEXT: pa.string(),
    INTEGER: pa.int32(),
    MOMENT: pa.timestamp("us", tz="UTC"),
    DAY: pa.date32(),
}
_JSON: dict[str, dict[str, Any]] = {
    TEXT: {"type": "string"},
    INTEGER: {"type": "integer"},
    MOMENT: {"type": "string", "format": "date-time"},
    DAY: {"type": "string", "format": "date"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    kind: TEXT, INTEGER, MOMENT or DAY; of a list, that of its items. parts: the columns of objects.
    may_be_missing: a missing value equals an empty one. is_repeated: many rows have the same value,
    which Parquet then stores once.
    """

    name: str
    kind: str
    meaning: str
    is_list: bool = False
    may_be_null: bool = False
    may_be_missing: bool = False
    is_repeated: bool = False
    parts: tuple[Column, ...] = ()
    one_of: tuple[str, ...] = ()


def _text(name: str, meaning: str, *one_of: str) -> Column:
    return Column(name, TEXT, meaning, one_of=one_of, is_repeated=bool(one_of))


def _repeated(name: str, meaning: str) -> Column:
    return Column(name, TEXT, meaning, is_repeated=True)


def _moment(name: str, meaning: str, *, may_be_null: bool = False) -> Column:
    return Column(name, MOMENT, meaning, may_be_null=may_be_null)


AUTHOR = (
    _text("name", "The whole name in reading order."),
    Column("keyname", TEXT, "What to sort by, particles included.", may_be_missing=True),
    Column("forenames", TEXT, "Forenames or initials.", may_be_missing=True),
    Column("suffix", TEXT, "Jr, III and the like.", may_be_missing=True),
    Column("affiliations", TEXT, "In the paper's words.", is_list=True),
)
VERSION = (
    Column("number", INTEGER, "1 for v1."),
    _moment("submitted_at", "When it was submitted."),
    Column("size_kb", INTEGER, "As arXiv says.", may_be_null=True),
    _text("title", "Kept where a later version replaced it and it was harvested; else empty."),
    _text("abstract", "Likewise."),
)
PAPER = (
    _text("record", "What the row is.", "paper"),
    _text("arxiv_id", "Without version: 2502.21321, hep-th/9901001."),
    _text(
        "source_format",
        "How much the source said: arXiv has no version numbers and days for times.",
        "arXivRaw",
        "atom",
        "arXiv",
    ),
    Column("latest_version", INTEGER, "Its number; known unless source_format is arXiv."),
    _text("title", "Of the latest version; math is TeX."),
    _text("abstract", "Of the latest version; math is TeX."),
    Column("authors", TEXT, "In the order of the paper.", is_list=True, parts=AUTHOR),
    _text("comments", "The authors' comments."),
    _text("journal_ref", "Where it was published."),
    _text("doi", "One or several, with spaces between."),
    _text("report_number", "The institution's."),
    _repeated("licence_url", "The licence of the paper's own text, which is not in here."),
    _repeated("primary_category", "Empty where the source did not say."),
    Column("categories", TEXT, "All, the primary one first.", is_list=True, is_repeated=True),
    _moment("submitted_at", "When version 1 was submitted."),
    _moment("revised_at", "When the latest version was submitted."),
    Column("datestamp", DAY, "When arXiv last touched the record.", may_be_null=True),
    _moment("withdrawn_at", "When it was withdrawn, if it was.", may_be_null=True),
    Column("versions", TEXT, "Those that are known.", is_list=True, parts=VERSION),
)
SEGMENT = (
    _text("field", "The part of the paper.", "title", "abstract"),
    Column("position", INTEGER, "Of the sentence in its part, from 0."),
    Column("paragraph", INTEGER, "Of the sentence in its part, from 0."),
    _text("source", "The sentence of the paper."),
    _text("text", "Its translation."),
    _text("origin", "Who or what made the translation.", "machine", "memory", "person"),
    _repeated("engine", "The machine, where one made it or made what was corrected."),
    _repeated("engine_version", "The model, an @, and a digest of what affects its text."),
    Column("fixes", TEXT, "Corrections of the machine's text.", is_list=True),
    _repeated("licence", "SPDX identifier, or the words that an import came with."),
    _moment("translated_at", "When the text was made.", may_be_null=True),
    _moment("approved_at", "When a person approved it, if one has.", may_be_null=True),
)
TRANSLATION = (
    _text("record", "What the row is.", "translation"),
    _text("arxiv_id", "The paper, without version."),
    _repeated("language", "The language of the translation."),
    Column("version", INTEGER, "The paper's version when it was translated."),
    _text("status", "reviewed: an editor answers for it.", "published", "reviewed"),
    Column(
        "badges",
        TEXT,
        "What to know before believing it: withdrawn (the paper), stale (of an earlier version), "
        "and reviewed, machine, memory or unreviewed.",
        is_list=True,
        is_repeated=True,
        one_of=("withdrawn", "stale", "reviewed", "machine", "memory", "unreviewed"),
    ),
    _text("title", "Translated."),
    _text("abstract", "Translated; a line for each paragraph."),
    _text("summary", "In the language of the translation."),
    _text("summary_origin", "How it was made.", "", "extracted", "model", "person"),
    Column(
        "summary_positions", INTEGER, "The sentences it was picked from, if it was.", is_list=True
    ),
    _text("source_fingerprint", "Which title and abstract were translated: BLAKE2b."),
    _moment("published_at", "When it was first public.", may_be_null=True),
    _moment("updated_at", "When it last changed."),
    Column("licences", TEXT, "Of its sentences, each once.", is_list=True, is_repeated=True),
    Column("segments", TEXT, "Its sentences with provenance.", is_list=True, parts=SEGMENT),
)
DELETED = (
    _text("record", "What the row is.", "deleted"),
    _text("arxiv_id", "The paper."),
    _repeated("language", "The language."),
    _moment("deleted_at", "When its translation ceased to be public."),
)
ROWS = {"papers": (PAPER,), "translations": (TRANSLATION, DELETED)}
"""The rows of the parts of each kind, besides the header line of a JSONL file."""


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a line of a part: "papers" or "translations"."""
    about = {
        "type": "object",
        "description": "The first line: what the file is, and its notices.",
        "properties": {"record": {"const": "about"}},
        "required": ["record", "format", "format_version", "part", "notices"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind,
        "oneOf": [about, *map(_object, ROWS[kind])],
    }


def problem_in(row: dict[str, Any], columns: tuple[Column, ...], above: str = "") -> str:
    """Return what is wrong with a row of these columns; empty if it is valid."""
    for column in columns:
        name, value = f"{above}{column.name}", row.get(column.name)
        if column.name not in row:
            if column.may_be_missing:
                continue
            return f"{name} is missing"
        if value is None and column.may_be_null:
            continue
        if column.is_list and not isinstance(value, list):
            return f"{name} must be a list"
        for each in value if isinstance(value, list) and column.is_list else [value]:
            problem = _problem_of(each, column, name)
            if problem:
                return problem
    return ""


def _problem_of(value: object, column: Column, name: str) -> str:
    if column.parts:
        if not isinstance(value, dict):
            return f"{name} must be an object"
        return problem_in(value, column.parts, f"{name}.")
    if column.kind == INTEGER:
        return "" if type(value) is int else f"{name} must be a whole number"
    if not isinstance(value, str):
        return f"{name} must be a text"
    if column.one_of and value not in column.one_of:
        return f"{name} is {value!r}, which is none of {', '.join(column.one_of)}"
    return ""


def arrow_schema(kind: str, metadata: dict[str, str]) -> pa.Schema:
    """Return the schema of a Parquet file: the columns of all rows of a kind."""
    columns: dict[str, Column] = {}
    for row in ROWS[kind]:
        for column in row:
            columns.setdefault(column.name, column)
    return pa.schema([_field(column) for column in columns.values()], metadata=metadata)


def repeated_columns(kind: str) -> list[str]:
    """Return the Parquet paths of the columns with repeated values."""
    return sorted({path for row in ROWS[kind] for path in _repeated_in(row, "")})


def _repeated_in(columns: tuple[Column, ...], above: str) -> Iterator[str]:
    for column in columns:
        path = f"{above}{column.name}{'.list.element' if column.is_list else ''}"
        if column.is_repeated:
            yield path
        yield from _repeated_in(column.parts, f"{path}.")


def _object(columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {column.name: _property(column) for column in columns},
        "required": [column.name for column in columns if not column.may_be_missing],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    found = _object(column.parts) if column.parts else dict(_JSON[column.kind])
    if column.one_of:
        found["enum"] = list(column.one_of)
    if column.is_list:
        found = {"type": "array", "items": found}
    if column.may_be_null:
        found["type"] = [found["type"], "null"]
    return {"description": column.meaning, **found}


def _field(column: Column) -> pa.Field:
    kind = pa.struct([_field(part) for part in column.parts]) if column.parts else None
    kind = kind or _ARROW[column.kind]
    return pa.field(column.name, pa.list_(kind) if column.is_list else kind)
