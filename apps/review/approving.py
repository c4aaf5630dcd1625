"""Approving sentences: a person stands behind a text that somebody or something else wrote."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from apps.review.claims import extend_claim
from apps.review.editing import (
    CannotEdit,
    carry_to_other_texts,
    check_again,
    locked_translation,
    require_current,
    unknown_sentence,
)
from apps.review.models import Decision, DecisionKind
from apps.review.rights import Right, require
from apps.translation.memory import remember
from apps.translation.models import Segment, Translation


@transaction.atomic
def approve_sentences(
    translation_key: int, keys: Collection[int], *, actor: User, now: datetime
) -> Decision | None:
    """Approve sentences (by key) as they are and return the decision, None if all were approved.

    They are the person's from then on: no machine writes them again, their findings are settled,
    and the memory remembers them.

    Raises CannotEdit for a sentence without text or of another translation, or a translation that
    a newer text has replaced; NotAllowed; ClaimedByOther while somebody else is working on it.
    """
    require(actor, Right.EDIT)
    translation = locked_translation(translation_key)
    require_current(translation)
    extend_claim(translation.pk, actor=actor, now=now)
    segments = list(translation.segments.select_for_update().order_by("position"))
    known = {segment.pk: segment for segment in segments}
    chosen = []
    for key in keys:
        if key not in known:
            raise unknown_sentence(key)
        if not known[key].text:
            raise CannotEdit.without_text()
        if known[key].approved_at is None:
            chosen.append(known[key])
    if not chosen:
        return None
    before = translation.status
    detail = approve_segments(translation, chosen, actor=actor, now=now)
    detail |= check_again(translation, segments, now=now)
    carry_to_other_texts(translation, actor=actor, now=now)
    return Decision.objects.create(
        translation=translation,
        kind=DecisionKind.SENTENCES,
        status_before=before,
        status_after=translation.status,
        actor=actor,
        detail=detail,
        decided_at=now,
    )


def approve_segments(
    translation: Translation, segments: Sequence[Segment], *, actor: User, now: datetime
) -> dict[str, Any]:
    """Note that `actor` stands behind `segments`, and remember the pairs in the memory.

    For a service that holds the translation's row. Returns the detail of a decision: which
    sentences were newly approved, and which open findings the person thereby judged to be none.
    """
    fresh = [segment for segment in segments if segment.approved_at is None]
    names: dict[int | None, list[str]] = {}
    for key, name in translation.findings.values_list("segment", "name"):
        names.setdefault(key, []).append(name)
    for segment in fresh:
        segment.approved_at = now
        segment.approved_by_id = actor.pk
        segment.lease = None
    Segment.objects.bulk_update(fresh, ["approved_at", "approved_by", "lease"])
    remember(
        segments,
        source_language=settings.SOURCE_LANGUAGE,
        target_language=translation.language,
        created_by=actor,
        now=now,
    )
    return {
        "approved": [
            {"segment": segment.pk, "dismissed": sorted(set(names.get(segment.pk, ())))}
            for segment in fresh
        ]
    }
