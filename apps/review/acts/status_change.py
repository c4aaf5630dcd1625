"""Acts that give another status: publish, approve, take down, hold, send back."""

from typing import Any, ClassVar

from apps.discovery.scoring.rank import mark_ranks_due
from apps.review.acts.base import Act
from apps.review.acts.facts import Facts
from apps.review.day_counts import count_days
from apps.review.models import Decision, DecisionKind
from apps.translation.status import PUBLIC, TranslationStatus, require_transition


class StatusAct(Act[Decision]):
    """An act that gives the translation the status `leads_to`; `kind` names it in the history."""

    leads_to: ClassVar[TranslationStatus]
    kind: ClassVar[DecisionKind]

    def check(self, facts: Facts) -> None:
        """Raise NotAllowed, what `require_fit` raises, or ForbiddenTransition."""
        super().check(facts)
        self.require_fit(facts)
        require_transition(facts.translation.status, self.leads_to)

    def require_fit(self, facts: Facts) -> None:
        """Raise a refusal where the translation is not fit for the status, whatever its own."""

    def _do(self, facts: Facts) -> Decision:
        return self._change_status(facts)

    def _change_status(self, facts: Facts, detail: dict[str, Any] | None = None) -> Decision:
        """Save the status, bring day counts and ranks up to date, and append the decision."""
        translation, before, after = facts.translation, facts.translation.status, self.leads_to
        translation.status = after
        translation.status_reason = self.reason
        translation.updated_at = self.now
        if after in PUBLIC and translation.published_at is None:
            translation.published_at = self.now
        translation.save(update_fields=["status", "status_reason", "updated_at", "published_at"])
        if (after in PUBLIC) != (before in PUBLIC):
            count_days(translation, (after in PUBLIC) - (before in PUBLIC))
            mark_ranks_due([translation.paper], now=self.now)
        return self._record(facts, self.kind, detail, before=before)
