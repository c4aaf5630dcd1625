"""Papers of an author name, found through the author index.

The URL of an author is the key of the name with hyphens for spaces, so all spellings with the same
key share one page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from apps.core.keyset import Page, Position
from apps.discovery.models import AuthorPaper
from apps.papers.orderings import NEWEST_IN_INDEX
from apps.public.catalogue.papers import listed_translations
from apps.text.arxiv.author_key import author_key
from apps.translation.models import Translation

COAUTHORS = 12


def slug_of(name: str) -> str:
    """Return the URL part for a name; empty for a name without letters. Slugs map to themselves."""
    return author_key(name).replace(" ", "-")


@dataclass(frozen=True, slots=True)
class NamePage:
    """One page of the papers of a name.

    spellings: the printed forms of the name, most frequent first. coauthors: the other names on
    these papers with their number of papers, most frequent first.
    """

    papers: Page[Translation]
    spellings: list[str]
    coauthors: list[tuple[str, int]]


def papers_of_name(key: str, language: str, after: Position | None, *, size: int) -> NamePage:
    """Return a page of the papers of an author, newest first. Two queries.

    Args:
        key: The author key.
        language: The language of the translations.
        after: The position after which the page begins; None for the first page.
        size: The maximum number of papers.

    Returns:
        The papers with the spellings and coauthors on them.
    """
    readable = Translation.objects.listed().in_language(language).filter(paper=OuterRef("paper"))
    rows = AuthorPaper.objects.by(key).filter(Exists(readable)).only("submitted_at")
    page = NEWEST_IN_INDEX.page(rows, after, size=size)
    keys = [row.paper_id for row in page.rows]
    by_paper = {
        translation.paper_id: translation
        for translation in listed_translations(language)
        .filter(paper__in=keys)
        .defer("abstract", "paper__abstract")
    }
    # A translation that was taken down between the two queries is skipped.
    papers = [by_paper[paper] for paper in keys if paper in by_paper]
    return NamePage(Page(papers, page.next), *_names_on(papers, key))


def _names_on(translations: list[Translation], key: str) -> tuple[list[str], list[tuple[str, int]]]:
    spellings: Counter[str] = Counter()
    others: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for translation in translations:
        names = {author_key(name): name for name in reversed(translation.paper.author_names)}
        if key in names:
            spellings[names.pop(key)] += 1
        for other, name in names.items():
            if other:
                printed.setdefault(other, name)
                others[other] += 1
    frequent = sorted(others.items(), key=lambda item: (-item[1], item[0]))[:COAUTHORS]
    return (
        [name for name, _number in spellings.most_common()],
        [(printed[other], number) for other, number in frequent],
    )
