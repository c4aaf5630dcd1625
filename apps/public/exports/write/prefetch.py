"""Reading from the database in one thread while another one compresses: both take about as long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines, one after the other, and how many they are."""

    lines: bytes
    count: int


def blocks_ahead(lines: Iterable[bytes], *, size: int) -> Iterator[Block]:
    """Yield the lines in blocks of about `size` bytes, one of them read ahead in a thread.

    What reading raises is raised here, in its place.
    """
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
