"""The papers that benchmarks work on: those of a file of JSON lines, or made ones.

Each line of a file (plain or compressed with zstd) has arxiv_id, title, abstract, authors (names),
categories, published (a date) and, where known, updated and comments.
"""

import argparse
import calendar
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.scaffold import made_papers

_CATEGORY = re.compile(r"[a-z-]{2,12}(?:\.[A-Za-z-]{2,20})?")


def corpus_options(parser: argparse.ArgumentParser, papers: int) -> None:
    """Declare --corpus and --papers."""
    parser.add_argument("--corpus", type=Path, help="papers, JSON lines, .zst or plain (made ones)")
    parser.add_argument("--papers", type=int, default=papers, help=f"how many ({papers:,})")


def corpus_of(given: argparse.Namespace) -> list[dict[str, Any]]:
    """Return the first --papers of --corpus, or as many made ones."""
    if given.corpus:
        return papers_in(given.corpus, given.papers)
    return list(made_papers.papers(given.papers))


def lines_in(path: Path) -> Iterator[dict[str, Any]]:
    """Give out the records of a file of JSON lines, compressed with zstd or not."""
    with path.open("rb") as file:
        stream: Any = file
        if path.suffix == ".zst":
            import zstandard

            stream = zstandard.ZstdDecompressor().stream_reader(file)
        for line in io.TextIOWrapper(stream, encoding="utf-8"):
            if line.strip():
                yield json.loads(line)


def papers_in(path: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """Return the papers of a file in its order.

    Every one has a day in `published`: where the record has none, it is in the month of the
    identifier, at the place that its number has among that month's.
    """
    found = list(islice(lines_in(path), limit))
    highest: Counter[str] = Counter()
    for paper in found:
        month, number = _month_and_number(paper["arxiv_id"])
        highest[month] = max(highest[month], number)
    for paper in found:
        paper["published"] = _day_of(paper, highest).isoformat()
        # Some records have the classes of other schemes among the categories.
        codes = paper["categories"] or []
        paper["categories"] = [code for code in codes if _CATEGORY.fullmatch(code)]
        paper["authors"] = paper["authors"] or []
        paper["abstract"] = paper["abstract"] or ""
    return found


def every_nth(papers: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return `count` papers spread evenly over the list, or all where there are fewer."""
    return papers[:: max(len(papers) // count, 1)][:count]


def _month_and_number(arxiv_id: str) -> tuple[str, int]:
    """Return "2502" and 123 of 2502.00123, and "9901" and 1 of hep-th/9901001."""
    digits = re.sub(r"\D", "", arxiv_id.rpartition("/")[2])
    return digits[:4], int(digits[4:] or 0)


def _day_of(paper: dict[str, Any], highest: Counter[str]) -> date:
    written = paper.get("published")
    if written:
        if written[:4].isdigit():
            return date.fromisoformat(written[:10])
        return parsedate_to_datetime(written).date()
    month, number = _month_and_number(paper["arxiv_id"])
    year = int(month[:2]) + (1900 if int(month[:2]) > 80 else 2000)
    days = calendar.monthrange(year, int(month[2:]))[1]
    return date(year, int(month[2:]), 1 + int((days - 1) * number / max(highest[month], 1)))
