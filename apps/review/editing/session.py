"""Working on a translation: it is locked, current and claimed, and what was done is a decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from apps.review.accounts.api_tokens import token_in_hand
from apps.review.claims import extend_claim
from apps.review.models import Decision, DecisionKind
from apps.review.permissions import Right, require
from apps.translation.models import Segment, Translation
from apps.translation.status import TranslationStatus


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
            _(
                "This text has changed in the meantime. Both texts are shown; choose one, and "
                "save again."
            )
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """A translation that an editor works on, and its sentences by position; all rows locked."""

    translation: Translation
    segments: Sequence[Segment]

    def sentence(self, key: int, *, seen: str | None = None) -> Segment:
        """Return a sentence by its key. `seen` is the text that the editor sees, where it matters.

        Raises CannotEdit for one of another translation, ChangedMeanwhile where the text is
        another by now.
        """
        for segment in self.segments:
            if segment.pk == key:
                if seen is not None and seen != segment.text:
                    raise ChangedMeanwhile(segment.text)
                return segment
        raise CannotEdit(_("The sentence %(key)s is not part of this translation.") % {"key": key})


def open_to_editor(translation_key: int, *, actor: User, now: datetime) -> Opened:
    """Lock a translation with its sentences, and claim it for `actor`.

    For a transaction of the caller.

    Raises NotAllowed without the right to edit, CannotEdit when a newer text has replaced the
    translation, ClaimedByOther while somebody else is working on it.
    """
    require(actor, Right.EDIT)
    translation = locked_translation(translation_key)
    require_current(translation)
    extend_claim(translation.pk, actor=actor, now=now)
    segments = translation.segments.select_for_update().order_by("position")
    return Opened(translation, list(segments))


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
            _(
                "This is a translation of an earlier version of the paper. Work on the latest "
                "translation."
            )
        )


def decided(
    translation: Translation,
    kind: DecisionKind,
    *,
    before: str | None = None,
    actor: User | None,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
    now: datetime,
) -> Decision:
    """Append a decision to the history of a translation as it is now, and return it.

    `before` is the status that it had; None where the decision did not touch it. Where a program
    of `actor` decided, the detail names its token.
    """
    token = token_in_hand(actor)
    by_token = {} if token is None else {"token": {"id": token.pk, "name": token.name}}
    return Decision.objects.create(
        translation=translation,
        kind=kind,
        status_before=translation.status if before is None else before,
        status_after=translation.status,
        actor=actor,
        reason=reason,
        detail={**(detail or {}), **by_token},
        batch=batch,
        decided_at=now,
    )
