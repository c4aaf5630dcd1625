"""Approving sentences: a person stands behind a text that somebody or something else wrote."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from apps.review.editing.edit import carry_to_other_texts
from apps.review.editing.recheck import check_again
from apps.review.editing.session import CannotEdit, decided, open_to_editor
from apps.review.models import Decision, DecisionKind
from apps.translation.memory.store import remember
from apps.translation.models import Segment, Translation


@transaction.atomic
def approve_sentences(
    translation_key: int,
    keys: Collection[int],
    *,
    actor: User,
    seen: Mapping[int, str] | None = None,
    now: datetime,
) -> Decision | None:
    """Approve sentences (by key) as they are and return the decision, None if all were approved.

    They are the person's from then on: no machine writes them again, their findings are settled,
    and the memory remembers them. `seen` has, by key, the texts that the editor read.

    Raises ChangedMeanwhile when a text is no longer the one of `seen`; CannotEdit for a sentence
    without text or of another translation, or a translation that a newer text has replaced;
    NotAllowed; ClaimedByOther while somebody else is working on it.
    """
    opened = open_to_editor(translation_key, actor=actor, now=now)
    translation = opened.translation
    chosen = []
    for key in keys:
        segment = opened.sentence(key, seen=(seen or {}).get(key))
        if not segment.text:
            raise CannotEdit.without_text()
        if segment.approved_at is None:
            chosen.append(segment)
    if not chosen:
        return None
    before = translation.status
    detail = approve_segments(translation, chosen, actor=actor, now=now)
    detail |= check_again(translation, opened.segments, now=now)
    carry_to_other_texts(translation, actor=actor, now=now)
    return decided(
        translation, DecisionKind.SENTENCES, before=before, actor=actor, detail=detail, now=now
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
