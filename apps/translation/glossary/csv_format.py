"""Glossaries as CSV: UTF-8, a header line, one term per line.

The columns, in any order; only `source` and `target` are required:

source              the term, in the singular and with its hyphens: pre-training
target              its rendering
scope               categories such as "cs.* stat.ML"; empty for all
part_of_speech      noun, verb, adjective, adverb, properNoun, other, or empty
forbidden           renderings that are wrong, with | between them
case_rule           any (the default) or exact
note                for editors
licence             such as CC0-1.0
source_language     such as en; by default the language given to the import
target_language     such as ja; likewise
"""

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from django.utils.translation import gettext as _

from apps.translation.glossary.entries import BadTerm, TermEntry

COLUMNS = (
    "source", "target", "scope", "part_of_speech", "forbidden", "case_rule", "note", "licence",
    "source_language", "target_language",
)  # fmt: skip
NEEDED = ("source", "target")
BETWEEN = "|"


def read_csv(file: TextIO, *, source: str, target: str) -> Iterator[TermEntry]:
    """Yield the entries of a file opened with newline="".

    `source` and `target` are the default languages. Raises BadTerm with the line of an error.
    """
    reader = csv.reader(file, strict=True)
    line = 1
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _entry(header, cells, line, source, target)
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadTerm(_("line %(line)s: %(error)s.") % {"line": line, "error": error}) from error


def write_csv(file: TextIO, entries: Iterable[TermEntry]) -> int:
    """Write `entries` with all columns to a file opened with newline=""; return their number."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    count = 0
    for entry in entries:
        cells = {name: getattr(entry, name) for name in COLUMNS}
        writer.writerow((cells | {"forbidden": BETWEEN.join(entry.forbidden)}).values())
        count += 1
    return count


def _check_header(header: list[str]) -> None:
    missing = [name for name in NEEDED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    doubled = sorted({name for name in header if header.count(name) > 1})
    if missing or unknown or doubled:
        raise BadTerm(
            _(
                "line 1: the header must name the columns source and target, and may name %(known)s"
                ", each once. Missing: %(missing)s. Unknown: %(unknown)s. Twice: %(doubled)s."
            )
            % {
                "known": ", ".join(name for name in COLUMNS if name not in NEEDED),
                "missing": ", ".join(missing) or "–",
                "unknown": ", ".join(unknown) or "–",
                "doubled": ", ".join(doubled) or "–",
            }
        )


def _entry(header: list[str], cells: list[str], line: int, source: str, target: str) -> TermEntry:
    where = _("line %s") % line
    if len(cells) > len(header):
        raise BadTerm(
            _("%(where)s has %(cells)s cells, but the header %(columns)s. Quote cells with commas.")
            % {"where": where, "cells": len(cells), "columns": len(header)}
        )
    row = dict(zip(header, cells, strict=False))
    return TermEntry(
        source_language=row.get("source_language") or source,
        target_language=row.get("target_language") or target,
        source=row.get("source", ""),
        target=row.get("target", ""),
        scope=row.get("scope", ""),
        part_of_speech=row.get("part_of_speech", ""),
        forbidden=tuple(row.get("forbidden", "").split(BETWEEN)),
        case_rule=row.get("case_rule", ""),
        note=row.get("note", ""),
        licence=row.get("licence", ""),
        where=where,
    )
