"""Papers out of a file of JSON lines, plain or compressed with zstd, one at a time.

Each line has arxiv_id, title, abstract, authors (names), categories and published (a date); what
`papers_generator.py` writes has the same form.
"""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def papers_in(path: Path) -> Iterator[dict[str, Any]]:
    """Give out the papers of the file in its order."""
    with path.open("rb") as file:
        if path.suffix == ".zst":
            import zstandard

            lines = io.TextIOWrapper(
                zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8"
            )
        else:
            lines = io.TextIOWrapper(file, encoding="utf-8")
        for line in lines:
            yield json.loads(line)


def every_nth(path: Path, count: int) -> list[dict[str, Any]]:
    """Return `count` papers spread evenly over the file, or all where there are fewer."""
    total = sum(1 for _ in papers_in(path))
    step = max(total // count, 1)
    chosen = (paper for place, paper in enumerate(papers_in(path)) if place % step == 0)
    return [paper for paper, _ in zip(chosen, range(count), strict=False)]
