"""Protected spans: stretches of text that no splitter may split and no engine may change."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Why a stretch of text is protected."""

    MATH = "math"
    TEX = "tex"
    URL = "url"
    DOI = "doi"
    ARXIV = "arxiv"
    EMAIL = "email"
    CITATION = "citation"
    CODE = "code"
    MARKUP = "markup"


class Span(NamedTuple):
    """A protected range [start, end) of a text, and why it is protected."""

    start: int
    end: int
    kind: Kind
