"""The list of complete exports, for pages and programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from apps.public.exports import FORMAT_VERSION, storage
from apps.public.exports.serve.download import StoredFile
from apps.public.exports.write.files import part_named
from apps.public.exports.write.header import notices_in_force, site_description
from apps.public.exports.write.manifest import CHECKSUMS, MANIFEST, README
from apps.public.models import ExportKind, ExportRun, ExportStatus
from apps.public.site.page_urls import absolute

MOST = 100
_TEXTS = {MANIFEST: "application/json", CHECKSUMS: "text/plain; charset=utf-8"}
_TEXTS[README] = _TEXTS[CHECKSUMS]


@dataclass(frozen=True, slots=True)
class ListedExport:
    """A complete export. parts: as in its manifest, each with its `path` on this site."""

    name: str
    is_full: bool
    follows: str
    since: datetime | None
    until: datetime
    made_at: datetime
    parts: list[dict[str, Any]]

    @property
    def size(self) -> int:
        """The size of all files in bytes."""
        return sum(part["bytes"] for part in self.parts)

    @property
    def manifest_path(self) -> str:
        return file_path(self.name, MANIFEST)

    @property
    def checksums_path(self) -> str:
        return file_path(self.name, CHECKSUMS)


def listed_exports() -> list[ListedExport]:
    """Return the complete exports, newest first. One query."""
    runs = ExportRun.objects.complete().values(
        "folder", "kind", "follows", "since", "until", "finished_at", "manifest__parts"
    )
    return [
        ListedExport(
            name=run["folder"],
            is_full=run["kind"] == ExportKind.FULL,
            follows=run["follows"],
            since=run["since"],
            until=run["until"],
            made_at=run["finished_at"],
            parts=[
                {**part, "path": file_path(run["folder"], part["name"])}
                for part in run["manifest__parts"]
            ],
        )
        for run in runs[:MOST]
        if run["until"] is not None and run["finished_at"] is not None
    ]


def index_document() -> dict[str, Any]:
    """Return the list of exports as a JSON document."""
    return {
        "format": "papersite-export-index",
        "format_version": FORMAT_VERSION,
        "site": site_description(),
        "notices": notices_in_force(),
        "exports": [
            {
                "name": export.name,
                "kind": "full" if export.is_full else "increment",
                "follows": export.follows or None,
                "since": export.since,
                "until": export.until,
                "made_at": export.made_at,
                "bytes": export.size,
                "manifest": absolute(export.manifest_path),
                "checksums": absolute(export.checksums_path),
                "parts": [
                    {name: value for name, value in part.items() if name != "path"}
                    | {"url": absolute(part["path"])}
                    for part in export.parts
                ],
            }
            for export in listed_exports()
        ],
    }


def file_path(folder: str, name: str) -> str:
    """Return the path of a file of an export on this site."""
    return reverse("export-file", args=[folder, name])


def stored_file(folder: str, name: str) -> StoredFile | None:
    """Return a file of a complete export, or None."""
    run = ExportRun.objects.filter(folder=folder, status=ExportStatus.COMPLETE).first()
    if run is None or run.finished_at is None:
        return None
    if name in _TEXTS:
        size = storage.size_of(folder, name)
        return StoredFile(
            folder, name, _TEXTS[name], size, f'"{folder}-{name}-{size}"', run.finished_at
        )
    part = run.parts.filter(name=name, made_at__isnull=False).first()
    if part is None or part.made_at is None:
        return None
    planned = part_named(name)
    media_type = "application/octet-stream" if planned is None else planned.media_type
    return StoredFile(folder, name, media_type, part.size, f'"{part.sha256}"', part.made_at)
