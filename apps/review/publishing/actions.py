"""What an editor can do with a whole translation: each action, its right, and its service."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.review.claims import ClaimedByOther, claim, release
from apps.review.editing.retranslate import retranslate
from apps.review.editing.session import CannotEdit
from apps.review.models import Claim
from apps.review.permissions import NotAllowed, Right, require
from apps.review.publishing.publish import CannotPublish, hold, publish, unpublish
from apps.translation.status import ForbiddenTransition

REFUSALS: Final = (CannotEdit, CannotPublish, ForbiddenTransition, ClaimedByOther, NotAllowed)


class DeskAction(models.TextChoices):
    """What can be done with one translation, or with many at once."""

    PUBLISH = "publish", gettext_lazy("Publish as unreviewed machine translation")
    APPROVE = "approve", gettext_lazy("Approve after reading, and publish")
    TAKE_DOWN = "take_down", gettext_lazy("Take down")
    HOLD = "hold", gettext_lazy("Hold for an editor")
    SEND_BACK = "send_back", gettext_lazy("Translate again by machine")
    CLAIM = "claim", gettext_lazy("Claim")
    RELEASE = "release", gettext_lazy("Release my claim")


RIGHT_OF: Final[Mapping[DeskAction, Right]] = {
    DeskAction.PUBLISH: Right.PUBLISH,
    DeskAction.APPROVE: Right.APPROVE,
    DeskAction.TAKE_DOWN: Right.PUBLISH,
    DeskAction.HOLD: Right.PUBLISH,
    DeskAction.SEND_BACK: Right.RETRANSLATE,
    DeskAction.CLAIM: Right.EDIT,
    DeskAction.RELEASE: Right.EDIT,
}


def allowed_actions(actor: User) -> list[DeskAction]:
    """Return the actions that `actor` has the right to."""
    return [action for action in DeskAction if actor.has_perm(RIGHT_OF[action].value)]


def decide(action: DeskAction, key: int, *, actor: User, reason: str = "", now: datetime) -> None:
    """Do `action` to one translation, by the service that it names; raises one of REFUSALS."""
    match action:
        case DeskAction.PUBLISH:
            publish(key, actor=actor, reviewed=False, reason=reason, now=now)
        case DeskAction.APPROVE:
            publish(key, actor=actor, reviewed=True, reason=reason, now=now)
        case DeskAction.TAKE_DOWN:
            unpublish(key, actor=actor, reason=reason, now=now)
        case DeskAction.HOLD:
            hold(key, actor=actor, reason=reason, now=now)
        case DeskAction.SEND_BACK:
            retranslate(key, actor=actor, reason=reason, now=now)
        case DeskAction.CLAIM:
            claim(key, actor=actor, now=now)
        case DeskAction.RELEASE:
            require(actor, Right.EDIT)
            if not Claim.objects.filter(translation=key, editor=actor).exists():
                raise no_claim()
            release(key, actor=actor)


def no_claim() -> CannotEdit:
    """Return the error of giving up a claim that one does not have."""
    return CannotEdit(_("You have no claim on this translation."))
