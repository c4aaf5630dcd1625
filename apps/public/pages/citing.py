"""How to cite a paper: always the paper on arXiv, never its translation."""

import re
import unicodedata

from apps.papers.models import Paper

_NOT_FOR_KEYS = re.compile(r"[^a-z0-9]+")
_SHORT_WORDS = frozenset({"a", "an", "and", "for", "from", "in", "of", "on", "the", "to", "with"})


def bibtex(paper: Paper) -> str:
    """Return a BibTeX entry of type @misc with arXiv's eprint fields.

    Title and names keep the TeX they came with.
    """
    fields = {
        "title": f"{{{_one_line(paper.title)}}}",
        "author": " and ".join(_one_line(name) for name in paper.author_names),
        "year": f"{paper.submitted_at:%Y}",
        "eprint": paper.arxiv_id,
        "archivePrefix": "arXiv",
        "primaryClass": paper.primary_category,
        "doi": paper.doi.split()[0] if paper.doi.split() else "",
        "url": paper.identifier.unversioned.abs_url,
    }
    lines = [f"  {name:<13} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{_key(paper)},\n" + ",\n".join(lines) + "\n}"


def _one_line(text: str) -> str:
    """Braces that nobody closed would swallow the rest of a bibliography, so they go."""
    line = " ".join(text.split())
    depth = 0
    for character in line:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            break
    return line if depth == 0 else line.replace("{", "").replace("}", "")


def _key(paper: Paper) -> str:
    first_author = paper.authors[0].get("keyname", "") if paper.authors else ""
    words = [_ascii(word) for word in paper.title.split()]
    telling = next((word for word in words if word and word not in _SHORT_WORDS), "")
    return f"{_ascii(first_author) or 'arxiv'}{paper.submitted_at:%Y}{telling}"


def _ascii(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_FOR_KEYS.sub("", bare)
