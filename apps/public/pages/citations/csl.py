"""A paper on arXiv as CSL-JSON.

Source: CSL 1.0.2 data schema
(https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json). A
preprint is an "article" with archive and number.
"""

import json
from typing import Any

from django.conf import settings

from apps.papers.models import Paper
from apps.public.pages.citations.bibtex import citation_key, doi_of
from apps.public.pages.citations.people import people_of
from apps.text.arxiv.author_strings import Author
from apps.text.tex.html import to_plain


def csl_item(paper: Paper) -> dict[str, Any]:
    """Return the CSL item of a paper."""
    day = paper.submitted_at
    item: dict[str, Any] = {
        "id": citation_key(paper),
        "type": "article",
        "title": to_plain(paper.title),
        "author": [_name(author) for author in people_of(paper)],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "abstract": to_plain(paper.abstract),
        "archive": "arXiv",
        "archive_location": paper.arxiv_id,
        "publisher": "arXiv",
        "number": f"arXiv:{paper.arxiv_id}",
        "DOI": doi_of(paper),
        "URL": paper.identifier.unversioned.abs_url,
        "language": settings.SOURCE_LANGUAGE,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(paper: Paper) -> str:
    """Return a CSL-JSON document with one item."""
    return json.dumps([csl_item(paper)], ensure_ascii=False, indent=1)


def _name(author: Author) -> dict[str, str]:
    if not author.forenames:
        return {"literal": author.name}
    parts = {"family": author.keyname, "given": author.forenames, "suffix": author.suffix}
    return {name: value for name, value in parts.items() if value}
