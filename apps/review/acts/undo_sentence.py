"""Undo: a sentence gets the text that it had before its last change, and its provenance."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.review.acts.base import SentenceAct, sentence_of
from apps.review.acts.facts import Facts, require_seen
from apps.review.editing.provenance import (
    FIELDS,
    Change,
    change_to_undo,
    changes_to_undo,
    put_back,
)
from apps.review.editing.recheck import check_again
from apps.review.history.record import record_decision
from apps.review.models import Decision, DecisionKind
from apps.review.refusals import NothingToUndo
from apps.translation.models import Segment, Translation


@dataclass(frozen=True, kw_only=True)
class UndoSentence(SentenceAct[Decision]):
    """Undo the last change of a sentence; again, and the change before that is undone.

    The earlier text returns with what was known of it: a machine's text is the machine's again.

    Attributes:
        segment: Key of the sentence.
        seen: The text that the editor sees; None where it does not matter.
    """

    segment: int
    seen: str | None = None

    def facts_about(self, translations: Sequence[Translation]) -> list[Facts]:
        """Load what could be undone besides."""
        loaded = super().facts_about(translations)
        for facts in loaded:
            facts.changes = changes_to_undo(facts.translation)
        return loaded

    def check(self, facts: Facts) -> None:
        """Raise NothingToUndo, ChangedMeanwhile, and as every act on sentences."""
        super().check(facts)
        require_seen(sentence_of(facts, self.segment), self.seen)
        self._change(facts)

    def _change(self, facts: Facts) -> tuple[Segment, Change]:
        segment = sentence_of(facts, self.segment)
        found = change_to_undo(segment, facts.changes)
        if found is None:
            raise NothingToUndo
        return segment, found

    def _do(self, facts: Facts) -> Decision:
        self._claim(facts)
        translation = facts.translation
        segment, (decision, change) = self._change(facts)
        put_back(segment, change["before"], change["was"])
        Segment.objects.bulk_update([segment], FIELDS)
        before = translation.status
        followed = check_again(translation, facts.segments, now=self.now)
        return record_decision(
            translation,
            DecisionKind.UNDO,
            before=before,
            actor=self.actor,
            detail={
                "undone": decision,
                "segments": [
                    {
                        "segment": segment.pk,
                        "before": change["after"],
                        "after": change["before"],
                    }
                ],
                **followed,
            },
            now=self.now,
        )
