"""Parquet, compressed with zstd: the same rows as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import pyarrow as pa
from pyarrow import json as arrow_json
from pyarrow import parquet

from apps.public.exports.write.prefetch import blocks_ahead

BLOCK = 4 << 20
"""Bytes of JSON in a row group: enough to compress well, and small in memory."""


def write_parquet(
    file: BinaryIO, schema: pa.Schema, lines: Iterable[bytes], *, repeated: list[str]
) -> int:
    """Write lines as rows of a schema and return their number.

    repeated: paths of columns to encode with a dictionary; for others that takes longer than
    writing them. Raises pyarrow.ArrowInvalid if a line does not match the schema.
    """
    read_as = pa.schema([_as_read(field) for field in schema])
    options = arrow_json.ParseOptions(
        explicit_schema=read_as, unexpected_field_behavior="error", newlines_in_values=False
    )
    count = 0
    with parquet.ParquetWriter(
        file, schema, compression="zstd", compression_level=3, use_dictionary=repeated
    ) as writer:
        for block in blocks_ahead(lines, size=BLOCK):
            whole = arrow_json.ReadOptions(use_threads=False, block_size=len(block.lines) + 1)
            table = arrow_json.read_json(pa.BufferReader(block.lines), whole, options)
            writer.write_table(table if read_as == schema else table.cast(schema))
            count += block.count
    return count


def _as_read(field: pa.Field) -> pa.Field:
    """Return the field as Arrow reads it from JSON: a day as text."""
    return field.with_type(pa.string()) if pa.types.is_date(field.type) else field
