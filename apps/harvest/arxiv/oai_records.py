"""One record of arXiv's OAI-PMH, in arXivRaw or arXiv, as a PaperRecord.

Formats: https://info.arxiv.org/help/oa/index.html and the schemas that it links to.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypedDict

from lxml import etree

from apps.harvest.arxiv.record_fields import (
    RejectedRecord,
    clean_abstract,
    clean_line,
    parse_identifier,
    validate_record,
)
from apps.papers.records import PaperRecord, SourceFormat, VersionStamp
from apps.text.arxiv.author_strings import Author, parse_authors
from apps.text.tex.accents import accents_to_unicode

OAI = "{http://www.openarchives.org/OAI/2.0/}"
_HEADER = f"{OAI}header"
_METADATA = f"{OAI}metadata"
_DATESTAMP = f"{OAI}datestamp"
RAW = "{http://arxiv.org/OAI/arXivRaw/}"
_VERSION = f"{RAW}version"
_DATE = f"{RAW}date"
_SIZE = f"{RAW}size"
ARXIV = "{http://arxiv.org/OAI/arXiv/}"

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}


class UnknownFormat(ValueError):
    """The record is in a metadata format that papersite does not read."""


def parse_record(element: etree._Element) -> PaperRecord:
    """Read a `record` element.

    Raises RejectedRecord when it describes no paper that can be stored, UnknownFormat when its
    format is neither arXivRaw nor arXiv.
    """
    header = element.find(_HEADER)
    if header is None:
        raise RejectedRecord("a record without a header")
    if header.get("status") == "deleted":
        raise RejectedRecord(f"{_name(header)} is marked as deleted at the source")
    metadata = element.find(_METADATA)
    content = metadata[0] if metadata is not None and len(metadata) else None
    if content is None:
        raise RejectedRecord(f"{_name(header)} has no metadata")
    read = _READERS.get(str(content.tag))
    if read is None:
        raise UnknownFormat(etree.QName(content).localname)
    try:
        # Some sources give datestamps to the second; requests need only the day.
        datestamp = _day((header.findtext(_DATESTAMP) or "").strip()[:10], "datestamp")
        return validate_record(read(content, datestamp))
    except RejectedRecord as error:
        raise RejectedRecord(f"{_name(header)}: {error}") from error


def _name(header: etree._Element) -> str:
    return header.findtext(f"{OAI}identifier") or "a record without an identifier"


def _raw_record(content: etree._Element, datestamp: date) -> PaperRecord:
    fields: dict[str, str] = {}
    versions = []
    for child in content:
        tag = str(child.tag)
        if tag == _VERSION:
            versions.append(_version(child))
        else:
            fields[tag[len(RAW) :]] = child.text or ""
    if not versions:
        raise RejectedRecord("it lists no version")
    versions.sort(key=lambda stamp: stamp.number)
    return PaperRecord(
        arxiv_id=parse_identifier(fields.get("id", "")).base,
        source_format=SourceFormat.ARXIV_RAW,
        authors=parse_authors(clean_line(fields.get("authors", ""))),
        versions=tuple(versions),
        submitted_at=versions[0].submitted_at,
        revised_at=versions[-1].submitted_at,
        datestamp=datestamp,
        **_common_fields(fields),
    )


def _version(element: etree._Element) -> VersionStamp:
    label = element.get("version", "")
    number = label.removeprefix("v")
    if not (number.isascii() and number.isdigit() and 0 < int(number) < 1000):
        raise RejectedRecord(f"{label!r} is not a version")
    moment = size = ""
    for child in element:
        tag = str(child.tag)
        if tag == _DATE:
            moment = child.text or ""
        elif tag == _SIZE:
            size = child.text or ""
    size = size.strip().lower().removesuffix("kb")
    return VersionStamp(
        int(number),
        _moment(moment.strip()),
        int(size) if size.isascii() and size.isdigit() else None,
    )


def _arxiv_record(content: etree._Element, datestamp: date) -> PaperRecord:
    fields = {str(child.tag)[len(ARXIV) :]: child.text or "" for child in content}
    created = _day(fields.get("created"), "day of submission")
    updated = _day(fields["updated"], "day of the update") if "updated" in fields else created
    return PaperRecord(
        arxiv_id=parse_identifier(fields.get("id", "")).base,
        source_format=SourceFormat.ARXIV,
        authors=tuple(_author(author) for author in content.iter(f"{ARXIV}author")),
        versions=(),
        submitted_at=_midnight(created),
        revised_at=_midnight(max(created, updated)),
        datestamp=datestamp,
        **_common_fields(fields),
    )


def _author(element: etree._Element) -> Author:
    def part(tag: str) -> str:
        return accents_to_unicode(clean_line(element.findtext(f"{ARXIV}{tag}") or ""))

    affiliations = [
        accents_to_unicode(clean_line(place.text or ""))
        for place in element.findall(f"{ARXIV}affiliation")
    ]
    return Author.from_parts(part("keyname"), part("forenames"), part("suffix"), affiliations)


_READERS: dict[str, Callable[[etree._Element, date], PaperRecord]] = {
    f"{RAW}arXivRaw": _raw_record,
    f"{ARXIV}arXiv": _arxiv_record,
}


class _CommonFields(TypedDict):
    title: str
    abstract: str
    categories: tuple[str, ...]
    licence_url: str
    comments: str
    journal_ref: str
    doi: str
    report_number: str


def _common_fields(fields: dict[str, str]) -> _CommonFields:
    """Return the fields that both formats share. A missing element counts as empty."""
    return {
        "title": _line(fields.get("title", "")),
        "abstract": clean_abstract(fields.get("abstract", "")),
        "categories": tuple(dict.fromkeys(fields.get("categories", "").split())),
        "licence_url": fields.get("license", "").strip(),
        "comments": _line(fields.get("comments", "")),
        "journal_ref": _line(fields.get("journal-ref", "")),
        "doi": clean_line(fields.get("doi", "")),
        "report_number": clean_line(fields.get("report-no", "")),
    }


def _line(text: str) -> str:
    return clean_line(accents_to_unicode(text)) if text else ""


def _moment(text: str) -> datetime:
    """Read "Fri, 28 Feb 2025 18:59:54 GMT"; written out because strptime takes far longer."""
    try:
        _, day, month, year, time, zone = text.split()
        hour, minute, second = time.split(":")
        if zone not in ("GMT", "UTC", "+0000"):
            raise ValueError(zone)
        return datetime(
            int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
    except (ValueError, KeyError) as error:
        raise RejectedRecord(
            f"{text!r} is not a time such as 'Fri, 28 Feb 2025 18:59:54 GMT'"
        ) from error


def _day(text: str | None, what: str) -> date:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError as error:
        raise RejectedRecord(f"its {what} {text!r} is not a day such as 2025-02-28") from error


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
