"""Restoring: a text that a decision replaced comes back, as an edit of its own."""

from datetime import datetime

from django.contrib.auth.models import User

from apps.review.acts.base import Act
from apps.review.acts.edit_sentences import EditSentences
from apps.review.acts.edit_summary import EditSummary
from apps.review.models import Decision, DecisionKind
from apps.review.refusals import NothingToRestore


def restore_sentence(
    decision: Decision, segment_key: int, *, seen: str, actor: User, reason: str = "", now: datetime
) -> Decision:
    """Give a sentence the text that it had before `decision`, and return the new decision.

    Args:
        decision: The decision that replaced the text.
        segment_key: Key of the sentence.
        seen: The present text, as the editor saw it.
        actor: The editor.
        reason: Why, for the history.
        now: The time.

    Raises:
        NothingToRestore: The decision did not replace this text, or it is the present one.
        Refusal: As EditSentences does.
    """
    changes = [*decision.detail.get("segments", ()), *decision.detail.get("replaced", ())]
    text = next((one.get("before", "") for one in changes if one["segment"] == segment_key), "")
    edit = EditSentences(
        texts={segment_key: text},
        seen={segment_key: seen},
        kind=DecisionKind.RESTORE,
        actor=actor,
        reason=reason,
        now=now,
    )
    return _restore(decision, text, edit)


def restore_summary(
    decision: Decision, *, seen: str, actor: User, reason: str = "", now: datetime
) -> Decision:
    """Bring back the summary that `decision` replaced, as `restore_sentence` does a sentence."""
    detail = decision.detail
    text = (detail.get("summary") or detail.get("summary_followed") or {}).get("before", "")
    kind = DecisionKind.RESTORE
    edit = EditSummary(text=text, seen=seen, kind=kind, actor=actor, reason=reason, now=now)
    return _restore(decision, text, edit)


def _restore(decision: Decision, text: str, edit: Act[Decision | None]) -> Decision:
    restored = edit.execute(decision.translation_id) if text else None
    if restored is None:
        raise NothingToRestore
    return restored
