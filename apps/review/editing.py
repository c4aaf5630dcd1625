"""Editing: a person's words replace the machine's, are checked at once, and are never lost."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from apps.review.claims import extend_claim, require_unclaimed
from apps.review.models import Decision, DecisionKind
from apps.review.provenance import provenance_of
from apps.review.queue import refresh_entries
from apps.review.rights import Right, require
from apps.translation.carrying import bring_up_to_date
from apps.translation.finishing import check, findings_in, put_together, terms_of
from apps.translation.models import (
    Finding,
    FindingSeverity,
    Segment,
    SegmentOrigin,
    SegmentState,
    SummaryOrigin,
    Translation,
)
from apps.translation.status import TranslationStatus, require_transition


class CannotEdit(Exception):
    """The edit cannot be taken as it is; the message says what to do."""

    @classmethod
    def without_text(cls) -> "CannotEdit":
        """Return the error of a sentence that has no text."""
        return cls(_("A sentence cannot be empty. Type its translation."))


class ChangedMeanwhile(CannotEdit):
    """Somebody changed a text since the editor read it; `text` is what it is now."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            _("This text was changed meanwhile. Both texts are shown; choose, and save again.")
        )


@transaction.atomic
def edit_segments(
    translation_key: int,
    texts: Mapping[int, str],
    *,
    actor: User,
    seen: Mapping[int, str] | None = None,
    kind: DecisionKind = DecisionKind.EDIT,
    batch: UUID | None = None,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    now: datetime,
) -> Decision | None:
    """Replace the texts of sentences (by key) with what `actor` wrote; return the decision.

    The sentences are then the person's: no machine writes them again. The translation is checked
    and put together anew; one that was held and has no blocking finding left is ready. Nothing
    changes, and None comes back, when every text is as it was.

    Other texts of the paper with the same sentences take them over.

    Editing claims the translation for `actor`. `seen` has, by key, the texts that the editor
    began from. `kind` and `batch` go into the decision; its detail has for each sentence the texts
    before and after, where the one before came from, and which findings the new text settled and
    which it kept, beside what `detail` brings.

    Raises CannotEdit for an empty text, a sentence of another translation, or a translation that
    a newer text has replaced; ChangedMeanwhile when a text is no longer the one of `seen` (nothing
    is written then); NotAllowed; ClaimedByOther while somebody else is working on it.
    """
    require(actor, Right.EDIT)
    translation = locked_translation(translation_key)
    require_current(translation)
    extend_claim(translation.pk, actor=actor, now=now)
    segments = list(translation.segments.select_for_update().order_by("position"))
    known = {segment.pk: segment for segment in segments}
    changes = []
    for key, text in texts.items():
        segment = known.get(key)
        if segment is None:
            raise unknown_sentence(key)
        written = text.strip()
        if not written:
            raise CannotEdit.without_text()
        if written == segment.text:
            continue
        if seen is not None and seen.get(key, segment.text) != segment.text:
            raise ChangedMeanwhile(segment.text)
        changes.append(
            {
                "segment": key,
                "before": segment.text,
                "after": written,
                "was": provenance_of(segment),
            }
        )
        _write(segment, written, actor, now)
    if not changes:
        return None
    note_findings(translation, changes, known)
    before = translation.status
    followed = check_again(translation, segments, now=now)
    carry_to_other_texts(translation, actor=actor, now=now)
    return Decision.objects.create(
        translation=translation,
        kind=kind,
        status_before=before,
        status_after=translation.status,
        actor=actor,
        reason=reason,
        detail={**(detail or {}), "segments": changes, **followed},
        batch=batch,
        decided_at=now,
    )


def note_findings(
    translation: Translation, changes: list[dict[str, Any]], segments: Mapping[int, Segment]
) -> None:
    """Add to each change which of the open findings its new text settled, and which it kept.

    From these the desk says how often a check was right.
    """
    terms = terms_of(translation.language)
    open_now: dict[int, set[str]] = {}
    for key, name in translation.findings.values_list("segment", "name"):
        if key is not None:
            open_now.setdefault(key, set()).add(name)
    for change in changes:
        before = open_now.get(change["segment"], set())
        if before:
            found = findings_in(translation, segments[change["segment"]], terms)
            after = {item.check for item in found}
            change["settled"] = sorted(before - after)
            change["kept"] = sorted(before & after)


def carry_to_other_texts(translation: Translation, *, actor: User, now: datetime) -> None:
    """Give what persons approved to the other living translations of the same paper."""
    others = (
        Translation.objects.filter(paper=translation.paper_id, language=translation.language)
        .exclude(pk=translation.pk)
        .exclude(status=TranslationStatus.SUPERSEDED)
        .select_for_update(of=("self",))
        .order_by("id")
    )
    for other in others:
        changed = bring_up_to_date(other, now=now)
        if not changed:
            continue
        before = other.status
        followed: dict[str, Any] = {}
        if before not in (TranslationStatus.PENDING, TranslationStatus.WAITING):
            followed = check_again(other, list(other.segments.order_by("position")), now=now)
        Decision.objects.create(
            translation=other,
            kind=DecisionKind.EDIT,
            status_before=before,
            status_after=other.status,
            actor=actor,
            reason=_("the same sentence was approved in another version"),
            detail={
                "segments": [
                    {"segment": item.pk, "before": earlier, "after": item.text}
                    for item, earlier in changed
                ],
                **followed,
            },
            decided_at=now,
        )


