"""Editing the summary; an empty one is replaced by the summary extracted from the sentences."""

from dataclasses import dataclass

from apps.review.acts.base import EditorAct
from apps.review.acts.facts import Facts, require_seen
from apps.review.models import Decision, DecisionKind
from apps.translation.models import SummaryOrigin
from apps.translation.pipeline.finish import assemble_texts


@dataclass(frozen=True, kw_only=True)
class EditSummary(EditorAct[Decision | None]):
    """Replace the summary. The result is None if it is as before.

    Attributes:
        text: The new summary; empty for the extracted one.
        seen: The summary that the editor began from; None: not compared.
        kind: The kind of the decision.
    """

    text: str
    seen: str | None = None
    kind: DecisionKind = DecisionKind.EDIT

    def check(self, facts: Facts) -> None:
        """Raise NotAllowed, ClaimedByOther, or ChangedMeanwhile."""
        super().check(facts)
        facts.require_unclaimed(self.actor, self.now)
        if self.text.strip() != facts.translation.summary:
            require_seen(facts.translation.summary, self.seen)

    def _do(self, facts: Facts) -> Decision | None:
        self._claim(facts)
        translation, written = facts.translation, self.text.strip()
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
        texts = {"before": before, "after": translation.summary}
        return self._record(facts, self.kind, {"summary": texts})
