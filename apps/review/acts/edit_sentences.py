"""Editing sentences: an editor's text replaces the machine's and is checked at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.review.acts.base import SentenceAct
from apps.review.acts.facts import Facts, require_seen
from apps.review.editing.provenance import FIELDS, provenance_of
from apps.review.editing.recheck import carry_to_other_texts, note_findings
from apps.review.models import Decision, DecisionKind
from apps.review.refusals import EmptyText
from apps.translation.models import Segment, SegmentOrigin, SegmentState


@dataclass(frozen=True, kw_only=True)
class EditSentences(SentenceAct[Decision | None]):
    """Replace the texts of sentences. The result is None if every text is as before.

    Machines no longer change these sentences. The whole is checked again, and a translation that a
    check held becomes ready when no finding blocks it. Other translations of the paper with the
    same sentences take them over.

    Attributes:
        texts: The new texts by key of the sentence.
        seen: By key, the text that the editor began from; a missing key is not compared.
        kind: The kind of the decision.
        detail: Further detail of the decision. The act adds, for each sentence, the texts before
            and after, the earlier provenance, and the findings settled and kept.
    """

    texts: Mapping[int, str]
    seen: Mapping[int, str] = field(default_factory=dict)
    kind: DecisionKind = DecisionKind.EDIT
    detail: Mapping[str, Any] = field(default_factory=dict)

    def check(self, facts: Facts) -> None:
        """Raise EmptyText, ChangedMeanwhile, or as SentenceAct does."""
        super().check(facts)
        for key, text in self.texts.items():
            segment = facts.segment(key)
            if not text.strip():
                raise EmptyText
            if text.strip() != segment.text:
                require_seen(segment.text, self.seen.get(key))

    def _do(self, facts: Facts) -> Decision | None:
        self._claim(facts)
        changes = []
        for key, text in self.texts.items():
            segment, written = facts.segment(key), text.strip()
            if written != segment.text:
                was = provenance_of(segment)
                changes.append(
                    {"segment": key, "before": segment.text, "after": written, "was": was}
                )
                self._write(segment, written)
        if not changes:
            return None
        note_findings(facts.translation, changes, facts.segments)
        carry_to_other_texts(facts.translation, actor=self.actor, now=self.now)
        return self._check_and_record(facts, self.kind, {**self.detail, "segments": changes})

    def _write(self, segment: Segment, text: str) -> None:
        segment.text = text
        segment.state = SegmentState.DONE
        segment.origin = SegmentOrigin.PERSON
        segment.engine = segment.engine_version = segment.last_error = ""
        segment.memory_entry = None
        segment.approved_at = segment.translated_at = self.now
        segment.approved_by_id = self.actor.pk
        segment.lease = None
        segment.save(update_fields=[*FIELDS, "state", "last_error", "lease"])
