"""Invented harvested records."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from apps.papers.records import PaperRecord, SourceFormat, VersionStamp
from apps.text.arxiv.author_strings import Author

FIRST_DAY = datetime(2025, 2, 3, 10, 20, 30, tzinfo=UTC)


def moment(version: int) -> datetime:
    """Return the submission time of a version."""
    return FIRST_DAY + timedelta(days=10 * (version - 1))


def stamps(*versions: int) -> tuple[VersionStamp, ...]:
    """The stamps of these versions."""
    return tuple(VersionStamp(number, moment(number), 10 * number) for number in versions)


def raw(version: int = 1, **said: Any) -> PaperRecord:
    """A paper in the arXivRaw format at one of its versions."""
    fields: dict[str, Any] = {
        "arxiv_id": "2502.00001",
        "source_format": SourceFormat.ARXIV_RAW,
        "title": f"On $\\alpha$-trees, version {version}",
        "abstract": f"We grow $\\alpha$-trees. This is version {version}.",
        "authors": (Author.from_name("Ana García"), Author.from_name("Bo Li")),
        "categories": ("cs.CL", "cs.LG"),
        "versions": stamps(*range(1, version + 1)),
        "submitted_at": moment(1),
        "revised_at": moment(version),
        "licence_url": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "comments": "12 pages",
        "journal_ref": "",
        "doi": "",
        "report_number": "",
        "datestamp": moment(version).date() + timedelta(days=1),
    }
    return PaperRecord(**fields | said)


def atom(version: int = 1, **said: Any) -> PaperRecord:
    """The same paper in the format of the arXiv API."""
    fields: dict[str, Any] = {
        "source_format": SourceFormat.ATOM,
        "versions": stamps(*sorted({1, version})),
        "licence_url": None,
        "report_number": None,
        "datestamp": None,
    }
    return raw(version, **fields | said)


def lossy(version: int = 1, **said: Any) -> PaperRecord:
    """The same paper in the `arXiv` format: Unicode instead of TeX, days, no version numbers."""
    texts = {
        "title": f"On $α$-trees, version {version}",
        "abstract": f"We grow $α$-trees. This is version {version}.",
    }
    fields: dict[str, Any] = {
        "source_format": SourceFormat.ARXIV,
        "versions": (),
        "submitted_at": midnight(moment(1)),
        "revised_at": midnight(moment(version)),
    }
    return raw(version, **texts | fields | said)


def midnight(time: datetime) -> datetime:
    """Midnight of the day, as the `arXiv` format gives times."""
    return time.replace(hour=0, minute=0, second=0)


def day(text: str) -> date:
    """Parse a day."""
    return date.fromisoformat(text)
