"""Taking a translation down, and holding one back; another editor's claim stops neither."""

from apps.review.acts.status_change import StatusAct
from apps.review.models import DecisionKind
from apps.review.permissions import Right
from apps.translation.status import TranslationStatus


class TakeDown(StatusAct):
    """Take down a translation that is public or ready."""

    right = Right.PUBLISH
    leads_to = TranslationStatus.UNPUBLISHED
    kind = DecisionKind.UNPUBLISH


class Hold(StatusAct):
    """Hold a translation that is ready, or was taken down, for an editor."""

    right = Right.PUBLISH
    leads_to = TranslationStatus.HELD
    kind = DecisionKind.HOLD
