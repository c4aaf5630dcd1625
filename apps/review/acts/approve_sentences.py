"""Approving sentences: a person takes responsibility for their text."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from apps.review.acts.base import SentenceAct
from apps.review.acts.facts import Facts, require_seen
from apps.review.editing.recheck import carry_to_other_texts
from apps.review.models import Decision, DecisionKind
from apps.review.refusals import EmptyText
from apps.translation.memory.store import add_approved
from apps.translation.models import Segment, Translation


@dataclass(frozen=True, kw_only=True)
class ApproveSentences(SentenceAct[Decision | None]):
    """Approve sentences as they are. The result is None if all were approved before.

    Machines no longer change them, their findings are settled, and the memory stores them.

    Attributes:
        segments: Keys of the sentences.
        seen: By key, the text that the editor read; a missing key is not compared.
    """

    segments: Collection[int]
    seen: Mapping[int, str] = field(default_factory=dict)

    def check(self, facts: Facts) -> None:
        """Raise ChangedMeanwhile, EmptyText, or as SentenceAct does."""
        super().check(facts)
        for key in self.segments:
            segment = facts.segment(key)
            require_seen(segment.text, self.seen.get(key))
            if not segment.text:
                raise EmptyText

    def _do(self, facts: Facts) -> Decision | None:
        self._claim(facts)
        chosen = [facts.segment(key) for key in self.segments]
        fresh = [segment for segment in chosen if segment.approved_at is None]
        if not fresh:
            return None
        translation, actor, now = facts.translation, self.actor, self.now
        detail = approve_segments(translation, fresh, actor=actor, now=now)
        carry_to_other_texts(translation, actor=actor, now=now)
        return self._check_and_record(facts, DecisionKind.SENTENCES, detail)


def approve_segments(
    translation: Translation, segments: Sequence[Segment], *, actor: User, now: datetime
) -> dict[str, Any]:
    """Mark `segments` as approved by `actor`, and store the pairs in the memory.

    The caller holds the lock on the translation. Returns the detail of a decision: the newly
    approved sentences, each with the open findings that the approval dismisses.
    """
    fresh = [segment for segment in segments if segment.approved_at is None]
    names: dict[int | None, set[str]] = {}
    for key, name in translation.findings.values_list("segment", "name"):
        names.setdefault(key, set()).add(name)
    for segment in fresh:
        segment.approved_at = now
        segment.approved_by_id = actor.pk
        segment.lease = None
    Segment.objects.bulk_update(fresh, ["approved_at", "approved_by", "lease"])
    add_approved(
        segments,
        source_language=settings.SOURCE_LANGUAGE,
        target_language=translation.language,
        created_by=actor,
        now=now,
    )
    return {
        "approved": [
            {"segment": segment.pk, "dismissed": sorted(names.get(segment.pk, ()))}
            for segment in fresh
        ]
    }
