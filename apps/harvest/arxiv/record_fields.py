"""What the readers of all formats share: cleaning fields, and refusing what is no paper."""

from unicodedata import is_normalized

from apps.papers.records import PaperRecord
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.text.hygiene.normalise import clean_text
from apps.text.tex.accents import accents_to_unicode

# What the columns hold; nothing on arXiv comes near it.
LONGEST_ID = 32
LONGEST_CATEGORY = 32
LONGEST_LICENCE = 200


class RejectedRecord(Exception):
    """One record cannot be stored; the message says which and why. The others can."""


def clean_line(text: str) -> str:
    """Clean a field whose line breaks mean nothing: title, authors, comments, references."""
    line = text.strip()
    if _is_clean(line):
        return line
    line = " ".join(text.split())
    return line if _is_clean(line) else clean_text(line)


def _is_clean(line: str) -> bool:
    """Whether `clean_text` would return a line without spaces around it as it is.

    Whatever it takes out is not printable, as is all white space but the space; these checks are
    far faster than its patterns.
    """
    return "  " not in line and line.isprintable() and is_normalized("NFC", line)


def clean_abstract(text: str) -> str:
    """Clean an abstract, keeping its paragraphs, and turn its TeX accents into Unicode."""
    if "\n" not in text.strip():
        return clean_line(accents_to_unicode(text))
    return clean_text(accents_to_unicode(text))


def parse_identifier(text: str) -> str:
    """Return the canonical identifier without version. Raises RejectedRecord."""
    if not text.strip():
        raise RejectedRecord("it has no arXiv identifier")
    try:
        return ArxivId.parse(text.strip()).base
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
