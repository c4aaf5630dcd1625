"""Paging by key: a page begins after the last paper of the one before it.

No page counts and none skips rows, so the last page of a million papers costs what the first does,
and papers that arrive while somebody pages neither repeat nor hide an entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import Q
from django.utils.translation import gettext as _

from apps.translation.models import Translation, TranslationQuerySet

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Seventeen digits of microseconds reach to the year 5138, so no cursor overflows a date.
_WRITTEN = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)


class BrokenCursor(ValueError):
    """The text is not a cursor that this site gave out."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _(
                "“%(cursor)s” is not a cursor of this site. Omit the parameter to start from the "
                "newest paper, or use the URL of the next page unchanged."
            )
            % {"cursor": text[:80]}
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list of papers, newest first: when submitted, and which paper."""

    submitted_at: datetime
    paper_id: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str(place)` wrote. Raises BrokenCursor for anything else."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise BrokenCursor(text)
        return cls(_EPOCH + timedelta(microseconds=int(match[1])), int(match[2]))

    def __str__(self) -> str:
        return f"{(self.submitted_at - _EPOCH) // timedelta(microseconds=1)}-{self.paper_id}"


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """One page of translations. `following` is where the next page begins; None on the last."""

    translations: list[Translation]
    following: Place | None


def newest_first(translations: TranslationQuerySet) -> TranslationQuerySet:
    """Order translations by their papers: the latest submitted first."""
    return translations.order_by("-paper__submitted_at", "-paper_id")


def page_after(translations: TranslationQuerySet, place: Place | None, *, size: int) -> KeysetPage:
    """Return the `size` translations that come after `place`, newest paper first.

    `place` None means from the start. `translations` must be in one language: the order is by
    paper, and a paper has one published translation in each. One query.
    """
    if place is not None:
        translations = translations.filter(
            Q(paper__submitted_at__lt=place.submitted_at) | Q(paper_id__lt=place.paper_id),
            paper__submitted_at__lte=place.submitted_at,
        )
    found = list(newest_first(translations)[: size + 1])
    if len(found) <= size:
        return KeysetPage(found, None)
    last = found[size - 1]
    return KeysetPage(found[:size], Place(last.paper.submitted_at, last.paper_id))
