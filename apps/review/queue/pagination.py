"""One page of the queue: rows in its order, from a place in it on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.review.claims import Claim
from apps.review.models import QueueEntry
from apps.review.queue.filters import BadFilter, QueueFilter
from apps.text.tex.html import to_plain
from apps.translation.models.findings import check_label

ROWS = 50
_PLACE = re.compile(r"(-?\d{1,8}\.\d{1,20})_(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of the queue."""

    priority: float
    key: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str(place)` wrote. Raises BadFilter for anything else."""
        match = _PLACE.fullmatch(text)
        if match is None:
            raise BadFilter(
                _("“%s” is no place in the queue. Start from the first page.") % text[:40]
            )
        return cls(float(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.priority!r}_{self.key}"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a translation is in the queue, in words; is_grave: it keeps it from being published."""

    words: str
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the list shows it. claim: the one that runs; is_mine: it is the reader's own."""

    entry: QueueEntry
    title: str
    original: str
    arxiv_id: str
    reasons: list[Reason]
    claim: Claim | None
    is_mine: bool
    waits_since: datetime


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Rows, and where the next page begins; None on the last."""

    rows: list[Row]
    following: Place | None


def page_of(
    wanted: QueueFilter, place: Place | None, *, editor: User, now: datetime, size: int = ROWS
) -> QueuePage:
    """Return the `size` riskiest entries that fit `wanted` and come behind `place`. One query."""
    entries = wanted.entries(editor=editor, now=now)
    if place is not None:
        entries = entries.behind(place.priority, place.key)
    found = list(
        entries.riskiest_first()
        .select_related("translation__paper", "translation__claim__editor")
        .only(
            *(field.attname for field in QueueEntry._meta.concrete_fields),
            "translation__title",
            "translation__created_at",
            "translation__paper__title",
            "translation__paper__arxiv_id",
            "translation__claim__expires_at",
            "translation__claim__editor__username",
        )[: size + 1]
    )
    rows = [row_of(entry, editor=editor, now=now) for entry in found[:size]]
    if len(found) <= size:
        return QueuePage(rows, None)
    last = found[size - 1]
    return QueuePage(rows, Place(last.priority, last.pk))


def row_of(entry: QueueEntry, *, editor: User, now: datetime) -> Row:
    """Return an entry, fetched with its translation, paper and claim, as a row."""
    translation = entry.translation
    claim: Claim | None = getattr(translation, "claim", None)
    if claim is not None and claim.expires_at <= now:
        claim = None
    return Row(
        entry=entry,
        title=to_plain(translation.title),
        original=to_plain(translation.paper.title),
        arxiv_id=translation.paper.arxiv_id,
        reasons=reasons_of(entry),
        claim=claim,
        is_mine=claim is not None and claim.editor_id == editor.pk,
        waits_since=translation.created_at,
    )


def reasons_of(entry: QueueEntry) -> list[Reason]:
    """Return why an entry is in the queue, the gravest first."""
    reasons = [Reason(check_label(name), is_grave=True) for name in entry.blocking]
    if entry.open_suggestions:
        reasons.append(
            Reason(
                ngettext(
                    "%(n)d reader's correction",
                    "%(n)d readers' corrections",
                    entry.open_suggestions,
                )
                % {"n": entry.open_suggestions}
            )
        )
    if entry.is_stale:
        reasons.append(Reason(_("the paper's text has changed")))
    return reasons + [Reason(check_label(name)) for name in entry.others]
