"""Find, order, verify and read exports in folders."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from apps.core.refusals import Refusal
from apps.public.exports import FORMAT, FORMAT_VERSION
from apps.public.exports.write.manifest import MANIFEST

_OF_PART = frozenset({"name", "kind", "rows", "bytes", "sha256"})
NEEDED = ("papers", "translations", "memory", "glossary")
"""The kinds of parts to restore from; their Parquet files are not needed."""


class BadExport(Refusal):
    """An export cannot be restored; the message names the file and line, and what to do."""

    code = "bad-export"


@dataclass(frozen=True, slots=True)
class ExportFolder:
    """A folder with an export. until: complete up to then. since: with changes from then on."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.manifest["name"])

    @property
    def until(self) -> datetime:
        return datetime.fromisoformat(self.manifest["until"])

    @property
    def since(self) -> datetime | None:
        written = self.manifest["since"]
        return None if written is None else datetime.fromisoformat(written)

    @property
    def is_full(self) -> bool:
        return bool(self.manifest["kind"] == "full")

    def parts(self, kind: str) -> list[dict[str, Any]]:
        """Return the entries in the manifest of the parts of a kind, without Parquet files."""
        return [
            part
            for part in self.manifest["parts"]
            if part["kind"] == kind and not part["name"].endswith(".parquet")
        ]

    def path_of(self, part: dict[str, Any]) -> Path:
        return self.folder / part["name"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a JSONL file, with its line number."""

    file: str
    number: int
    row: dict[str, Any]

    def bad(self, reason: str) -> BadExport:
        """Return the error for a row that cannot be restored."""
        return BadExport(f"{self.file}, line {self.number}: {reason}")


def exports_at(paths: Sequence[Path]) -> list[ExportFolder]:
    """Return the exports at some paths, oldest first.

    Args:
        paths: Manifests, folders of exports, or folders that contain such folders; of the latter
            the latest full export and its increments are used.

    Returns:
        A full export or increments without a gap between them.

    Raises:
        BadExport: If there is no export, or one of them is damaged or missing.
    """
    found: list[ExportFolder] = []
    for path in paths:
        manifests = [path] if path.is_file() else [path / MANIFEST]
        if path.is_dir() and not manifests[0].is_file():
            manifests = sorted(path.glob(f"*/{MANIFEST}"))
            found += _latest([_read(manifest) for manifest in manifests])
        else:
            found += [_read(manifest) for manifest in manifests]
        if not manifests:
            raise BadExport(
                f"{path} contains no export: it has no {MANIFEST}, nor have its folders."
            )
    ordered = sorted(found, key=lambda export: export.until)
    _require_chain(ordered)
    return ordered


def _latest(exports: list[ExportFolder]) -> list[ExportFolder]:
    full = [export for export in exports if export.is_full]
    if not full:
        return exports
    newest = max(full, key=lambda export: export.until)
    later = [export for export in exports if not export.is_full and export.until > newest.until]
    return [newest, *later]


def _read(path: Path) -> ExportFolder:
    try:
        manifest = json.loads(path.read_text())
    except FileNotFoundError:
        raise BadExport(f"There is no {path}. Name the folder of an export.") from None
    except (ValueError, UnicodeDecodeError) as error:
        raise BadExport(f"{path} is not valid JSON: {error}. Fetch it again.") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BadExport(f"{path} is not the manifest of a papersite export.")
    if manifest.get("format_version") != FORMAT_VERSION:
        raise BadExport(
            f"{path} is of format version {manifest.get('format_version')}; this papersite reads "
            f"version {FORMAT_VERSION}. Use the papersite that made it, or a newer one."
        )
    missing = {"name", "kind", "until", "since", "parts"} - set(manifest)
    if missing:
        raise BadExport(f"{path} lacks {', '.join(sorted(missing))}. Fetch it again.")
    export = ExportFolder(path.parent, manifest)
    try:
        _moments = export.until, export.since
        lacking = {name for part in manifest["parts"] for name in _OF_PART - set(part)}
    except (TypeError, ValueError) as error:
        raise BadExport(f"{path}: {error}. Fetch it again.") from error
    if lacking:
        raise BadExport(f"{path}: a part lacks {', '.join(sorted(lacking))}. Fetch it again.")
    return export


def _require_chain(exports: Sequence[ExportFolder]) -> None:
    """Raise BadExport if an export between two others is missing."""
    for earlier, later in pairwise(exports):
        if later.since is not None and later.since > earlier.until:
            raise BadExport(
                f"{later.name} begins at {later.since}, but {earlier.name} ends at "
                f"{earlier.until}: what changed between them would be missing. "
                f"Fetch {later.manifest.get('follows') or 'the increments between them'} too."
            )


def verify(export: ExportFolder) -> None:
    """Raise BadExport unless all needed files exist with the right size and checksum."""
    for kind in NEEDED:
        for part in export.parts(kind):
            path = export.path_of(part)
            if path.name != part["name"]:
                raise BadExport(f"{export.folder / MANIFEST}: {part['name']!r} is not a file name.")
            if not path.is_file():
                raise BadExport(f"{path} is missing. Fetch it, or the whole export, again.")
            size = path.stat().st_size
            if size != part["bytes"]:
                raise BadExport(
                    f"{path} has {size} bytes instead of {part['bytes']}: it was cut or changed. "
                    "Fetch it again."
                )
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != part["sha256"]:
                raise BadExport(
                    f"{path} has the SHA-256 {found} instead of {part['sha256']}: it was changed. "
                    "Fetch it again."
                )


def lines_of(export: ExportFolder, part: dict[str, Any]) -> Iterator[Line]:
    """Yield the rows of a JSONL part after its first line, the header. Raises BadExport."""
    path = export.path_of(part)
    number = 0
    try:
        with gzip.open(path, "rb") as file:
            for number, text in enumerate(file, 1):
                line = Line(part["name"], number, _object(part["name"], number, text))
                if number > 1:
                    yield line
                elif line.row.get("record") != "about":
                    raise line.bad("the first line must be about the file.")
    except (EOFError, OSError, zlib.error) as error:
        raise BadExport(
            f"{path} ends or breaks after line {number} ({error}). Fetch it again."
        ) from error
    if number - 1 != part["rows"]:
        raise BadExport(f"{path} has {max(number - 1, 0)} rows instead of {part['rows']}.")


def _object(name: str, number: int, text: bytes) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise BadExport(f"{name}, line {number} is not valid JSON: {error}.") from error
    if not isinstance(row, dict):
        raise BadExport(f"{name}, line {number} is not a JSON object.")
    return row
