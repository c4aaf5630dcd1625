"""Taking a translation down, and holding one back. A claim stops neither."""

from apps.review.acts.status_change import StatusAct
from apps.review.models import DecisionKind
from apps.review.permissions import Right
from apps.translation.status import TranslationStatus


class TakeDown(StatusAct):
    """Take a translation that is public or ready down at once."""

    right = Right.PUBLISH
    leads_to = TranslationStatus.UNPUBLISHED
    kind = DecisionKind.UNPUBLISH


class Hold(StatusAct):
    """Keep a translation that is ready, or was taken down, for an editor."""

    right = Right.PUBLISH
    leads_to = TranslationStatus.HELD
    kind = DecisionKind.HOLD
