"""Undo: a sentence gets back the text that it had before its last change, and its provenance."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.review.acts.base import SentenceAct
from apps.review.acts.facts import Facts, require_seen
from apps.review.editing.provenance import (
    FIELDS,
    Change,
    change_to_undo,
    changes_to_undo,
    put_back,
)
from apps.review.models import Decision, DecisionKind
from apps.review.refusals import NothingToUndo
from apps.translation.models import Segment, Translation


@dataclass(frozen=True, kw_only=True)
class UndoSentence(SentenceAct[Decision]):
    """Undo the last change of a sentence; done again, it undoes the change before that.

    Attributes:
        segment: Key of the sentence.
        seen: The text that the editor sees; None: not compared.
    """

    segment: int
    seen: str | None = None

    def facts_about(self, translations: Sequence[Translation]) -> list[Facts]:
        """Load the changes that can be undone as well."""
        loaded = super().facts_about(translations)
        for facts in loaded:
            facts.changes = changes_to_undo(facts.translation)
        return loaded

    def check(self, facts: Facts) -> None:
        """Raise NothingToUndo, ChangedMeanwhile, or as SentenceAct does."""
        super().check(facts)
        require_seen(facts.segment(self.segment).text, self.seen)
        self._change(facts)

    def _change(self, facts: Facts) -> Change:
        change = change_to_undo(facts.segment(self.segment), facts.changes)
        if change is None:
            raise NothingToUndo
        return change

    def _do(self, facts: Facts) -> Decision:
        self._claim(facts)
        segment, (decision, change) = facts.segment(self.segment), self._change(facts)
        put_back(segment, change["before"], change["was"])
        Segment.objects.bulk_update([segment], FIELDS)
        texts = {"before": change["after"], "after": change["before"]}
        detail = {"undone": decision, "segments": [{"segment": segment.pk, **texts}]}
        return self._check_and_record(facts, DecisionKind.UNDO, detail)
