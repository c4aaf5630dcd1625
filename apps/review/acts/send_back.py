"""Translating again: sentences that no person wrote or approved go back to the machine."""

from apps.review.acts.facts import Fact, Facts
from apps.review.acts.status_change import StatusAct
from apps.review.models import Decision, DecisionKind
from apps.review.permissions import Right
from apps.translation.models import Segment, SegmentState
from apps.translation.status import TranslationStatus


class SendBack(StatusAct):
    """Send these sentences back; the decision keeps their texts, and which engine made them."""

    right = Right.RETRANSLATE
    leads_to = TranslationStatus.PENDING
    kind = DecisionKind.RETRANSLATE
    needs = frozenset({Fact.CLAIM})

    def require_fit(self, facts: Facts) -> None:
        """Raise ReplacedTranslation, or ClaimedByOther."""
        facts.require_current()
        facts.require_unclaimed(self.actor, self.now)

    def _do(self, facts: Facts) -> Decision:
        translation, now = facts.translation, self.now
        # The text stays until the next one arrives, so nothing is lost if no engine answers.
        sent = Segment.objects.open_to_machines().filter(translation=translation)
        replaced = [
            {"segment": item.pk, "before": item.text, "engine": item.engine or item.origin}
            for item in sent.select_for_update().order_by("position")
            if item.text
        ]
        sent.update(
            state=SegmentState.PENDING, claimable_at=now, lease=None, attempts=0, last_error=""
        )
        return self._change_status(facts, {"replaced": replaced} if replaced else {})
