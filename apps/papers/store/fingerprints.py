"""Fingerprints of texts and records, to find unchanged ones without comparing them."""

from hashlib import blake2b

from apps.papers.records import PaperRecord

_DIGEST_BYTES = 16
# Separates fields; clean texts hold no control characters.
_BETWEEN = "\x1f"


def fingerprint(*parts: str) -> str:
    """Return 32 hexadecimal digits (BLAKE2b, 128 bits) over the parts, in order."""
    return blake2b(_BETWEEN.join(parts).encode(), digest_size=_DIGEST_BYTES).hexdigest()


def text_fingerprint(title: str, abstract: str) -> str:
    """Return the fingerprint of the translated texts of a paper.

    Args:
        title: Its title.
        abstract: Its abstract.

    Returns:
        32 hexadecimal digits.
    """
    return fingerprint(title, abstract)


def record_fingerprint(record: PaperRecord) -> str:
    """Return the fingerprint of all fields of a record, its datestamp included."""
    authors = [
        f"{author.name}\x1e{author.keyname}\x1e{author.forenames}\x1e{author.suffix}"
        f"\x1e{author.affiliations or '()'}"
        for author in record.authors
    ]
    versions = [f"{stamp.number} {stamp.submitted_at} {stamp.size_kb}" for stamp in record.versions]
    return fingerprint(
        record.arxiv_id,
        record.source_format,
        record.title,
        record.abstract,
        "\x1d".join(authors),
        "\x1d".join(versions),
        # repr keeps None and empty apart.
        f"{record.categories!r} {record.licence_url!r} {record.comments!r} {record.journal_ref!r}"
        f"{record.doi!r} {record.report_number!r}",
        f"{record.submitted_at} {record.revised_at} {record.datestamp}",
    )
