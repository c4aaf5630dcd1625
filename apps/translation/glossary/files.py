"""Reading and writing glossary files; the extension decides the format."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from apps.translation.glossary.csv_format import read_csv, write_csv
from apps.translation.glossary.entries import BadTerm, TermEntry
from apps.translation.glossary.service import ImportCounts, store_terms
from apps.translation.glossary.tbx import read_tbx, write_tbx

CSV, TBX = ".csv", ".tbx"


def import_glossary(
    file: BinaryIO,
    name: str,
    *,
    source: str,
    target: str,
    now: datetime,
    actor: AbstractBaseUser | None = None,
    keep_edited: bool = False,
) -> ImportCounts:
    """Store the terms of an open file called `name`, which becomes the origin of new terms.

    See `store_terms`. Raises BadTerm with the line of an invalid term, and stores nothing then.
    """
    return store_terms(
        read_glossary(file, name, source=source, target=target),
        origin=name,
        now=now,
        actor=actor,
        keep_edited=keep_edited,
    )


def load_starter_glossary(path: Path, *, source: str, target: str, now: datetime) -> ImportCounts:
    """Store the terms of a file that comes with the site; terms that editors changed stay.

    Args:
        path: the file.
        source: the source language.
        target: the target language.
        now: the time of the change.

    Returns:
        The numbers of terms by outcome.
    """
    with path.open("rb") as file:
        return import_glossary(
            file, path.name, source=source, target=target, now=now, keep_edited=True
        )


def require_format(name: str) -> None:
    """Raise BadTerm unless `name` has the extension of a glossary format."""
    if Path(name).suffix.lower() not in (CSV, TBX):
        raise _unknown(name)


def read_glossary(file: BinaryIO, name: str, *, source: str, target: str) -> Iterator[TermEntry]:
    """Yield the entries of an open file named .csv, .tbx or .xml."""
    suffix = Path(name).suffix.lower()
    if suffix == CSV:
        yield from read_csv(StringIO(_decode(file), newline=""), source=source, target=target)
    elif suffix in (TBX, ".xml"):
        yield from read_tbx(file, source=source, target=target)
    else:
        raise _unknown(name)


def write_glossary(file: BinaryIO, name: str, entries: Iterable[TermEntry], *, source: str) -> int:
    """Write `entries` in the format of the extension of `name` and return their number."""
    require_format(name)
    if Path(name).suffix.lower() == CSV:
        # Spreadsheet programs recognise UTF-8 by the byte order mark.
        text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
        try:
            return write_csv(text, entries)
        finally:
            text.detach()
    return write_tbx(file, entries, source=source)


def _decode(file: BinaryIO) -> str:
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTerm(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from error


def _unknown(name: str) -> BadTerm:
    return BadTerm(_("“%s” is neither .csv nor .tbx. Name the file after its format.") % name)
