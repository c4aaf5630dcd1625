"""Search documents: the entries under which a published translation and its paper are indexed.

Entries that begin with "@", as no word does, are for filters:

@c  categories and their archives (@ccs.cl, @ccs)      @y  year of submission (@y2025)
@g  groups of archives (@gphysics)                     @m  month of submission (@m202502)
@r  reviewed by a person                               @a  a name of an author (@ahinton)
@n  first and last name (@ngeoffrey hinton)            @i  initial and last name (@ig hinton)
@=  a short form and what it stands for (@=rl=reinforcement learning), @~ reversed
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from apps.discovery.models import LONGEST_ENTRY, SearchDocument
from apps.discovery.search.tsquery import quote_entry
from apps.papers.models import Paper
from apps.text.arxiv.taxonomy import group_code
from apps.text.search.tokens import fold, index_entries, tokenise
from apps.text.terms.short_forms import find_short_forms
from apps.text.tex.html import to_plain
from apps.translation.models import Translation

AUTHOR_ENTRIES = ("@a", "@n", "@i")
LONGEST_TEXT = 6_000
"""Characters indexed of each text. An abstract has up to 1,920; a tsvector holds up to 1 MB."""
LAST_POSITION = 16_383
"""The highest position in a tsvector (PostgreSQL docs, "Text Search Limitations")."""
_GAP = 8
_MOST_AUTHORS = 500


def document_of(translation: Translation) -> SearchDocument:
    """Build the document of a translation and its paper, unsaved."""
    paper = translation.paper
    places: dict[str, list[str]] = {}
    position = 0
    for text, weight in (
        (translation.title, "A"),
        (paper.title, "A"),
        (translation.summary, "B"),
        (translation.abstract, "C"),
        (paper.abstract, "C"),
        (", ".join(paper.author_names[:_MOST_AUTHORS]), ""),
    ):
        position = _add(places, text, weight, position)
    for entry in filter_entries(paper, is_reviewed=translation.is_reviewed):
        places.setdefault(entry, [])
    titles: dict[str, list[str]] = {}
    _add(titles, paper.title, "A", _add(titles, translation.title, "A", 0))
    return SearchDocument(
        translation=translation,
        paper=paper,
        language=translation.language,
        submitted_at=paper.submitted_at,
        categories=paper.categories,
        is_reviewed=translation.is_reviewed,
        words=_tsvector(places),
        title=_tsvector(titles),
        translation_updated_at=translation.updated_at,
        paper_changed_at=paper.changed_at,
    )


def filter_entries(paper: Paper, *, is_reviewed: bool) -> Iterator[str]:
    """Yield the entries of a paper that begin with "@"."""
    for code in paper.categories:
        lowered = code.lower()
        yield f"@c{lowered}"
        yield f"@c{lowered.partition('.')[0]}"
        if group := group_code(code):
            yield f"@g{group}"
    yield year_entry(paper.submitted_at)
    yield month_entry(paper.submitted_at)
    if is_reviewed:
        yield "@r"
    for name in paper.author_names[:_MOST_AUTHORS]:
        yield from author_entries(name)
    for short, long in find_short_forms(paper.abstract[:LONGEST_TEXT]):
        yield f"@={short}={long}"[:LONGEST_ENTRY]
        yield f"@~{long}={short}"[:LONGEST_ENTRY]


def year_entry(moment: datetime) -> str:
    """Return the entry of the year (UTC) of a moment."""
    return f"@y{moment.astimezone(UTC).year:04d}"


def month_entry(moment: datetime) -> str:
    """Return the entry of the month (UTC) of a moment."""
    return f"@m{moment.astimezone(UTC):%Y%m}"


def author_entries(name: str) -> Iterator[str]:
    """Yield the entries of an author: each name, first and last name, initial and last name."""
    names = name_parts(name)
    for part in names:
        yield f"@a{part}"
    if len(names) > 1:
        yield f"@n{names[0]} {names[-1]}"
        yield f"@i{names[0][0]} {names[-1]}"


def name_parts(name: str) -> list[str]:
    """Return the folded parts of a name."""
    return [part[:60] for token in tokenise(fold(to_plain(name))) for part in token.parts]


def _add(places: dict[str, list[str]], text: str, weight: str, after: int) -> int:
    """Add the entries of a text after position `after`; return where the next text begins."""
    last = after
    for entry, position in index_entries(to_plain(text[:LONGEST_TEXT])):
        found = places.setdefault(entry, [])
        if position:
            last = max(last, after + position)
            if after + position <= LAST_POSITION:
                found.append(f"{after + position}{weight}")
    return last + _GAP


def _tsvector(places: dict[str, list[str]]) -> str:
    return " ".join(
        f"{quote_entry(entry)}:{','.join(positions)}" if positions else quote_entry(entry)
        for entry, positions in places.items()
    )
