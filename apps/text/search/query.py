"""Parse what was typed into the search box."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum

from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.text.hygiene.normalise import clean_text

LONGEST_QUERY = 300
"""Characters of a query. No title of a paper is longer."""
MOST_WORDS = 30
"""Words, phrases, authors and filters of a query together."""

_FIELDS = {
    **dict.fromkeys(("author", "au", "著者"), "author"),
    **dict.fromkeys(("category", "cat", "分類"), "category"),
    **dict.fromkeys(("field", "group", "分野"), "field"),
    **dict.fromkeys(("from", "since", "以降"), "from"),
    **dict.fromkeys(("until", "to", "以前"), "until"),
}
_QUOTES = (('"', '"'), ("「", "」"), ("『", "』"), ("“", "”"), ("„", "“"), ("«", "»"), ("”", "”"))
_OPENING = "".join(sorted({opening for opening, _ in _QUOTES}))
_QUOTED = "|".join(
    f"{re.escape(opening)}([^{re.escape(closing)}]*){re.escape(closing)}"
    for opening, closing in _QUOTES
)
_PIECE = re.compile(
    rf"(?P<minus>[-\u2212])?(?:(?P<field>{'|'.join(_FIELDS)}):\s*)?"
    rf"(?:(?P<quoted>{_QUOTED})|(?P<bare>[^\s{_OPENING}]+)|[{_OPENING}])",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"[A-Za-z][A-Za-z-]{0,15}(?:\.[A-Za-z-]{1,15})?")
_DATE = re.compile(r"(\d{4})(?:[-/年](\d{1,2})(?:[-/月](\d{1,2}))?)?[日月年]?", re.ASCII)
_FIRST_YEAR = 1986

# Between kanji, katakana or Latin letters these join two words and belong to neither.
_BROAD = "\u30a1-\u30fe\u3005\u3400-\u9fffA-Za-z0-9"
_JOINTS = re.compile(
    rf"(?<=[{_BROAD}])(?:"
    "における|において|に対する|に対して|に関する|に関して|に基づく|に基づいた|による|によって|"
    "のための|を用いた|を用いて|を使った|を利用した|に向けた|としての|からの|への|での|との|および|"
    "または|もしくは|ならびに|から|まで|"
    rf"[をのとはがにでへもや])(?=[{_BROAD}])"
)
_WO = re.compile("を")


class QueryProblem(Enum):
    """Why a query is invalid. The public pages have the messages."""

    TOO_LONG = "too long"
    TOO_MANY_WORDS = "too many words"
    NO_DATE = "no date"
    NO_CATEGORY = "no category"
    NO_ORDER = "no order"


class InvalidQuery(ValueError):
    """A query that cannot be parsed. problem: why; given: the wrong part."""

    def __init__(self, problem: QueryProblem, given: str = "") -> None:
        super().__init__(f"{problem.value}: {given[:80]!r}")
        self.problem = problem
        self.given = given[:80]


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; a result matches every word, phrase and filter.

    text: the input, cleaned. words: as typed, Japanese ones split at particles. phrases: the quoted
    parts. excluded: words and phrases with a minus. categories: codes or archives ("cs.CL",
    "astro-ph"). fields: groups of archives ("cs", "physics"). since, until: first and last day
    (UTC) of submission. paper: set where the whole query names one paper.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    reviewed: bool = False
    paper: ArxivId | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the query asks for nothing, so that there is nothing to show."""
        return not (self.words or self.phrases or self.excluded or self.authors or self.has_filters)

    @property
    def has_filters(self) -> bool:
        """Whether it filters by category, field, date or review."""
        chosen = (self.categories, self.fields, self.since, self.until, self.reviewed)
        return any(bool(filter_) for filter_ in chosen)


