"""Editing the summary; an empty one goes back to the summary extracted from the sentences."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from apps.review.acts.base import Act
from apps.review.acts.facts import Fact, Facts
from apps.review.claims import write_claim
from apps.review.history.record import record_decision
from apps.review.models import Decision, DecisionKind
from apps.review.permissions import Right
from apps.review.refusals import ChangedMeanwhile
from apps.translation.models import SummaryOrigin
from apps.translation.pipeline.finish import assemble_texts


@dataclass(frozen=True, kw_only=True)
class EditSummary(Act[Decision | None]):
    """Replace the summary; None comes back where it is as it was.

    Attributes:
        text: The new summary; empty for the extracted one.
        seen: The summary that the editor began from; None where it does not matter.
        kind: How the history calls it.
    """

    right = Right.EDIT
    needs = frozenset({Fact.CLAIM})
    actor: User
    text: str
    seen: str | None = None
    kind: DecisionKind = DecisionKind.EDIT

    def check(self, facts: Facts) -> None:
        """Raise NotAllowed, ClaimedByOther, or ChangedMeanwhile."""
        super().check(facts)
        facts.require_unclaimed(self.actor, self.now)
        present = facts.translation.summary
        if self.text.strip() != present and self.seen is not None and self.seen != present:
            raise ChangedMeanwhile(present)

    def _do(self, facts: Facts) -> Decision | None:
        translation, written = facts.translation, self.text.strip()
        write_claim(translation, facts.claim, actor=self.actor, now=self.now)
        before = translation.summary
        if written == before:
            return None
        translation.summary = written
        translation.summary_origin = SummaryOrigin.PERSON if written else ""
        translation.summary_positions = []
        if not written:
            assemble_texts(translation, list(translation.segments.order_by("position")))
        translation.updated_at = self.now
        translation.save(
            update_fields=["summary", "summary_origin", "summary_positions", "updated_at"]
        )
        return record_decision(
            translation,
            self.kind,
            actor=self.actor,
            reason=self.reason,
            detail={"summary": {"before": before, "after": translation.summary}},
            now=self.now,
        )
