"""Retranslating: what no person wrote or approved goes back to the machine."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from apps.review.claims import require_unclaimed
from apps.review.editing.session import decided, locked_translation, require_current
from apps.review.models import Decision, DecisionKind
from apps.review.permissions import Right, require
from apps.review.queue.index import refresh_entries
from apps.translation.models import Segment, SegmentState
from apps.translation.status import TranslationStatus, require_transition


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
    return decided(
        translation,
        DecisionKind.RETRANSLATE,
        before=before,
        actor=actor,
        reason=reason,
        detail={"replaced": replaced} if replaced else {},
        now=now,
    )
