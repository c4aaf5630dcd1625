"""The history of a translation for readers: decisions, and events reconstructed from its rows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, ngettext

from apps.core.keyset import LATEST_ADDED, Page, Position
from apps.review.history.labels import (
    actor_label,
    decision_label,
    segment_label,
    status_change_label,
)
from apps.review.models import Decision
from apps.translation.history_entries import HistoryEntry, TextChange
from apps.translation.models import Segment, SegmentOrigin, Translation
from apps.translation.models.findings import check_label
from apps.translation.status import TranslationStatus

PER_PAGE = 50


def history_of(
    translation: Translation, *, before: int | None = None, per_page: int = PER_PAGE
) -> Page[HistoryEntry]:
    """Load one page of a history. Three queries.

    Work of the machine has no decision; such events are placed among the decisions by time.

    Args:
        translation: the translation.
        before: the key of a decision; the page begins with the one before it. None: the latest.
        per_page: the number of decisions on a page.

    Returns:
        The entries, latest first.
    """
    segments = list(translation.segments.order_by("-field", "position"))
    rows = Decision.objects.filter(translation=translation).select_related("actor")
    # The decision `before` is loaded too: it marks the end of the previous page.
    after, size = (None, per_page) if before is None else ((before + 1,), per_page + 1)
    page = LATEST_ADDED.page(rows, after, size=size)
    newer = page.rows[0] if page.rows and page.rows[0].pk == before else None
    decisions, older = page.rows[1:] if newer else page.rows, page.next
    by_key = {segment.pk: segment for segment in segments}
    entries = [_entry(decision, by_key, translation) for decision in decisions]
    events = list(_machine_events(translation, segments))
    if before is None:
        events += _status_event(translation, decisions[0] if decisions else None)
    # At equal times, events of the machine come first, in their order.
    entries = [
        *(event for event in events if _is_between(event.at, decisions, older, newer)),
        *reversed(entries),
    ]
    entries.sort(key=lambda entry: entry.at)
    entries.reverse()
    return Page(entries, older)


def _is_between(
    at: datetime, decisions: Sequence[Decision], older: Position | None, newer: Decision | None
) -> bool:
    """Whether a moment belongs to the page, or to one before or after it."""
    is_new_enough = older is None or at >= decisions[-1].decided_at
    return is_new_enough and (newer is None or at < newer.decided_at)


def _entry(
    decision: Decision, segments: Mapping[int, Segment], translation: Translation
) -> HistoryEntry:
    changes = [*_sentences(decision, segments), *_summary(decision, translation)]
    status = status_change_label(decision)
    lines = [gettext("Status: %s") % status] if status else []
    lines += _approved(decision, segments)
    return HistoryEntry(
        key=str(decision.pk),
        at=decision.decided_at,
        who=actor_label(decision),
        what=decision_label(decision),
        why=decision.reason,
        by_machine=False,
        changes=changes,
        lines=lines,
    )


def _sentences(decision: Decision, segments: Mapping[int, Segment]) -> Iterator[TextChange]:
    """Yield the changed sentences in the order of the text."""
    order = {key: place for place, key in enumerate(segments)}
    detail = decision.detail
    rows = [*detail.get("segments", ()), *detail.get("replaced", ())]
    for row in sorted(rows, key=lambda row: order.get(row["segment"], len(order))):
        segment = segments.get(row["segment"])
        if segment is None:
            continue
        before = row.get("before", "")
        yield TextChange(
            label=segment_label(segment),
            before=before,
            after=row.get("after"),
            source=segment.source,
            facts=list(_facts(row)),
            restore=f"{decision.pk}:{segment.pk}" if before and before != segment.text else "",
            seen=segment.text,
        )


def _facts(row: Mapping[str, Any]) -> Iterator[str]:
    if row.get("engine"):
        yield gettext("Made by: %s") % row["engine"]
    if row.get("settled"):
        yield gettext("Findings settled: %s") % gettext(", ").join(map(check_label, row["settled"]))
    if row.get("kept"):
        yield gettext("Findings left: %s") % gettext(", ").join(map(check_label, row["kept"]))


def _summary(decision: Decision, translation: Translation) -> Iterator[TextChange]:
    for name, label in (
        ("summary", gettext("summary")),
        ("summary_followed", gettext("summary, extracted again from the sentences")),
    ):
        row = decision.detail.get(name)
        if row:
            can_restore = row["before"] and row["before"] != translation.summary
            yield TextChange(
                label=label,
                before=row["before"],
                after=row["after"],
                restore=f"{decision.pk}:summary" if can_restore else "",
                seen=translation.summary,
            )


def _approved(decision: Decision, segments: Mapping[int, Segment]) -> Iterator[str]:
    rows = {row["segment"]: row for row in decision.detail.get("approved", ())}
    approved = [segments[key] for key in segments if key in rows]
    if approved:
        yield gettext("Approved: %s") % gettext(", ").join(map(segment_label, approved))
    for segment in approved:
        names = rows[segment.pk].get("dismissed")
        if names:
            yield gettext("%(place)s: judged not to be an error: %(names)s") % {
                "place": segment_label(segment),
                "names": gettext(", ").join(map(check_label, names)),
            }


def _status_event(translation: Translation, last: Decision | None) -> Iterator[HistoryEntry]:
    """Yield the status that the machine set after the latest decision, if it did."""
    if translation.status != (last.status_after if last else TranslationStatus.PENDING):
        status = gettext("Status: %s") % translation.get_status_display()
        reason = translation.status_reason
        yield _by_machine("status", translation.updated_at, status, [reason] if reason else [])


def _machine_events(
    translation: Translation, segments: Sequence[Segment]
) -> Iterator[HistoryEntry]:
    """Yield the events of the machine that the rows tell of, in their order."""
    carried = sum(
        item.approved_at is not None and item.approved_at < translation.created_at
        for item in segments
    )
    opened = [ngettext("%(n)s sentence", "%(n)s sentences", len(segments)) % {"n": len(segments)}]
    if carried:
        opened.append(
            ngettext(
                "%(n)s approved sentence was carried over from an earlier version",
                "%(n)s approved sentences were carried over from an earlier version",
                carried,
            )
            % {"n": carried}
        )
    yield _by_machine("opened", translation.created_at, gettext("opened for translation"), opened)
    yield from _translated(translation, segments)


def _translated(translation: Translation, segments: Sequence[Segment]) -> Iterator[HistoryEntry]:
    """Yield one entry for the sentences that one engine translated within one minute."""
    made = [
        (item.translated_at.replace(second=0, microsecond=0), item.engine or item.origin, item)
        for item in segments
        if item.translated_at
        and item.origin != SegmentOrigin.PERSON
        and item.translated_at >= translation.created_at
    ]
    made.sort(key=lambda row: row[:2])
    for (minute, engine), rows in groupby(made, key=lambda row: row[:2]):
        items = [item for _minute, _engine, item in rows]
        what = ngettext(
            "%(n)s sentence translated by %(engine)s",
            "%(n)s sentences translated by %(engine)s",
            len(items),
        ) % {"n": len(items), "engine": _engine_name(engine)}
        versions = sorted({item.engine_version for item in items if item.engine_version})
        at = max(item.translated_at for item in items if item.translated_at)
        yield _by_machine(f"{engine}-{minute:%Y%m%d%H%M}", at, what, versions)


def _engine_name(name: str) -> str:
    return str(SegmentOrigin(name).label) if name in SegmentOrigin.values else name


def _by_machine(key: str, at: datetime, what: str, lines: Sequence[str]) -> HistoryEntry:
    return HistoryEntry(
        key=key, at=at, who=gettext("machine"), what=what, by_machine=True, lines=lines
    )
