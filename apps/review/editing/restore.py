"""Restoring: a text that a decision replaced comes back, as the words of who restores it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from apps.review.editing.edit import edit_segments, edit_summary
from apps.review.editing.session import CannotEdit
from apps.review.models import Decision, DecisionKind


class NothingToRestore(CannotEdit):
    """The decision did not replace such a text, or it is the text of now."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "There is nothing to restore: this change replaced no text, or the current text "
                "is already the same."
            )
        )


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
    further decision. Raises NothingToRestore, and whatever `edit_segments` raises.
    """
    text = text_before(decision, segment_key)
    restored = text and edit_segments(
        decision.translation_id,
        {segment_key: text},
        actor=actor,
        seen={segment_key: seen},
        kind=DecisionKind.RESTORE,
        reason=reason,
        now=now,
    )
    if not restored:
        raise NothingToRestore
    return restored


def restore_summary(
    decision: Decision, *, seen: str, actor: User, reason: str = "", now: datetime
) -> Decision:
    """Bring back the summary that `decision` replaced; return the new decision.

    Raises NothingToRestore, and whatever `edit_summary` raises.
    """
    text = summary_before(decision)
    restored = text and edit_summary(
        decision.translation_id,
        text,
        actor=actor,
        seen=seen,
        kind=DecisionKind.RESTORE,
        reason=reason,
        now=now,
    )
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
