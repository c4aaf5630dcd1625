"""Read from the database in one thread while another compresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines and their number."""

    lines: bytes
    count: int


def blocks_ahead(lines: Iterable[bytes], *, size: int) -> Iterator[Block]:
    """Yield lines in blocks of about `size` bytes, the next one read ahead in a thread."""
    rows = iter(lines)
    with ThreadPoolExecutor(max_workers=1) as reader:
        following = reader.submit(_block, rows, size)
        while (block := following.result()).count:
            following = reader.submit(_block, rows, size)
            yield block


def _block(rows: Iterator[bytes], size: int) -> Block:
    taken: list[bytes] = []
    length = 0
    for row in rows:
        taken.append(row)
        length += len(row)
        if length >= size:
            break
    return Block(b"".join(taken), len(taken))
