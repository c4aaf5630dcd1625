"""The authors of a paper for citations: family name first, groups unchanged."""

from apps.papers.models import Paper
from apps.text.arxiv.author_strings import Author


def people_of(paper: Paper) -> list[Author]:
    """Return the authors in order. One without forenames is a group or a single name."""
    return [_author(stored) for stored in paper.authors if stored.get("name", "").strip()]


def family_name_first(author: Author) -> str:
    """Return "van der Berg, Zoë Jr."; a group or a single name is unchanged."""
    if not author.forenames:
        return author.name
    given = " ".join(part for part in (author.forenames, author.suffix) if part)
    return f"{author.keyname}, {given}"


def _author(stored: dict[str, str]) -> Author:
    """Read one stored author; old records have the whole name only."""
    if "forenames" not in stored or not stored.get("keyname"):
        return Author.from_name(stored["name"])
    return Author(
        " ".join(stored["name"].split()),
        stored["keyname"],
        stored["forenames"],
        stored.get("suffix", ""),
    )
