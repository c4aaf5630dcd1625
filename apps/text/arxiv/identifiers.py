"""Parse arXiv identifiers in every common spelling into one value.

Scheme: https://info.arxiv.org/help/arxiv_identifier.html. Since April 2007 an identifier is
YYMM.number (four digits until December 2014, five from January 2015); before, it was
archive/YYMMnumber with three digits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote

LONGEST_INPUT = 300
"""Characters. No address of a paper is longer; longer input is refused before any matching."""

_HOST = re.compile(r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/", re.IGNORECASE)
_PAGE = re.compile(r"(?:abs|pdf|html|format)/", re.IGNORECASE)
_PREFIX = re.compile(r"(?:oai:arxiv\.org:|arxiv:\s*)", re.IGNORECASE)
_NEW_STYLE = re.compile(r"(\d\d)(\d\d)\.(\d{4,5})(?:v(\d{1,3}))?", re.IGNORECASE | re.ASCII)
_OLD_STYLE = re.compile(
    r"([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(\d\d)(\d\d)(\d{3})(?:v(\d{1,3}))?",
    re.IGNORECASE | re.ASCII,
)
_FIRST_NEW_MONTH = (7, 4)
_FIRST_FIVE_DIGIT_YEAR = 15
_FIRST_OLD_YEAR = 91

EXPECTED = (
    "expected an arXiv identifier such as 2502.21321, 2502.21321v2, 0704.0001 or hep-th/9901001, "
    "or the address of its page on arxiv.org"
)


class InvalidArxivId(ValueError):
    """The text names no arXiv paper; the message says why and what is expected."""

    def __init__(self, text: str, reason: str) -> None:
        shown = text if len(text) <= 80 else f"{text[:77]}..."
        super().__init__(f"{shown!r} is not an arXiv identifier ({reason}); {EXPECTED}.")


@dataclass(frozen=True, slots=True)
class ArxivId:
    """A paper (`version` is None) or one version of it.

    base: canonical identifier without version: "2502.21321", "hep-th/9901001", "math/0309136".
    version: 1 or more, or None where the text names none.
    """

    base: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse an identifier, prefixed identifier or arxiv.org address.

        Args:
            text: at most 300 characters.

        Returns:
            The paper, with its version where the text names one.

        Raises:
            InvalidArxivId: the text is none of these or names an impossible month.
        """
        if len(text) > LONGEST_INPUT:
            raise InvalidArxivId(text, f"longer than {LONGEST_INPUT} characters")
        bare = _without_wrapping(text)
        if not bare:
            raise InvalidArxivId(text, "it is empty")
        if match := _NEW_STYLE.fullmatch(bare):
            year, month, number, version = match.groups()
            base = f"{year}{month}.{number}"
            reason = _fault_of_new_style(int(year), int(month), number)
        elif match := _OLD_STYLE.fullmatch(bare):
            archive, year, month, number, version = match.groups()
            base = f"{archive.lower()}/{year}{month}{number}"
            reason = _fault_of_old_style(int(year), int(month), number)
        else:
            raise InvalidArxivId(text, "it has neither the new nor the old form")
        if reason is None and version is not None and int(version) == 0:
            reason = "versions start at v1"
        if reason is not None:
            raise InvalidArxivId(text, reason)
        return cls(base, None if version is None else int(version))

    def __str__(self) -> str:
        return self.base if self.version is None else f"{self.base}v{self.version}"

    @property
    def unversioned(self) -> ArxivId:
        """The paper without a version."""
        return self if self.version is None else ArxivId(self.base)

    @property
    def abs_url(self) -> str:
        """Address of the abstract page."""
        return f"https://arxiv.org/abs/{self}"

    @property
    def pdf_url(self) -> str:
        """Address of the PDF."""
        return f"https://arxiv.org/pdf/{self}"

    @property
    def oai_identifier(self) -> str:
        """Identifier in OAI-PMH, which has no versions."""
        return f"oai:arXiv.org:{self.base}"


def _without_wrapping(text: str) -> str:
    bare = unicodedata.normalize("NFKC", text).strip()
    if host := _HOST.match(bare):
        path = unquote(bare[host.end() :].partition("#")[0].partition("?")[0])
        page = _PAGE.match(path)
        bare = path[page.end() :] if page else path
        bare = bare.rstrip("/")
        if bare.lower().endswith(".pdf"):
            bare = bare[: -len(".pdf")]
    if prefix := _PREFIX.match(bare):
        bare = bare[prefix.end() :]
    return bare


def _fault_of_new_style(year: int, month: int, number: str) -> str | None:
    if not 1 <= month <= 12:
        return f"{month:02d} is not a month"
    if (year, month) < _FIRST_NEW_MONTH:
        return "this form starts with 0704, April 2007"
    digits = 5 if year >= _FIRST_FIVE_DIGIT_YEAR else 4
    if len(number) != digits:
        return f"{digits} digits are needed after the point in year {2000 + year}"
    return "its number is zero" if int(number) == 0 else None


def _fault_of_old_style(year: int, month: int, number: str) -> str | None:
    if not 1 <= month <= 12:
        return f"{month:02d} is not a month"
    if year < _FIRST_OLD_YEAR and (year, month) >= _FIRST_NEW_MONTH:
        return "this form was used from 1991 to March 2007"
    return "its number is zero" if int(number) == 0 else None
