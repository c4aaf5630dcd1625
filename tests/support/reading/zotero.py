"""What Zotero's connector would save from a page: a small reading of two of its translators' rules.

"Embedded Metadata" reads meta elements. Names with a known prefix (DC, og) are handed to "RDF",
which picks the first vocabulary that says a thing; names that end in a Highwire tag come after that
and win. Only what concerns pages like ours is here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import html

_PREFIXES = {"dc", "dcterms", "og", "article", "z", "prism", "eprints", "bibo", "so", "book"}
_HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_journal_abbrev": "journalAbbreviation",
    "citation_technical_report_institution": "institution",
    "citation_technical_report_number": "number",
    "citation_publisher": "publisher",
    "citation_abstract": "abstractNote",
    "citation_doi": "DOI",
    "citation_public_url": "url",
    "citation_language": "language",
}
_RDF = {
    "title": ["dc:title", "dcterms:title", "og:title"],
    "publicationTitle": ["dc:source", "dcterms:source"],
    "rights": ["dc:rights", "dcterms:rights"],
    "publisher": ["dc:publisher", "dcterms:publisher"],
    "date": ["article:published_time", "dc:date", "dcterms:date"],
    "url": ["og:url"],
    "abstractNote": ["og:description", "dcterms:abstract"],
    "journalAbbreviation": ["dcterms:alternative"],
    "archiveLocation": ["dc:coverage", "dcterms:coverage"],
    "language": ["dc:language", "dcterms:language"],
}
_TYPES = {"preprint", "journalArticle", "webpage", "report", "book"}


@dataclass
class Item:
    """The saved item. creators: (last name, first name or None)."""

    kind: str
    fields: dict[str, str]
    creators: list[tuple[str, str | None]]
    tags: list[str]
    pdf: str | None = None
    said: dict[str, list[str]] = field(default_factory=dict)


def saved_from(content: bytes) -> Item:
    """Return the item that Zotero would save from a page."""
    page = html.fromstring(content)
    metas = [
        (meta.get("name") or meta.get("property") or "", meta.get("content") or "")
        for meta in page.iter("meta")
    ]
    statements: dict[str, list[str]] = {}
    for name, value in metas:
        for tag in name.split() if value else []:
            parts = re.split("[.:_]", tag)
            prefix = parts[0].lower()
            if len(parts) > 2 and parts[1].lower() in _PREFIXES:
                prefix = parts[1].lower()
                rest = tag[len(parts[0]) + len(parts[1]) + 2 :]
            else:
                rest = tag[len(parts[0]) + 1 :]
            if prefix in _PREFIXES:
                key = f"{prefix}:{rest[:1].lower()}{rest[1:]}"
                statements.setdefault(key, []).append(value)
    fields = {
        name: statements[key][0]
        for name, keys in _RDF.items()
        if (key := next((key for key in keys if key in statements), None))
    }
    for tag, name in _HIGHWIRE.items():
        value = next((value for key, value in metas if key.endswith(tag) and value.strip()), None)
        if value:
            fields[name] = " ".join(value.split())
    for name, value in metas:
        if name.lower() == "description" and not fields.get("abstractNote"):
            fields["abstractNote"] = value
    authors = [value for name, value in metas if name.endswith("citation_author")]
    pdfs = [value for name, value in metas if name.endswith("citation_pdf_url")]
    return Item(
        _kind(metas, statements),
        {name: value for name, value in fields.items() if value},
        _creators(authors),
        statements.get("dc:subject", []),
        pdfs[0] if pdfs else None,
        statements,
    )


def _kind(metas: list[tuple[str, str]], statements: dict[str, Any]) -> str:
    by_highwire = {
        "citation_journal_title": "journalArticle",
        "citation_technical_report_institution": "report",
    }
    for name, value in metas:
        if name in by_highwire and value:
            return by_highwire[name]
    for key in ("z:itemType", "dc:type", "dcterms:type"):
        for value in statements.get(key, [])[:1]:
            if value in _TYPES:
                return value
    guess = any(name == "citation_title" for name, _ in metas)
    return "journalArticle" if guess else "webpage"


def _creators(authors: list[str]) -> list[tuple[str, str | None]]:
    creators: list[tuple[str, str | None]] = []
    last = None
    for author in authors:
        several = re.split(r"\s*;\s*", author)
        if len(several) == 1 and len(authors) == 1:
            by_comma = re.split(r"\s*,\s*", author)
            if len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]:
                several = by_comma
        for one in several:
            if not re.search(r"[^\s,-.;]", one) or one == last:
                continue
            last = one
            creators.append(_clean(one.strip()))
    return creators


def _clean(name: str) -> tuple[str, str | None]:
    has_comma = "," in name
    bare = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", name)
    if has_comma:
        parts = re.split(", ?", bare)
        return parts[0], parts[1] if len(parts) > 1 else None
    first, _space, last = bare.rpartition(" ")
    return last, first or None
