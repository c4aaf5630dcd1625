"""Taking back: a sentence gets the text that it had before its last change, and its provenance."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from apps.review.claims import extend_claim
from apps.review.editing import (
    CannotEdit,
    ChangedMeanwhile,
    check_again,
    locked_translation,
    require_current,
    unknown_sentence,
)
from apps.review.models import Decision, DecisionKind
from apps.review.provenance import FIELDS, put_back
from apps.review.rights import Right, require
from apps.translation.models import Segment, Translation

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
    require(actor, Right.EDIT)
    translation = locked_translation(translation_key)
    require_current(translation)
    extend_claim(translation.pk, actor=actor, now=now)
    segments = list(translation.segments.select_for_update().order_by("position"))
    segment = next((item for item in segments if item.pk == key), None)
    if segment is None:
        raise unknown_sentence(key)
    if seen is not None and seen != segment.text:
        raise ChangedMeanwhile(segment.text)
    found = changes_to_undo(translation).get(key)
    if found is None or found[1]["after"] != segment.text:
        raise CannotEdit(_("This sentence has no change that could be taken back."))
    decision, change = found
    put_back(segment, change["before"], change["was"])
    Segment.objects.bulk_update([segment], FIELDS)
    before = translation.status
    followed = check_again(translation, segments, now=now)
    return Decision.objects.create(
        translation=translation,
        kind=DecisionKind.UNDO,
        status_before=before,
        status_after=translation.status,
        actor=actor,
        detail={
            "undone": decision,
            "segments": [{"segment": key, "before": change["after"], "after": change["before"]}],
            **followed,
        },
        decided_at=now,
    )


def changes_to_undo(translation: Translation) -> dict[int, tuple[int, dict[str, Any]]]:
    """Return by sentence its last change that was not taken back: decision and its detail."""
    rows = (
        Decision.objects.filter(translation=translation, kind__in=[*CHANGES, DecisionKind.UNDO])
        .order_by("-id")
        .values_list("pk", "kind", "detail")
    )
    undone: set[tuple[int, int]] = set()
    last: dict[int, tuple[int, dict[str, Any]]] = {}
    for decision, kind, detail in rows:
        for change in detail.get("segments", ()):
            key = change["segment"]
            if kind == DecisionKind.UNDO:
                undone.add((detail["undone"], key))
            elif "was" in change and (decision, key) not in undone:
                last.setdefault(key, (decision, change))
    return last
