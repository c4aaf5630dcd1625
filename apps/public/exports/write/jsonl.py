"""JSON Lines, compressed with gzip: a header line, then a line for each row."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from apps.public.exports.write.prefetch import blocks_ahead

LEVEL = 3
"""Higher levels take longer than reading the rows from the database."""
_BLOCK = 1 << 20


def write_jsonl(file: BinaryIO, about: dict[str, Any], lines: Iterable[bytes]) -> int:
    """Write a header and lines, each ending in a line feed; return the number of lines.

    Equal rows give equal bytes: the header of gzip has no time and no file name.
    """
    count = 0
    with gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packed:
        packed.write(json.dumps(about, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        for block in blocks_ahead(lines, size=_BLOCK):
            packed.write(block.lines)
            count += block.count
    return count
