"""Taking back: a sentence gets the text that it had before its last change, and its provenance."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from apps.review.editing.provenance import FIELDS, put_back
from apps.review.editing.recheck import check_again
from apps.review.editing.session import CannotEdit, decided, open_to_editor
from apps.review.models import Decision, DecisionKind
from apps.translation.models import Segment, Translation

Change = tuple[int, dict[str, Any]]
"""The key of a decision, and what its detail says of one sentence."""
Changes = Mapping[int, Change]
CHANGES = (DecisionKind.EDIT, DecisionKind.FIX, DecisionKind.RESTORE, DecisionKind.SUGGESTION)


@transaction.atomic
def undo_sentence(
    translation_key: int, key: int, *, actor: User, seen: str | None = None, now: datetime
) -> Decision:
    """Take the last change of a sentence back and return the decision.

    The text before it returns with what was known of it: a machine's text is the machine's again.
    Called again, the change before that is taken back. `seen` is the text that the editor sees.

    Raises CannotEdit when there is no change to take back; ChangedMeanwhile when the text is not
    the one of `seen`; NotAllowed; ClaimedByOther.
    """
    opened = open_to_editor(translation_key, actor=actor, now=now)
    translation, segment = opened.translation, opened.sentence(key, seen=seen)
    found = change_to_undo(segment, changes_to_undo(translation))
    if found is None:
        raise CannotEdit(_("This sentence has no change to undo."))
    decision, change = found
    put_back(segment, change["before"], change["was"])
    Segment.objects.bulk_update([segment], FIELDS)
    before = translation.status
    followed = check_again(translation, opened.segments, now=now)
    return decided(
        translation,
        DecisionKind.UNDO,
        before=before,
        actor=actor,
        detail={
            "undone": decision,
            "segments": [{"segment": key, "before": change["after"], "after": change["before"]}],
            **followed,
        },
        now=now,
    )


def change_to_undo(segment: Segment, changes: Changes) -> Change | None:
    """Return which of `changes` undo would take back; None where the text is another by now."""
    found = changes.get(segment.pk)
    return found if found is not None and found[1]["after"] == segment.text else None


def changes_to_undo(translation: Translation) -> Changes:
    """Return by sentence its last change that was not taken back: decision and its detail."""
    rows = (
        Decision.objects.filter(translation=translation, kind__in=[*CHANGES, DecisionKind.UNDO])
        .order_by("-id")
        .values_list("pk", "kind", "detail")
    )
    undone: set[tuple[int, int]] = set()
    last: dict[int, Change] = {}
    for decision, kind, detail in rows:
        for change in detail.get("segments", ()):
            key = change["segment"]
            if kind == DecisionKind.UNDO:
                undone.add((detail["undone"], key))
            elif "was" in change and (decision, key) not in undone:
                last.setdefault(key, (decision, change))
    return last
