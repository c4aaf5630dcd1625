"""Papers by the names of their authors, through the kept index: no page searches author lists.

The address of an author is the key of the name with hyphens for spaces, so that every spelling that
folds to one key has one page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from apps.discovery.models import AuthorPaper
from apps.public.catalogue.keyset import KeysetPage, Place
from apps.public.catalogue.papers import listed_translations
from apps.text.arxiv.author_key import author_key
from apps.translation.models import Translation

COAUTHORS = 12


def slug_of(name: str) -> str:
    """Return the part of an address that stands for a name; empty for one without letters.

    The slug of a slug is the slug itself.
    """
    return author_key(name).replace(" ", "-")


@dataclass(frozen=True, slots=True)
class NamePage:
    """One page of the papers of a name.

    spellings: how these papers print the name, the most frequent first. coauthors: who else stands
    on at least one of them, with the number of papers, the most frequent first.
    """

    papers: KeysetPage
    spellings: list[str]
    coauthors: list[tuple[str, int]]


def papers_of_name(key: str, language: str, place: Place | None, *, size: int) -> NamePage:
    """Return up to `size` papers after `place` on which an author of this key stands, newest first.

    Two queries: a walk along the index of this one name, and the translations that it found.
    """
    readable = Translation.objects.listed().in_language(language).filter(paper=OuterRef("paper"))
    rows = AuthorPaper.objects.by(key).newest_first().filter(Exists(readable))
    if place is not None:
        rows = rows.after(place.submitted_at, place.paper_id)
    found = list(rows.values_list("submitted_at", "paper_id")[: size + 1])
    keys = [paper for _submitted, paper in found[:size]]
    by_paper = {
        translation.paper_id: translation
        for translation in listed_translations(language)
        .filter(paper__in=keys)
        .defer("abstract", "paper__abstract")
    }
    following = Place(*found[size - 1]) if len(found) > size else None
    # A translation that was taken down between both queries is simply not there.
    papers = KeysetPage([by_paper[paper] for paper in keys if paper in by_paper], following)
    return NamePage(papers, *_names_on(papers.translations, key))


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
