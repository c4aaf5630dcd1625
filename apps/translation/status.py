"""The status of a translation and the allowed transitions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.refusals import Refusal


class TranslationStatus(models.TextChoices):
    """Where a translation stands."""

    PENDING = "pending", _("being translated")
    WAITING = "waiting", _("waiting for an engine")
    HELD = "held", _("held for an editor")
    READY = "ready", _("translated")
    PUBLISHED = "published", _("published, not reviewed")
    REVIEWED = "reviewed", _("published, reviewed")
    UNPUBLISHED = "unpublished", _("taken down")
    SUPERSEDED = "superseded", _("replaced by a newer version")


S = TranslationStatus

PUBLIC = frozenset({S.PUBLISHED, S.REVIEWED})

# Machine statuses are written by apps.translation, the others by apps.review.
TRANSITIONS: dict[TranslationStatus, frozenset[TranslationStatus]] = {
    S.PENDING: frozenset({S.WAITING, S.HELD, S.READY, S.SUPERSEDED}),
    S.WAITING: frozenset({S.PENDING, S.SUPERSEDED}),
    S.HELD: frozenset({S.PENDING, S.READY, S.REVIEWED, S.UNPUBLISHED, S.SUPERSEDED}),
    S.READY: frozenset({S.PENDING, S.HELD, S.PUBLISHED, S.REVIEWED, S.UNPUBLISHED, S.SUPERSEDED}),
    S.PUBLISHED: frozenset({S.REVIEWED, S.UNPUBLISHED, S.SUPERSEDED}),
    S.REVIEWED: frozenset({S.PUBLISHED, S.UNPUBLISHED, S.SUPERSEDED}),
    S.UNPUBLISHED: frozenset({S.PENDING, S.HELD, S.READY, S.PUBLISHED, S.REVIEWED, S.SUPERSEDED}),
    # Only if the paper returns to this text.
    S.SUPERSEDED: frozenset({S.PENDING}),
}


class ForbiddenTransition(Refusal):
    """The status of the translation does not allow the transition."""

    code = "status-forbids"

    def __init__(self, before: str, after: str) -> None:
        super().__init__(
            _("A translation cannot go from “%(before)s” to “%(after)s”.")
            % {"before": S(before).label, "after": S(after).label}
        )


class AlreadyInStatus(ForbiddenTransition):
    """The translation has this status already."""

    code = "already-decided"


def require_transition(before: str, after: str) -> None:
    """Check that a transition is allowed.

    Args:
        before: the current status.
        after: the new status.

    Raises:
        AlreadyInStatus: both are the same.
        ForbiddenTransition: the table has no such transition.
    """
    if S(after) not in TRANSITIONS[S(before)]:
        raise (AlreadyInStatus if before == after else ForbiddenTransition)(before, after)


class SegmentState(models.TextChoices):
    """Where the machine work on a segment stands."""

    PENDING = "pending", _("to be translated")
    WAITING = "waiting", _("waiting for an engine")
    DONE = "done", _("translated")
    FAILED = "failed", _("no engine could translate it")
