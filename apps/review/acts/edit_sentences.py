"""Editing: a person's words replace the machine's, are checked at once, and are never lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from apps.review.acts.base import SentenceAct, sentence_of
from apps.review.acts.facts import Facts, require_seen
from apps.review.editing.provenance import provenance_of
from apps.review.editing.recheck import carry_to_other_texts, check_again, note_findings
from apps.review.history.record import record_decision
from apps.review.models import Decision, DecisionKind
from apps.review.refusals import EmptyText
from apps.translation.models import Segment, SegmentOrigin, SegmentState


@dataclass(frozen=True, kw_only=True)
class EditSentences(SentenceAct[Decision | None]):
    """Replace the texts of sentences; None comes back where every text is as it was.

    The sentences are then the person's: no machine writes them again. The translation is checked
    and put together again; one that a check held is ready where no finding blocks any more. Other
    texts of the paper with the same sentences take them over.

    The decision's detail has for each sentence the texts before and after, where the one before
    came from, and which findings the new text settled and which it kept.

    Attributes:
        texts: The new texts by key of the sentence.
        seen: By key, the texts that the editor began from, where it matters.
        kind: How the history calls it.
        detail: What else the history keeps.
    """

    texts: Mapping[int, str]
    seen: Mapping[int, str] = field(default_factory=dict)
    kind: DecisionKind = DecisionKind.EDIT
    detail: Mapping[str, Any] = field(default_factory=dict)

    def check(self, facts: Facts) -> None:
        """Raise EmptyText, ChangedMeanwhile, and as every act on sentences."""
        super().check(facts)
        for key, text in self.texts.items():
            segment = sentence_of(facts, key)
            if not text.strip():
                raise EmptyText
            if text.strip() != segment.text:
                require_seen(segment, self.seen.get(key))

    def _do(self, facts: Facts) -> Decision | None:
        self._claim(facts)
        translation, actor, now = facts.translation, self.actor, self.now
        changes = []
        for key, text in self.texts.items():
            segment, written = sentence_of(facts, key), text.strip()
            if written == segment.text:
                continue
            changes.append(
                {
                    "segment": key,
                    "before": segment.text,
                    "after": written,
                    "was": provenance_of(segment),
                }
            )
            _write(segment, written, actor, now)
        if not changes:
            return None
        note_findings(translation, changes, {segment.pk: segment for segment in facts.segments})
        before = translation.status
        followed = check_again(translation, facts.segments, now=now)
        carry_to_other_texts(translation, actor=actor, now=now)
        return record_decision(
            translation,
            self.kind,
            before=before,
            actor=actor,
            reason=self.reason,
            detail={**self.detail, "segments": changes, **followed},
            now=now,
        )


def _write(segment: Segment, text: str, actor: User, now: datetime) -> None:
    segment.text = text
    segment.state = SegmentState.DONE
    segment.origin = SegmentOrigin.PERSON
    segment.engine = segment.engine_version = segment.last_error = ""
    segment.memory_entry = None
    segment.approved_at = now
    segment.approved_by_id = actor.pk
    segment.translated_at = now
    segment.lease = None
    segment.save(
        update_fields=[
            "text",
            "state",
            "origin",
            "engine",
            "engine_version",
            "last_error",
            "memory_entry",
            "approved_at",
            "approved_by",
            "translated_at",
            "lease",
        ]
    )
