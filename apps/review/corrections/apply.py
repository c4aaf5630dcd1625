"""Fix once: the same correction in every sentence that has the error, and all of it taken back.

A fix writes only where no person has: `open_to_machines()` decides, under the lock, as for a
machine. It does not approve. Whoever looked at a difference has judged one term in it, not the
sentence; so the sentence keeps its origin and its badge, a reviewer still has to read it, and a
machine may write it anew when somebody sends it back. That a person had a hand in it is in the
history, and in `Segment.fixes`. Every sentence is checked again; a fix can release a translation
that a check held, but not one that a person holds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.refusals import Refusal
from apps.review.acts.base import locked_translation
from apps.review.acts.facts import Fact, load_facts
from apps.review.editing.recheck import check_again, note_findings
from apps.review.history.record import record_decision
from apps.review.models import Decision, DecisionKind
from apps.review.permissions import Right, require
from apps.text.diff.corrections import replace_rendering
from apps.translation.models import Segment, SegmentOrigin, SegmentState, Translation
from apps.translation.status import TranslationStatus

MOST_AT_ONCE = 500
MARK = "corrected everywhere"
"""Among `Segment.fixes`: a person corrected a term in this text, with many others."""


class TooManyAtOnce(Refusal):
    """More sentences were chosen than are corrected in one go."""

    code = "too-many-at-once"

    def __init__(self) -> None:
        super().__init__(_("Choose %(most)d sentences at most.") % {"most": MOST_AT_ONCE})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sentence that stays as it is, and why."""

    segment: int
    paper: str
    why: str


@dataclass(slots=True)
class Outcome:
    """What a fix, or its undoing, did."""

    decisions: list[Decision] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def sentences(self) -> int:
        """How many sentences were changed."""
        return sum(len(decision.detail["segments"]) for decision in self.decisions)


def seal_of(text: str) -> str:
    """Return a short digest of a text, by which an editor's page says what it showed."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def apply_fix(
    wrong: str,
    right: str,
    chosen: Mapping[int, str],
    *,
    source_term: str = "",
    actor: User,
    batch: UUID,
    now: datetime,
) -> Outcome:
    """Write `right` for `wrong` in the chosen sentences; one decision for each translation.

    `chosen` has, by key of the sentence, the `seal_of` the text that was shown. Each translation
    is a transaction of its own; what somebody else works on, changed, or approved meanwhile is
    skipped and named.

    Raises TooManyAtOnce and NotAllowed, before anything is written.
    """
    require(actor, Right.EDIT)
    if len(chosen) > MOST_AT_ONCE:
        raise TooManyAtOnce

    def change(segment: Segment) -> str:
        if seal_of(segment.text) != chosen[segment.pk]:
            raise _Stays(_("it has changed in the meantime"))
        text = replace_rendering(wrong, right, segment.text)
        if text == segment.text:
            raise _Stays(_("it does not contain “%(wrong)s”") % {"wrong": wrong})
        segment.fixes = [*(mark for mark in segment.fixes if mark != MARK), MARK]
        return text

    outcome = Outcome()
    for translation, keys in _by_translation(chosen):
        _rewrite(
            translation,
            keys,
            change,
            outcome,
            kind=DecisionKind.FIX,
            actor=actor,
            reason=f"{wrong} → {right}",
            detail={"fix": {"wrong": wrong, "right": right, "source_term": source_term}},
            batch=batch,
            now=now,
        )
    return outcome


def undo_batch(batch: UUID, *, actor: User, now: datetime) -> Outcome:
    """Take a fix back in every sentence that is still as it left it; name the others.

    Doing it again does what was skipped before, and nothing to the rest. Raises NotAllowed.
    """
    require(actor, Right.EDIT)
    outcome = Outcome()
    fixes = Decision.objects.filter(batch=batch, kind=DecisionKind.FIX).order_by("pk")
    for decision in fixes:
        texts = {
            change["segment"]: (change["before"], change["after"])
            for change in decision.detail["segments"]
        }

        def change(segment: Segment, texts: dict[int, tuple[str, str]] = texts) -> str:
            before, after = texts[segment.pk]
            if segment.text == before:
                raise _Restored
            if segment.text != after:
                raise _Stays(_("it has changed in the meantime"))
            segment.fixes = [mark for mark in segment.fixes if mark != MARK]
            return before

        _rewrite(
            decision.translation_id,
            list(texts),
            change,
            outcome,
            kind=DecisionKind.UNDO,
            actor=actor,
            reason=decision.reason,
            detail={"undone": decision.pk},
            batch=batch,
            now=now,
        )
    return outcome


class _Stays(Exception):
    """A sentence is not to be written; the message says why."""


class _Restored(Exception):
    """A sentence is already as it shall be."""


def _by_translation(keys: Iterable[int]) -> Iterable[tuple[int, list[int]]]:
    rows = (
        Segment.objects.filter(pk__in=list(keys))
        .order_by("translation", "position")
        .values_list("translation", "pk")
    )
    for translation, run in groupby(rows, key=lambda row: row[0]):
        yield translation, [key for _translation, key in run]


def _rewrite(
    translation_key: int,
    keys: Sequence[int],
    change: Callable[[Segment], str],
    outcome: Outcome,
    *,
    kind: DecisionKind,
    actor: User,
    reason: str,
    detail: dict[str, Any],
    batch: UUID,
    now: datetime,
) -> None:
    """Change the sentences of one translation in one transaction, and note it in `outcome`."""
    with transaction.atomic():
        translation = locked_translation(translation_key)
        paper = translation.paper.arxiv_id
        try:
            (facts,) = load_facts([translation], [Fact.CLAIM], actor=actor, right=Right.EDIT)
            facts.require_current()
            facts.require_unclaimed(actor, now)
        except Refusal as error:
            outcome.skipped += [Skipped(key, paper, str(error)) for key in keys]
            return
        segments = list(translation.segments.select_for_update().order_by("position"))
        known = {segment.pk: segment for segment in segments}
        changes: list[dict[str, Any]] = []
        for key in keys:
            segment = known[key]
            before = segment.text
            try:
                _require_open(segment)
                segment.text = change(segment)
            except _Restored:
                continue
            except _Stays as error:
                outcome.skipped.append(Skipped(key, paper, str(error)))
                continue
            changes.append({"segment": key, "before": before, "after": segment.text})
        if not changes:
            return
        written = [known[change["segment"]] for change in changes]
        Segment.objects.bulk_update(written, ["text", "fixes"])
        note_findings(translation, changes, known)
        status = translation.status
        followed = _check(translation, segments, now=now)
        outcome.decisions.append(
            record_decision(
                translation,
                kind,
                before=status,
                actor=actor,
                reason=reason,
                detail={**detail, "segments": changes, **followed},
                batch=batch,
                now=now,
            )
        )


def _require_open(segment: Segment) -> None:
    """Ask of a locked sentence what `open_to_machines` asks of all."""
    if segment.approved_at is not None or segment.origin == SegmentOrigin.PERSON:
        raise _Stays(_("a person has edited or approved it in the meantime"))
    if segment.state != SegmentState.DONE:
        raise _Stays(_("it is being translated again"))


def _check(translation: Translation, segments: list[Segment], *, now: datetime) -> dict[str, Any]:
    if translation.status in (TranslationStatus.PENDING, TranslationStatus.WAITING):
        # It is checked and put together when its last sentence has come.
        return {}
    return check_again(translation, segments, now=now)
