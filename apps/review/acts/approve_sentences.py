"""Approving sentences: a person stands behind a text that somebody or something else wrote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from apps.review.acts.base import SentenceAct, sentence_of
from apps.review.acts.facts import Facts, require_seen
from apps.review.editing.recheck import carry_to_other_texts, check_again
from apps.review.history.record import record_decision
from apps.review.models import Decision, DecisionKind
from apps.review.refusals import EmptyText
from apps.translation.memory.store import add_approved
from apps.translation.models import Segment, Translation


@dataclass(frozen=True, kw_only=True)
class ApproveSentences(SentenceAct[Decision | None]):
    """Approve sentences as they are; None comes back where all were approved already.

    They are the person's from then on: no machine writes them again, their findings are settled,
    and the memory remembers them.

    Attributes:
        segments: Keys of the sentences.
        seen: By key, the texts that the editor read, where it matters.
    """

    segments: Collection[int]
    seen: Mapping[int, str] = field(default_factory=dict)

    def check(self, facts: Facts) -> None:
        """Raise ChangedMeanwhile, EmptyText, and as every act on sentences."""
        super().check(facts)
        for key in self.segments:
            segment = sentence_of(facts, key)
            require_seen(segment, self.seen.get(key))
            if not segment.text:
                raise EmptyText

    def _do(self, facts: Facts) -> Decision | None:
        self._claim(facts)
        translation, actor, now = facts.translation, self.actor, self.now
        chosen = [sentence_of(facts, key) for key in self.segments]
        fresh = [segment for segment in chosen if segment.approved_at is None]
        if not fresh:
            return None
        before = translation.status
        detail = approve_segments(translation, fresh, actor=actor, now=now)
        detail |= check_again(translation, facts.segments, now=now)
        carry_to_other_texts(translation, actor=actor, now=now)
        return record_decision(
            translation, DecisionKind.SENTENCES, before=before, actor=actor, detail=detail, now=now
        )


def approve_segments(
    translation: Translation, segments: Sequence[Segment], *, actor: User, now: datetime
) -> dict[str, Any]:
    """Note that `actor` stands behind `segments`, and remember the pairs in the memory.

    For a service that holds the translation's row. Returns the detail of a decision: which
    sentences were newly approved, and which open findings the person thereby judged to be none.
    """
    fresh = [segment for segment in segments if segment.approved_at is None]
    names: dict[int | None, list[str]] = {}
    for key, name in translation.findings.values_list("segment", "name"):
        names.setdefault(key, []).append(name)
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
            {"segment": segment.pk, "dismissed": sorted(set(names.get(segment.pk, ())))}
            for segment in fresh
        ]
    }