@transaction.atomic
def edit_summary(
    translation_key: int,
    text: str,
    *,
    actor: User,
    seen: str | None = None,
    kind: DecisionKind = DecisionKind.EDIT,
    reason: str = "",
    now: datetime,
) -> Decision | None:
    """Replace the summary with what `actor` wrote; an empty text goes back to the extracted one.

    Raises ChangedMeanwhile when the summary is no longer the one of `seen`; NotAllowed;
    ClaimedByOther while somebody else is working on the translation.
    """
    require(actor, Right.EDIT)
    translation = locked_translation(translation_key)
    extend_claim(translation.pk, actor=actor, now=now)
    written = text.strip()
    if written == translation.summary:
        return None
    if seen is not None and seen != translation.summary:
        raise ChangedMeanwhile(translation.summary)
    before = translation.summary
    translation.summary = written
    translation.summary_origin = SummaryOrigin.PERSON if written else ""
    translation.summary_positions = []
    if not written:
        put_together(translation, list(translation.segments.order_by("position")))
    translation.updated_at = now
    translation.save(update_fields=["summary", "summary_origin", "summary_positions", "updated_at"])
    refresh_entries([translation.pk], now=now)
    return Decision.objects.create(
        translation=translation,
        kind=kind,
        status_before=translation.status,
        status_after=translation.status,
        actor=actor,
        reason=reason,
        detail={"summary": {"before": before, "after": translation.summary}},
        decided_at=now,
    )


@transaction.atomic
def retranslate(translation_key: int, *, actor: User, reason: str = "", now: datetime) -> Decision:
    """Send the sentences that no person wrote or approved back to the machine.

    The decision's detail keeps the texts that the machine will replace, and who made them.

    Raises ForbiddenTransition when the translation is public: take it down first; CannotEdit when
    a newer text has replaced it; NotAllowed; ClaimedByOther while somebody else is working on it.
    """
    require(actor, Right.RETRANSLATE)
    translation = locked_translation(translation_key)
    require_current(translation)
    require_unclaimed(translation.pk, actor=actor, now=now)
    before = translation.status
    require_transition(before, TranslationStatus.PENDING)
    # The engine's text stays until the next one is there, so nothing is lost when none comes.
    sent = Segment.objects.open_to_machines().filter(translation=translation)
    replaced = [
        {"segment": item.pk, "before": item.text, "engine": item.engine or item.origin}
        for item in sent.select_for_update().order_by("position")
        if item.text
    ]
    sent.update(state=SegmentState.PENDING, claimable_at=now, lease=None, attempts=0, last_error="")
    translation.status = TranslationStatus.PENDING
    translation.status_reason = reason
    translation.updated_at = now
    translation.save(update_fields=["status", "status_reason", "updated_at"])
    refresh_entries([translation.pk], now=now)
    return Decision.objects.create(
        translation=translation,
        kind=DecisionKind.RETRANSLATE,
        status_before=before,
        status_after=translation.status,
        actor=actor,
        reason=reason,
        detail={"replaced": replaced} if replaced else {},
        decided_at=now,
    )


def unknown_sentence(key: int) -> CannotEdit:
    """Return the error of a sentence that belongs to another translation, or to none."""
    return CannotEdit(_("The sentence %(key)s is not part of this translation.") % {"key": key})


def locked_translation(translation_key: int) -> Translation:
    """Return the translation with its paper, its row locked until the transaction ends."""
    return (
        Translation.objects.select_for_update(of=("self",))
        .select_related("paper")
        .get(pk=translation_key)
    )


def require_current(translation: Translation) -> None:
    """Raise CannotEdit when a newer text of the paper has replaced the translation."""
    if translation.status == TranslationStatus.SUPERSEDED:
        raise CannotEdit(
            _("This translates an older text of the paper. Work on the current translation.")
        )


def _write(segment: Segment, text: str, actor: User, now: datetime) -> None:
    segment.text = text
    segment.state = SegmentState.DONE
    segment.origin = SegmentOrigin.PERSON
    segment.engine = segment.engine_version = segment.last_error = ""
    segment.memory_entry = None
    segment.approved_at = now
    segment.approved_by_id = actor.pk
    segment.translated_at = now
    segment.lease = None
    segment.save(
        update_fields=[
            "text",
            "state",
            "origin",
            "engine",
            "engine_version",
            "last_error",
            "memory_entry",
            "approved_at",
            "approved_by",
            "translated_at",
            "lease",
        ]
    )


def check_again(
    translation: Translation, segments: Iterable[Segment], *, now: datetime
) -> dict[str, Any]:
    """Check and put together a locked translation anew; one held for nothing any more is ready.

    Returns what belongs into the detail of the decision: a summary that was picked anew.
    """
    segments = list(segments)
    summary = translation.summary
    put_together(translation, segments)
    translation.findings.all().delete()
    findings = Finding.objects.bulk_create(
        check(translation, segments, terms_of(translation.language), now=now)
    )
    blocking = any(item.severity == FindingSeverity.BLOCKING for item in findings)
    if translation.status == TranslationStatus.HELD and not blocking:
        require_transition(translation.status, TranslationStatus.READY)
        translation.status = TranslationStatus.READY
        translation.status_reason = ""
    translation.updated_at = now
    translation.save(
        update_fields=[
            "title",
            "abstract",
            "summary",
            "summary_origin",
            "summary_positions",
            "status",
            "status_reason",
            "updated_at",
        ]
    )
    refresh_entries([translation.pk], now=now)
    if translation.summary == summary:
        return {}
    return {"summary_followed": {"before": summary, "after": translation.summary}}
