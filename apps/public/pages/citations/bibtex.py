"""Citations of a paper on arXiv, never of its translation: a line of text, and BibTeX."""

import re
import unicodedata

from apps.papers.models import Paper
from apps.public.pages.citations.people import people_of
from apps.text.arxiv.author_strings import Author
from apps.text.tex.html import to_plain

NAMES_IN_REFERENCE = 10
_NOT_FOR_KEYS = re.compile(r"[^a-z0-9]+")
_SHORT_WORDS = frozenset({"a", "an", "and", "for", "from", "in", "of", "on", "the", "to", "with"})
_MATH = re.compile(r"(\$[^$]*\$)")
_BARE_SIGN = re.compile(r"(?<!\\)[&%#_]")


def reference(paper: Paper) -> str:
    """Return the entry of a paper in a list of references, without its URL.

    Like "Ada Example, Bo Sample: Counting Sheep. arXiv:2405.10999 [cs.CL], 2024."; more than ten
    authors become ten and "et al.".
    """
    names = [" ".join(name.split()) for name in paper.author_names]
    listed = ", ".join(names[:NAMES_IN_REFERENCE])
    if len(names) > NAMES_IN_REFERENCE:
        listed += " et al."
    title = to_plain(paper.title)
    category = f" [{paper.primary_category}]" if paper.primary_category else ""
    stop = "" if title.endswith((".", "?", "!")) else "."
    said = f"{title}{stop} arXiv:{paper.arxiv_id}{category}, {paper.submitted_at:%Y}."
    return f"{listed}: {said}" if listed else said


def bibtex(paper: Paper) -> str:
    """Return a BibTeX entry of type @misc with arXiv's eprint fields.

    Title and names keep their TeX; special characters outside of math are escaped. Names are
    "von Last, Jr, First"; groups are in braces, so that BibTeX does not split them.
    """
    fields = {
        "title": f"{{{_tex_line(paper.title)}}}",
        "author": " and ".join(_bibtex_name(author) for author in people_of(paper)),
        "year": f"{paper.submitted_at:%Y}",
        "eprint": paper.arxiv_id,
        "archivePrefix": "arXiv",
        "primaryClass": paper.primary_category,
        "doi": doi_of(paper),
        "url": paper.identifier.unversioned.abs_url,
    }
    lines = [f"  {name:<13} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{citation_key(paper)},\n" + ",\n".join(lines) + "\n}"


def doi_of(paper: Paper) -> str:
    """Return the first DOI of a paper; empty if it has none."""
    return next(iter(paper.doi.split()), "")


def citation_key(paper: Paper) -> str:
    """Return a short key like "example2024counting", of ASCII letters and digits."""
    authors = people_of(paper)
    words = [_ascii(word) for word in paper.title.split()]
    telling = next((word for word in words if word and word not in _SHORT_WORDS), "")
    first = _ascii(authors[0].keyname) if authors else ""
    return f"{first or 'arxiv'}{paper.submitted_at:%Y}{telling}"


def _bibtex_name(author: Author) -> str:
    name = _tex_line(author.name)
    if not author.forenames:
        return f"{{{name}}}" if " " in name or "," in name else name
    parts = (author.keyname, author.suffix, author.forenames)
    return ", ".join(_tex_line(part) for part in parts if part)


def _tex_line(text: str) -> str:
    """Return one line of TeX; unbalanced braces, which would break a bibliography, are removed."""
    line = _balanced(" ".join(text.split()))
    if line.count("$") % 2:
        line = re.sub(r"(?<!\\)\$", r"\\$", line)
    parts = _MATH.split(line)
    parts[::2] = [_BARE_SIGN.sub(r"\\\g<0>", part) for part in parts[::2]]
    return "".join(parts)


def _balanced(line: str) -> str:
    depth = 0
    for character in line:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            break
    return line if depth == 0 else line.replace("{", "").replace("}", "")


def _ascii(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_FOR_KEYS.sub("", bare)
