"""The authors of a paper as catalogues want them: family name first, groups as they are."""

from apps.papers.models import Paper
from apps.text.arxiv.author_strings import Author


def people_of(paper: Paper) -> list[Author]:
    """Return the authors in order. Without forenames it is a group, or somebody with one name."""
    return [_author(stored) for stored in paper.authors if stored.get("name", "").strip()]


def family_name_first(author: Author) -> str:
    """Return "van der Berg, Zoë Jr."; a group or a single name stays as it is."""
    if not author.forenames:
        return author.name
    given = " ".join(part for part in (author.forenames, author.suffix) if part)
    return f"{author.keyname}, {given}"


def _author(stored: dict[str, str]) -> Author:
    """Read one stored author; a record from before names were split has the whole name only."""
    if "forenames" not in stored or not stored.get("keyname"):
        return Author.from_name(stored["name"])
    return Author(
        " ".join(stored["name"].split()),
        stored["keyname"],
        stored["forenames"],
        stored.get("suffix", ""),
    )
