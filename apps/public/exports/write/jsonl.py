"""JSON Lines, compressed with gzip: a line about the file, then a line for each row."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from apps.public.exports.write.prefetch import blocks_ahead

LEVEL = 3
"""Higher ones take longer than the database needs for its rows."""
_BLOCK = 1 << 20


def write_jsonl(file: BinaryIO, about: dict[str, Any], lines: Iterable[bytes]) -> int:
    """Write `about` and the lines, which end in a line feed each; return how many lines.

    The same rows always give the same bytes: gzip's own header names no time and no file.
    """
    count = 0
    with gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packed:
        packed.write(json.dumps(about, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        for block in blocks_ahead(lines, size=_BLOCK):
            packed.write(block.lines)
            count += block.count
    return count
