"""Corrections everywhere: the same correction in every sentence with the error, and its undo.

A correction changes only sentences that no person edited or approved, and approves none: the
editor has judged one term, not the sentence. So a sentence keeps its origin and its badge, and a
machine may translate it again. `Segment.fixes` and the history say that a person was involved.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from apps.core.refusals import Refusal
from apps.review.acts.base import SentenceAct
from apps.review.acts.facts import Facts
from apps.review.editing.recheck import check_if_complete, note_findings
from apps.review.models import Decision, DecisionKind
from apps.review.permissions import Right, require
from apps.text.diff.corrections import replace_rendering
from apps.translation.models import Segment, SegmentOrigin, SegmentState, Translation

MOST_AT_ONCE = 500
MARK = "corrected everywhere"
"""The mark in `Segment.fixes` of a text in which a correction everywhere changed a term."""


class TooManyAtOnce(Refusal):
    """More sentences were chosen than can be corrected at once."""

    code = "too-many-at-once"

    def __init__(self) -> None:
        super().__init__(_("Choose %(most)d sentences at most.") % {"most": MOST_AT_ONCE})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sentence that was not changed, and why."""

    segment: int
    paper: str
    why: str


@dataclass(slots=True)
class Outcome:
    """The result of a correction, or of its undo."""

    decisions: list[Decision] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def sentences(self) -> int:
        """Number of changed sentences."""
        return sum(len(decision.detail["segments"]) for decision in self.decisions)


def text_digest(text: str) -> str:
    """Return a short digest of a text, by which a form says which text it showed."""
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
    """Replace `wrong` by `right` in the chosen sentences, in one transaction per translation.

    Args:
        wrong: The wrong rendering.
        right: The right rendering.
        chosen: By key of the sentence, the `text_digest` of the text that the editor saw.
        source_term: The term in the source, for the history.
        actor: The editor.
        batch: Joins the decisions.
        now: The time.

    Returns:
        One decision per translation, and the sentences that another editor works on, changed or
        approved in the meantime.

    Raises:
        TooManyAtOnce: Nothing is written.
        NotAllowed: Nothing is written.
    """
    require(actor, Right.EDIT)
    if len(chosen) > MOST_AT_ONCE:
        raise TooManyAtOnce

    def change(segment: Segment) -> str:
        if text_digest(segment.text) != chosen[segment.pk]:
            raise _Stays(_("it has changed in the meantime"))
        text = replace_rendering(wrong, right, segment.text)
        if text == segment.text:
            raise _Stays(_("it does not contain “%(wrong)s”") % {"wrong": wrong})
        segment.fixes = [*(mark for mark in segment.fixes if mark != MARK), MARK]
        return text

    outcome = Outcome()
    for translation, keys in _by_translation(chosen):
        act = _Rewrite(
            keys=keys,
            change=change,
            kind=DecisionKind.FIX,
            detail={"fix": {"wrong": wrong, "right": right, "source_term": source_term}},
            batch=batch,
            outcome=outcome,
            actor=actor,
            reason=f"{wrong} → {right}",
            now=now,
        )
        act.execute(translation)
    return outcome


def undo_batch(batch: UUID, *, actor: User, now: datetime) -> Outcome:
    """Undo a correction in every sentence that has not changed since; the others are skipped.

    It can be repeated: then it undoes what was skipped before. Raises NotAllowed.
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
                return before
            if segment.text != after:
                raise _Stays(_("it has changed in the meantime"))
            segment.fixes = [mark for mark in segment.fixes if mark != MARK]
            return before

        act = _Rewrite(
            keys=list(texts),
            change=change,
            kind=DecisionKind.UNDO,
            detail={"undone": decision.pk},
            batch=batch,
            outcome=outcome,
            actor=actor,
            reason=decision.reason,
            now=now,
        )
        act.execute(decision.translation_id)
    return outcome


class _Stays(Exception):
    """A sentence is not changed; the message says why."""


def _by_translation(keys: Iterable[int]) -> Iterable[tuple[int, list[int]]]:
    rows = (
        Segment.objects.filter(pk__in=list(keys))
        .order_by("translation", "position")
        .values_list("translation", "pk")
    )
    for translation, run in groupby(rows, key=lambda row: row[0]):
        yield translation, [key for _translation, key in run]


@dataclass(frozen=True, kw_only=True)
class _Rewrite(SentenceAct[Decision | None]):
    """Change sentences of one translation, and note the result in `outcome`.

    `change` returns the new text of a sentence. It does not claim the translation.
    """

    keys: Sequence[int]
    change: Callable[[Segment], str]
    kind: DecisionKind
    detail: Mapping[str, Any]
    batch: UUID
    outcome: Outcome

    def execute(self, translation_key: int) -> Decision | None:
        """Skip all sentences if the translation cannot be edited."""
        try:
            return super().execute(translation_key)
        except Refusal as error:
            paper = Translation.objects.select_related("paper").get(pk=translation_key).paper
            skipped = [Skipped(key, paper.arxiv_id, str(error)) for key in self.keys]
            self.outcome.skipped += skipped
            return None

    def _do(self, facts: Facts) -> Decision | None:
        translation = facts.translation
        changes: list[dict[str, Any]] = []
        for key in self.keys:
            segment = facts.segments[key]
            before = segment.text
            try:
                _require_open(segment)
                segment.text = self.change(segment)
            except _Stays as error:
                self.outcome.skipped.append(Skipped(key, translation.paper.arxiv_id, str(error)))
                continue
            if segment.text != before:
                changes.append({"segment": key, "before": before, "after": segment.text})
        if not changes:
            return None
        written = [facts.segments[change["segment"]] for change in changes]
        Segment.objects.bulk_update(written, ["text", "fixes"])
        note_findings(translation, changes, facts.segments)
        before = translation.status
        followed = check_if_complete(translation, facts.segments.values(), now=self.now)
        detail = {**self.detail, "segments": changes, **followed}
        decision = self._record(facts, self.kind, detail, before=before, batch=self.batch)
        self.outcome.decisions.append(decision)
        return decision


def _require_open(segment: Segment) -> None:
    """Check one locked sentence as `open_to_machines` does in a query."""
    if segment.approved_at is not None or segment.origin == SegmentOrigin.PERSON:
        raise _Stays(_("a person has edited or approved it in the meantime"))
    if segment.state != SegmentState.DONE:
        raise _Stays(_("it is being translated again"))
