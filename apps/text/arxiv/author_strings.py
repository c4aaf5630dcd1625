"""Parse the author string of arXiv's arXivRaw format into people, collaborations and affiliations.

arXiv asks for names in natural order, separated by commas or "and", with affiliations in
parentheses, given in full or as numbers that a list at the end explains
(https://info.arxiv.org/help/prep.html#author).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from apps.text.tex.accents import accents_to_unicode

# fmt: off
PARTICLES = frozenset({
    "af", "al", "av", "bin", "d'", "da", "dal", "dalla", "das", "de", "dei", "del", "della", "den",
    "der", "des", "di", "do", "dos", "du", "el", "ibn", "la", "las", "le", "lo", "los", "'t", "ten",
    "ter", "tot", "van", "vom", "von", "y", "zu", "zum", "zur", "’t",
})
# fmt: on
"""Lower-case words that belong to the surname that follows them."""

_CAPITAL_PARTICLES = frozenset({"Da", "De", "Del", "Della", "Di", "La", "Van", "Von"})

_SUFFIXES = frozenset(
    suffix + stop for suffix in ("Jr", "Sr", "II", "III", "IV", "JR", "SR") for stop in ("", ".")
)
_COLLABORATION = re.compile(
    r".*\b(?:collaborations?|consortium|consortia|teams?|working group|group|partnership"
    r"|observatory)",
    re.IGNORECASE,
)
_COLLECTIVES = (
    *("collaboration", "collaborations", "consortium", "consortia", "team", "teams", "group"),
    *("partnership", "observatory"),
)
_PLURAL_COLLABORATION = re.compile(r".*\b(?:collaborations|teams|consortia)$", re.IGNORECASE)
_ON_BEHALF = re.compile(r"(?<!\S)(?:for|on behalf of)\s", re.IGNORECASE)
_ET_AL = re.compile(r"(?:^|\s)(?:et\.? al\.?|and others|others)$", re.IGNORECASE)
_BREAK = re.compile(r"[(,;:]|(?<![^\s),;])(?:and|AND|&)(?![^\s(])")
_PARENTHESIS = re.compile(r"[()]")
_NEEDS_CARE = re.compile(r"[()\\~;:&]|AND|ollab|team|Team|roup|onsort|\bfor\b|behalf|\bal\b|others")
_PLAIN_SEPARATOR = re.compile(r",(?:\s*and\s)?|\sand\s")
_INITIAL_WITHOUT_SPACE = re.compile(r"\.(?=[^\W\d_])")
_KEYS = re.compile(r"\s*(?:\d{1,3}|[a-z]|[*†‡§])(?:\s*(?:,|and|&)\s*(?:\d{1,3}|[a-z]|[*†‡§]))*\s*")
_KEY = re.compile(r"\d{1,3}|(?<![a-z])[a-z](?![a-z])|[*†‡§]")
_LISTED_KEY = re.compile(r"\(\s*(\d{1,3}|[a-z]|[*†‡§])\s*\)")
_TRAILING_LIST = re.compile(r"[,;)]\s*(?=\(\s*\d{1,3}\s*\)\s*[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Author:
    """A person or a collaboration, as named by the paper.

    name: the full name in reading order. keyname: the name to sort by, particles included
    ("van der Berg"); for a collaboration its full name. affiliations: as written, including
    remarks in parentheses ("for the CDF Collaboration", "Eds.").
    """

    name: str
    keyname: str = ""
    forenames: str = ""
    suffix: str = ""
    affiliations: tuple[str, ...] = ()

    @classmethod
    def from_name(cls, name: str) -> Self:
        """Split one name in natural order ("J. van der Berg Jr."). Never raises."""
        words = name.split() or [""]
        whole = " ".join(words)
        if "." in whole.replace(". ", ""):
            whole = _INITIAL_WITHOUT_SPACE.sub(". ", whole)
            words = whole.split(" ")
        suffix = ""
        if len(words) > 1 and words[-1] in _SUFFIXES:
            suffix = words.pop()
            words[-1] = words[-1].rstrip(",") or words[-1]
        if len(words) == 1 or _is_collaboration(whole):
            keyname = " ".join(words)
            return cls(" ".join([keyname, suffix]).strip(), keyname, "", suffix)
        start = len(words) - 1
        while start > 0 and words[start - 1] in PARTICLES:
            start -= 1
        while start > 1 and words[start - 1] in _CAPITAL_PARTICLES:
            start -= 1
        forenames, keyname = " ".join(words[:start]), " ".join(words[start:])
        parts = (forenames, keyname, suffix) if suffix else (forenames, keyname)
        return cls(" ".join(parts).strip(), keyname, forenames, suffix)

    @classmethod
    def from_parts(
        cls, keyname: str, forenames: str = "", suffix: str = "", affiliations: Sequence[str] = ()
    ) -> Self:
        """Build from the separate fields of the `arXiv` format. Never raises."""
        key = " ".join(keyname.split()).rstrip(",")
        # The format writes the initials of "Y.-H." as "Y. -H.".
        first = " ".join(forenames.split()).replace(". -", ".-")
        last = " ".join(suffix.split())
        name = " ".join(part for part in (first, key, last) if part)
        places = tuple(" ".join(place.split()) for place in affiliations if place.strip())
        return cls(name, key, first, last, places)


def parse_authors(raw: str) -> tuple[Author, ...]:
    """Parse an author string into its authors.

    Handles commas and "and", affiliations (numbered and nested too), suffixes, "for the X
    Collaboration" (kept with the author before it), "X Collaboration: A. Author" (an author of its
    own) and "et al." (dropped). Malformed input never raises and never loses a name.

    Args:
        raw: the author string; may hold TeX accents.

    Returns:
        The authors in order.
    """
    if not _NEEDS_CARE.search(raw):
        return _plain_authors(raw)
    text = " ".join(accents_to_unicode(raw).replace("~", " ").split())
    if "and" not in text and not _NEEDS_CARE.search(text):
        return _plain_authors(text)
    text, explained = _without_key_list(text)
    return tuple(_careful_authors(text, explained))


def _plain_authors(raw: str) -> tuple[Author, ...]:
    authors: list[Author] = []
    for piece in _PLAIN_SEPARATOR.split(raw) if "and" in raw else raw.split(","):
        name = piece.strip()
        if not name or name == "and":
            continue
        if authors and name in _SUFFIXES:
            authors[-1] = _with_suffix(authors[-1], name)
        else:
            authors.append(Author.from_name(name.removeprefix("and ")))
    return tuple(authors)


def _is_collaboration(name: str) -> bool:
    # The last word nearly always decides, and is far faster to test than the pattern.
    return name.casefold().endswith(_COLLECTIVES) and _COLLABORATION.fullmatch(name) is not None


def _careful_authors(text: str, explained: dict[str, str]) -> list[Author]:
    authors: list[Author] = []
    for entry in _entries(text):
        name, behalf = _name_and_behalf(entry.words)
        affiliations = [*behalf, *_affiliations(entry.remarks, explained)]
        if authors and name in _SUFFIXES:
            authors[-1] = _with_suffix(authors[-1], name)
        elif name:
            authors.append(Author.from_name(name))
        elif not authors and affiliations:
            # There is no name before the parenthesis, so the names are inside it.
            authors.extend(_plain_authors(", ".join(affiliations)))
            continue
        if authors and affiliations:
            merged = (*authors[-1].affiliations, *affiliations)
            authors[-1] = replace(authors[-1], affiliations=merged)
    return authors


def _with_suffix(author: Author, suffix: str) -> Author:
    if author.suffix:
        suffix = f"{author.suffix} {suffix}"
    name = " ".join(part for part in (author.forenames, author.keyname, suffix) if part)
    return replace(author, name=name, suffix=suffix)


def _name_and_behalf(words: str) -> tuple[str, list[str]]:
    name = _ET_AL.sub("", words).strip()
    match = _ON_BEHALF.search(name)
    if match is None or not _is_collaboration(name):
        return name, []
    return name[: match.start()].strip(), [name[match.start() :]]


def _affiliations(remarks: Sequence[str], explained: dict[str, str]) -> Iterator[str]:
    for remark in remarks:
        if _KEYS.fullmatch(remark):
            yield from (explained[key] for key in _KEY.findall(remark) if key in explained)
        elif remark.strip(" ,;"):
            yield remark.strip(" ,;")


@dataclass(slots=True)
class _Entry:
    """One name between separators, and the parentheses that belong to it."""

    words: str = ""
    remarks: list[str] = field(default_factory=list)
    after_and: bool = False


def _entries(text: str) -> list[_Entry]:
    closing = _matching_parentheses(text)
    entries = [_Entry()]
    position = 0
    while match := _BREAK.search(text, position):
        entries[-1].words += text[position : match.start()] + " "
        position = match.end()
        if match.group() == "(":
            end = closing.get(match.start(), _end_of_unclosed(text, position))
            entries[-1].remarks.append(text[position:end].strip())
            position = end + (text[end : end + 1] == ")")
        else:
            entries.append(_Entry(after_and=match.group() not in ",;:"))
    entries[-1].words += text[position:]
    for entry in entries:
        entry.words = " ".join(entry.words.replace(")", " ").split())
    return _rejoined_collaborations(entries)


def _rejoined_collaborations(entries: list[_Entry]) -> list[_Entry]:
    """Rejoin a name that was split at "and": "the RBC and UKQCD Collaborations"."""
    kept: list[_Entry] = []
    for entry in entries:
        plural = entry.after_and and _PLURAL_COLLABORATION.fullmatch(entry.words)
        if plural and kept and kept[-1].words and not kept[-1].remarks:
            kept[-1] = _Entry(f"{kept[-1].words} and {entry.words}", entry.remarks)
        else:
            kept.append(entry)
    return kept


def _matching_parentheses(text: str) -> dict[int, int]:
    """Return the position of each closed "(" with that of its ")"."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in _PARENTHESIS.finditer(text):
        if match.group() == "(":
            opened.append(match.start())
        elif opened:
            pairs[opened.pop()] = match.start()
    return pairs


def _end_of_unclosed(text: str, start: int) -> int:
    """Return where an unclosed parenthesis ends: at the next comma, so that no name is lost."""
    comma = text.find(",", start)
    return len(text) if comma < 0 else comma


def _without_key_list(text: str) -> tuple[str, dict[str, str]]:
    """Cut off the list that explains keys: "... ((1) MIT, (2) ETH)" -> ..., {"1": "MIT", ...}."""
    explained: dict[str, str] = {}
    for start, end in sorted(_matching_parentheses(text).items(), reverse=True):
        inside = text[start + 1 : end]
        if _LISTED_KEY.match(inside.lstrip()):
            explained = _key_list(inside) | explained
            text = text[:start] + " " + text[end + 1 :]
    if not explained and (listing := _TRAILING_LIST.search(text)):
        explained = _key_list(text[listing.end() :])
        text = text[: listing.start() + 1].rstrip(",; ")
    return text, explained


def _key_list(text: str) -> dict[str, str]:
    pieces = _LISTED_KEY.split(text)
    named = zip(pieces[1::2], pieces[2::2], strict=True)
    return {key: place.strip(" ,;") for key, place in named if place.strip(" ,;.")}