def parse_query(text: str) -> Query:
    """Parse a query.

    Understands arXiv identifiers and addresses, author:, category:, field:, from: and until:
    (著者: 分類: 分野: 以降: 以前:), phrases in any quotes, and a minus before words to exclude.
    Everything else is words; no input is a syntax error.

    Args:
        text: at most 300 characters.

    Returns:
        The parsed query.

    Raises:
        InvalidQuery: the text is too long or has too many words, or a filter's value is invalid.
    """
    if len(text) > LONGEST_QUERY:
        raise InvalidQuery(QueryProblem.TOO_LONG)
    cleaned = " ".join(clean_text(text).split())
    paper = _paper(cleaned)
    if paper is not None:
        return Query(text=cleaned, paper=paper)
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    named: dict[str, list[str]] = {name: [] for name in _FIELDS.values()}
    for match in _PIECE.finditer(unicodedata.normalize("NFKC", cleaned)):
        quoted = next((part for part in match.groups()[3:-1] if part is not None), None)
        value = (quoted if quoted is not None else match["bare"] or "").strip()
        if not value:
            continue
        if match["field"] and not match["minus"]:
            named[_FIELDS[match["field"].lower()]].append(value)
        elif match["minus"]:
            excluded.append(value)
        elif quoted is not None:
            phrases.append(value)
        else:
            words += _split(value)
    number = len(words) + len(phrases) + len(excluded) + sum(map(len, named.values()))
    if number > MOST_WORDS:
        raise InvalidQuery(QueryProblem.TOO_MANY_WORDS, str(number))
    return Query(
        text=cleaned,
        words=tuple(dict.fromkeys(words)),
        phrases=tuple(dict.fromkeys(phrases)),
        excluded=tuple(dict.fromkeys(excluded)),
        authors=tuple(dict.fromkeys(named["author"])),
        categories=tuple(dict.fromkeys(map(parse_category, named["category"]))),
        fields=tuple(dict.fromkeys(map(parse_category, named["field"]))),
        since=max((first_day(value) for value in named["from"]), default=None),
        until=min((last_day(value) for value in named["until"]), default=None),
    )


def parse_category(text: str) -> str:
    """Return a category, archive or group in lower case.

    Args:
        text: such as "cs.CL", "astro-ph" or "physics".

    Returns:
        The code as it is compared; whether it exists is not checked.

    Raises:
        InvalidQuery: the text does not have the form of a code.
    """
    if not _CATEGORY.fullmatch(text):
        raise InvalidQuery(QueryProblem.NO_CATEGORY, text)
    return text.lower()


def first_day(text: str) -> date:
    """Return the first day of a year, a month or a day.

    Args:
        text: "2025", "2025-02" or "2025-02-28"; InvalidQuery is raised for anything else.

    Returns:
        The day, 1986-01-01 at the earliest.
    """
    year, month, day = _date(text)
    return _day(text, year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Return the last day of a year, a month or a day.

    Args:
        text: "2025", "2025-02" or "2025-02-28"; InvalidQuery is raised for anything else.

    Returns:
        The day, 1986-01-01 at the earliest.
    """
    year, month, day = _date(text)
    month = month or 12
    return _day(text, year, month, day or (monthrange(year, month)[1] if 1 <= month <= 12 else 1))


def _date(text: str) -> tuple[int, int | None, int | None]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise InvalidQuery(QueryProblem.NO_DATE, text)
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise InvalidQuery(QueryProblem.NO_DATE, text) from error
    if found.year < _FIRST_YEAR:
        return date(_FIRST_YEAR, 1, 1)
    return found


def _paper(text: str) -> ArxivId | None:
    try:
        return ArxivId.parse(text)
    except InvalidArxivId:
        return None


def _split(word: str) -> list[str]:
    """Split Japanese at particles (強化学習による推論), but not beside hiragana (落とし穴)."""
    parts = [part for part in _JOINTS.split(word) if part]
    split = [piece for part in parts for piece in _WO.split(part) if piece]
    return split or [word]
