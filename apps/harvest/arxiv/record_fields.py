"""Cleaning and validation of fields, shared by the readers of all formats."""

from unicodedata import is_normalized

from apps.papers.records import PaperRecord
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.text.hygiene.normalise import clean_text
from apps.text.tex.accents import accents_to_unicode

# The lengths of the columns; real records are far shorter.
LONGEST_ID = 32
LONGEST_CATEGORY = 32
LONGEST_LICENCE = 200


class RejectedRecord(Exception):
    """One record cannot be stored; the message says which and why."""


def clean_line(text: str) -> str:
    """Clean a field and put it on one line: title, authors, comments, references."""
    line = text.strip()
    if _is_clean(line):
        return line
    line = " ".join(text.split())
    return line if _is_clean(line) else clean_text(line)


def _is_clean(line: str) -> bool:
    """Whether `clean_text` would leave a stripped line as it is; far faster than its patterns."""
    return "  " not in line and line.isprintable() and is_normalized("NFC", line)


def clean_abstract(text: str) -> str:
    """Clean an abstract, keeping its paragraphs, and turn its TeX accents into Unicode."""
    if "\n" not in text.strip():
        return clean_line(accents_to_unicode(text))
    return clean_text(accents_to_unicode(text))


def parse_identifier(text: str) -> ArxivId:
    """Return the identifier in a text. Raises RejectedRecord."""
    if not text.strip():
        raise RejectedRecord("it has no arXiv identifier")
    try:
        return ArxivId.parse(text.strip())
    except InvalidArxivId as error:
        raise RejectedRecord(str(error)) from error


def validate_record(record: PaperRecord) -> PaperRecord:
    """Return the record. Raises RejectedRecord when it has no title or does not fit a column."""
    if not record.title:
        raise RejectedRecord("it has no title")
    if len(record.arxiv_id) > LONGEST_ID:
        raise RejectedRecord("its identifier is too long")
    if max(map(len, record.categories or ()), default=0) > LONGEST_CATEGORY:
        raise RejectedRecord(f"a category is longer than {LONGEST_CATEGORY} characters")
    if len(record.licence_url or "") > LONGEST_LICENCE:
        raise RejectedRecord(f"its licence is longer than {LONGEST_LICENCE} characters")
    return record
