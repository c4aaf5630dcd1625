"""Restoring: a text that a decision replaced comes back, as an edit of who restores it."""

from datetime import datetime

from django.contrib.auth.models import User

from apps.review.acts.edit_sentences import EditSentences
from apps.review.acts.edit_summary import EditSummary
from apps.review.models import Decision, DecisionKind
from apps.review.refusals import NothingToRestore


def restore_sentence(
    decision: Decision,
    segment_key: int,
    *,
    seen: str,
    actor: User,
    reason: str = "",
    now: datetime,
) -> Decision:
    """Give a sentence (by key) the text that it had before `decision`; return the new decision.

    `seen` is the text of now as the editor saw it. Nothing of the history changes: restoring is a
    further decision. Raises NothingToRestore, and what EditSentences refuses.
    """
    text = text_before(decision, segment_key)
    restored = text and EditSentences(
        texts={segment_key: text},
        seen={segment_key: seen},
        kind=DecisionKind.RESTORE,
        actor=actor,
        reason=reason,
        now=now,
    ).execute(decision.translation_id)
    if not restored:
        raise NothingToRestore
    return restored


def restore_summary(
    decision: Decision, *, seen: str, actor: User, reason: str = "", now: datetime
) -> Decision:
    """Bring back the summary that `decision` replaced; return the new decision.

    Raises NothingToRestore, and what EditSummary refuses.
    """
    text = summary_before(decision)
    restored = text and EditSummary(
        text=text, seen=seen, kind=DecisionKind.RESTORE, actor=actor, reason=reason, now=now
    ).execute(decision.translation_id)
    if not restored:
        raise NothingToRestore
    return restored


def text_before(decision: Decision, segment_key: int) -> str:
    """Return the text of a sentence that `decision` replaced; empty when it replaced none."""
    changes = [*decision.detail.get("segments", ()), *decision.detail.get("replaced", ())]
    return next((one.get("before", "") for one in changes if one["segment"] == segment_key), "")


def summary_before(decision: Decision) -> str:
    """Return the summary that `decision` replaced; empty when it replaced none."""
    detail = decision.detail
    return (detail.get("summary") or detail.get("summary_followed") or {}).get("before", "")
