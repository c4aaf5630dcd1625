"""Files of exports, read back as others would."""

import gzip
import json
from pathlib import Path
from typing import Any


def manifest_of(export: Path) -> dict[str, Any]:
    """The manifest of an export."""
    return json.loads((export / "manifest.json").read_text())


def part_of(export: Path, name: str) -> dict[str, Any]:
    """Return the entry of a file in the manifest."""
    return next(part for part in manifest_of(export)["parts"] if part["name"] == name)


def lines_of(export: Path, kind: str) -> list[dict[str, Any]]:
    """All lines of a JSONL file, the first one too."""
    text = gzip.decompress((export / f"{kind}.jsonl.gz").read_bytes()).decode()
    return [json.loads(line) for line in text.splitlines()]


def rows_of(export: Path, kind: str) -> dict[str, dict[str, Any]]:
    """The rows of a JSONL file by paper; Japanese translations only."""
    rows = lines_of(export, kind)[1:]
    return {row["arxiv_id"]: row for row in rows if row.get("language", "ja") == "ja"}
