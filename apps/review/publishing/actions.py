"""The actions of the desk on whole translations, and their acts."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy

from apps.review.acts.base import Act
from apps.review.acts.claim import ReleaseClaim, TakeClaim
from apps.review.acts.publish import Approve, Publish
from apps.review.acts.send_back import SendBack
from apps.review.acts.withhold import Hold, TakeDown


class DeskAction(models.TextChoices):
    """An action on one translation, or on many at once."""

    PUBLISH = "publish", gettext_lazy("Publish as unreviewed machine translation")
    APPROVE = "approve", gettext_lazy("Approve after reading, and publish")
    TAKE_DOWN = "take_down", gettext_lazy("Take down")
    HOLD = "hold", gettext_lazy("Hold for an editor")
    SEND_BACK = "send_back", gettext_lazy("Translate again by machine")
    CLAIM = "claim", gettext_lazy("Claim")
    RELEASE = "release", gettext_lazy("Release my claim")


ACTS: Final[Mapping[DeskAction, type[Act[Any]]]] = {
    DeskAction.PUBLISH: Publish,
    DeskAction.APPROVE: Approve,
    DeskAction.TAKE_DOWN: TakeDown,
    DeskAction.HOLD: Hold,
    DeskAction.SEND_BACK: SendBack,
    DeskAction.CLAIM: TakeClaim,
    DeskAction.RELEASE: ReleaseClaim,
}


def allowed_actions(actor: User) -> list[DeskAction]:
    """Return the actions that `actor` has the right to."""
    return [action for action in DeskAction if actor.has_perm(ACTS[action].right.value)]
