"""One page of the queue: the rows after a position, riskiest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.keyset import BrokenCursor, Page, Position
from apps.review.models import Claim, QueueEntry
from apps.review.models.queue import RISKIEST_FIRST
from apps.review.queue.filters import BadFilter, QueueFilter
from apps.text.tex.html import to_plain
from apps.translation.models.findings import check_label

ROWS = 50


def parse_position(text: str) -> Position:
    """Parse a position in the queue. Raises BadFilter if it is not one."""
    try:
        return RISKIEST_FIRST.decode(text)
    except BrokenCursor as broken:
        raise BadFilter(
            _("“%s” is not a position in the queue. Start from the first page.") % broken.text[:40]
        ) from broken


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a translation is in the queue. is_blocking: it cannot be published unreviewed."""

    label: str
    is_blocking: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the list shows it. claim: the running one; is_mine: it is this editor's."""

    entry: QueueEntry
    title: str
    original: str
    arxiv_id: str
    reasons: list[Reason]
    claim: Claim | None
    is_mine: bool
    waiting_since: datetime


def queue_page(
    wanted: QueueFilter, after: Position | None, *, editor: User, now: datetime, size: int = ROWS
) -> Page[Row]:
    """Return the `size` riskiest matching entries after a position. One query."""
    entries = wanted.entries(editor=editor, now=now)
    page = RISKIEST_FIRST.page(
        entries.select_related("translation__paper", "translation__claim__editor").only(
            *(field.attname for field in QueueEntry._meta.concrete_fields),
            "translation__title",
            "translation__created_at",
            "translation__paper__title",
            "translation__paper__arxiv_id",
            "translation__claim__expires_at",
            "translation__claim__editor__username",
        ),
        after,
        size=size,
    )
    return Page([queue_row(entry, editor=editor, now=now) for entry in page.rows], page.next)


def queue_row(entry: QueueEntry, *, editor: User, now: datetime) -> Row:
    """Return the row of an entry that was loaded with its translation, paper and claim."""
    translation = entry.translation
    claim: Claim | None = getattr(translation, "claim", None)
    if claim is not None and claim.expires_at <= now:
        claim = None
    return Row(
        entry=entry,
        title=to_plain(translation.title),
        original=to_plain(translation.paper.title),
        arxiv_id=translation.paper.arxiv_id,
        reasons=entry_reasons(entry),
        claim=claim,
        is_mine=claim is not None and claim.editor_id == editor.pk,
        waiting_since=translation.created_at,
    )


def entry_reasons(entry: QueueEntry) -> list[Reason]:
    """Return why an entry is in the queue, blocking findings first."""
    reasons = [Reason(check_label(name), is_blocking=True) for name in entry.blocking]
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
