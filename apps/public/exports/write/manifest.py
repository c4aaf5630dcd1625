"""The manifest of an export, its checksums, and its README."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from apps.public.exports import FORMAT, FORMAT_VERSION
from apps.public.exports.schema import json_schema
from apps.public.exports.write.files import part_named
from apps.public.exports.write.header import notices_in_force, site_description
from apps.public.models import ExportPart, ExportRun

MANIFEST, CHECKSUMS, README = "manifest.json", "SHA256SUMS", "README.txt"
DOCUMENTATION = "docs/exports.md"
_SCHEMAS = {
    "papers": "#/schemas/papers",
    "translations": "#/schemas/translations",
    "memory": "https://www.gala-global.org/tmx-14b",
    "glossary": "https://www.tbxinfo.net/tbx-dialects/",
}


def manifest_of(run: ExportRun, parts: Sequence[ExportPart], *, now: datetime) -> dict[str, Any]:
    """Return the manifest of an export whose files are all written."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "kind": run.kind,
        "name": run.folder,
        "follows": run.follows or None,
        "site": site_description(),
        "since": _written(run.since),
        "until": _written(run.until),
        "started_at": _written(run.started_at),
        "made_at": _written(now),
        "is_one_state": len({part.as_of for part in parts}) == 1,
        "notices": notices_in_force(),
        "parts": [_part(part) for part in parts],
        "schemas": {kind: json_schema(kind) for kind in ("papers", "translations")},
    }


def checksums_of(parts: Sequence[ExportPart]) -> str:
    """Return the lines that `sha256sum --check` reads."""
    return "".join(f"{part.sha256}  {part.name}\n" for part in parts)


def readme_of(manifest: dict[str, Any]) -> str:
    """Return the README for people who have the folder without the site."""
    site = manifest["site"]
    is_full = manifest["kind"] == "full"
    files = "\n".join(
        f"  {part['name']}: {part['rows']} rows; "
        + (", ".join(licence["spdx"] for licence in part["licences"]) or "nothing in it")
        for part in manifest["parts"]
    )
    notices = "\n\n".join(f"[{each['language']}] {each['text']}" for each in manifest["notices"])
    begin = "everything public" if is_full else f"what changed since {manifest['since']}"
    return f"""{site["name"]}: export {manifest["name"]}
{site["url"]}

Holds {begin}, as it was at {manifest["until"]}.

{files}

SPDX identifiers say under which licence each file is; manifest.json has their addresses, what made
the texts, and the meaning of every column. Papers' metadata, abstracts included, comes from arXiv,
which gives it under CC0 1.0. In JSONL files the first line is about the file. Unless a row says
"reviewed", its text was made by machine and is not checked. To cite a paper, cite the original on
arXiv: https://arxiv.org/abs/ and its identifier.

Check the files:      sha256sum --check {CHECKSUMS}
Look into one:        zcat papers.jsonl.gz | head -n 2
Restore a site:       python manage.py restore FOLDER ({DOCUMENTATION} of papersite)

{notices}
"""


def _part(part: ExportPart) -> dict[str, Any]:
    planned = part_named(part.name)
    kind = "" if planned is None else planned.kind
    return {
        "name": part.name,
        "kind": kind,
        "media_type": "" if planned is None else planned.media_type,
        "rows": part.rows,
        "bytes": part.size,
        "sha256": part.sha256,
        "as_of": _written(part.as_of),
        "schema": _SCHEMAS.get(kind),
        **part.detail,
    }


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
