"""A paper on arXiv as RIS.

Each line is a two-character tag, two spaces, a hyphen, a space and the value; it ends with CR LF.
Nothing may follow the tag ER.
"""

from django.conf import settings

from apps.papers.models import Paper
from apps.public.pages.citations.bibtex import doi_of
from apps.public.pages.citations.people import people_of
from apps.text.arxiv.author_strings import Author
from apps.text.tex.html import to_plain

REPORT = "RPRT"
"""RIS has no type for preprints, and Zotero reads UNPB as a journal article."""


def ris(paper: Paper) -> str:
    """Return the RIS record of a paper. Math is TeX without delimiters."""
    lines = [
        ("TY", REPORT),
        ("TI", to_plain(paper.title)),
        *(("AU", _name(author)) for author in people_of(paper)),
        ("PY", f"{paper.submitted_at:%Y}"),
        ("DA", f"{paper.submitted_at:%Y/%m/%d}"),
        ("M3", "preprint"),
        ("PB", "arXiv"),
        ("DB", "arXiv"),
        ("AN", f"arXiv:{paper.arxiv_id}"),
        ("DO", doi_of(paper)),
        ("UR", paper.identifier.unversioned.abs_url),
        ("L1", paper.identifier.unversioned.pdf_url),
        ("LA", settings.SOURCE_LANGUAGE),
        ("AB", to_plain(paper.abstract)),
        *(("KW", code) for code in paper.categories),
    ]
    written = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value.strip()]
    return "\r\n".join([*written, "ER  - ", ""])


def _name(author: Author) -> str:
    """Return "Last, First, Suffix", as RIS has it."""
    if not author.forenames:
        return author.name
    parts = (author.keyname, author.forenames, author.suffix)
    return ", ".join(part for part in parts if part)
