"""Editing: a person's words replace the machine's, are checked at once, and are never lost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from apps.review.claims import extend_claim
from apps.review.editing.provenance import provenance_of
from apps.review.editing.recheck import check_again, note_findings
from apps.review.editing.session import (
    CannotEdit,
    ChangedMeanwhile,
    decided,
    locked_translation,
    open_to_editor,
)
from apps.review.models import Decision, DecisionKind
from apps.review.permissions import Right, require
from apps.review.queue.index import refresh_entries
from apps.translation.models import (
    Segment,
    SegmentOrigin,
    SegmentState,
    SummaryOrigin,
    Translation,
)
from apps.translation.pipeline.carry_over import bring_up_to_date
from apps.translation.pipeline.finish import put_together
from apps.translation.status import TranslationStatus


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
    opened = open_to_editor(translation_key, actor=actor, now=now)
    translation = opened.translation
    changes = []
    for key, text in texts.items():
        segment = opened.sentence(key)
        written = text.strip()
        if not written:
            raise CannotEdit.without_text()
        if written == segment.text:
            continue
        opened.sentence(key, seen=(seen or {}).get(key))
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
    note_findings(translation, changes, {segment.pk: segment for segment in opened.segments})
    before = translation.status
    followed = check_again(translation, opened.segments, now=now)
    carry_to_other_texts(translation, actor=actor, now=now)
    return decided(
        translation,
        kind,
        before=before,
        actor=actor,
        reason=reason,
        detail={**(detail or {}), "segments": changes, **followed},
        batch=batch,
        now=now,
    )


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
        decided(
            other,
            DecisionKind.EDIT,
            before=before,
            actor=actor,
            reason=_("the same sentence was approved in another version"),
            detail={
                "segments": [
                    {"segment": item.pk, "before": earlier, "after": item.text}
                    for item, earlier in changed
                ],
                **followed,
            },
            now=now,
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
    return decided(
        translation,
        kind,
        actor=actor,
        reason=reason,
        detail={"summary": {"before": before, "after": translation.summary}},
        now=now,
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
