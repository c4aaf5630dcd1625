"""Acts that lead to another status: publish, approve, take down, hold, translate again."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import User

from apps.discovery.scoring.rank import mark_ranks_due
from apps.review.acts.base import Act
from apps.review.acts.facts import Facts
from apps.review.day_counts import count_days
from apps.review.history.record import record_decision
from apps.review.models import Decision, DecisionKind
from apps.translation.models import Translation
from apps.translation.status import PUBLIC, TranslationStatus, require_transition


class StatusAct(Act[Decision]):
    """Base of them. kind: how the history calls it."""

    leads_to: ClassVar[TranslationStatus]
    kind: ClassVar[DecisionKind]

    def check(self, facts: Facts) -> None:
        """Raise NotAllowed, what `require_fit` raises, or ForbiddenTransition."""
        super().check(facts)
        self.require_fit(facts)
        require_transition(facts.translation.status, self.leads_to)

    def require_fit(self, facts: Facts) -> None:
        """Raise a refusal where the translation is not fit for the status, whatever it has now."""

    def _do(self, facts: Facts) -> Decision:
        return self._change_status(facts)

    def _change_status(self, facts: Facts, detail: dict[str, Any] | None = None) -> Decision:
        return change_status(
            facts.translation,
            self.leads_to,
            self.kind,
            actor=self.actor,
            reason=self.reason,
            detail=detail,
            now=self.now,
        )


def change_status(
    translation: Translation,
    after: TranslationStatus,
    kind: DecisionKind,
    *,
    actor: User | None,
    reason: str,
    detail: dict[str, Any] | None = None,
    now: datetime,
) -> Decision:
    """Give a locked translation the status `after`, and return the decision.

    What the site shows and counts follows: the counts of days and the ranks.

    Raises:
        ForbiddenTransition: Its status does not lead there.
    """
    before = translation.status
    require_transition(before, after)
    translation.status = after
    translation.status_reason = reason
    translation.updated_at = now
    if after in PUBLIC and translation.published_at is None:
        translation.published_at = now
    translation.save(update_fields=["status", "status_reason", "updated_at", "published_at"])
    if (after in PUBLIC) != (before in PUBLIC):
        count_days(translation, (after in PUBLIC) - (before in PUBLIC))
        mark_ranks_due([translation.paper], now=now)
    return record_decision(
        translation, kind, before=before, actor=actor, reason=reason, detail=detail, now=now
    )
