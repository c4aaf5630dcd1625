"""Decisions about many translations at once: first what would happen, then what happened.

The plan asks the same questions as the services, for all of them in a few queries. What counts is
the services' answer: each translation is decided by itself, so that one that cannot be changed does
not stop the others, and what changed since the plan was shown is found out.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.review.claims import ClaimedByOther, claim, release
from apps.review.models import Claim
from apps.review.publishing import (
    CannotPublish,
    hold,
    own_text,
    publish,
    unpublish,
    written_by,
)
from apps.review.retranslating import retranslate
from apps.review.rights import NotAllowed, Right, require
from apps.review.working import CannotEdit, require_current
from apps.translation.models import (
    Finding,
    FindingSeverity,
    Segment,
    SegmentState,
    Translation,
)
from apps.translation.status import ForbiddenTransition, TranslationStatus, require_transition

MOST_AT_ONCE: Final = 500
Refusal = (CannotEdit, CannotPublish, ForbiddenTransition, ClaimedByOther, NotAllowed)


class BatchAction(models.TextChoices):
    """What can be done with many translations at once."""

    PUBLISH = "publish", gettext_lazy("Publish as unreviewed machine translation")
    APPROVE = "approve", gettext_lazy("Approve after reading, and publish")
    TAKE_DOWN = "take_down", gettext_lazy("Take down")
    HOLD = "hold", gettext_lazy("Hold for an editor")
    SEND_BACK = "send_back", gettext_lazy("Translate again by machine")
    CLAIM = "claim", gettext_lazy("Claim for me")
    RELEASE = "release", gettext_lazy("Give up my claim")


RIGHT_OF: Final[Mapping[BatchAction, Right]] = {
    BatchAction.PUBLISH: Right.PUBLISH,
    BatchAction.APPROVE: Right.APPROVE,
    BatchAction.TAKE_DOWN: Right.PUBLISH,
    BatchAction.HOLD: Right.PUBLISH,
    BatchAction.SEND_BACK: Right.RETRANSLATE,
    BatchAction.CLAIM: Right.EDIT,
    BatchAction.RELEASE: Right.EDIT,
}
_LEADS_TO: Final[Mapping[BatchAction, TranslationStatus]] = {
    BatchAction.PUBLISH: TranslationStatus.PUBLISHED,
    BatchAction.APPROVE: TranslationStatus.REVIEWED,
    BatchAction.TAKE_DOWN: TranslationStatus.UNPUBLISHED,
    BatchAction.HOLD: TranslationStatus.HELD,
    BatchAction.SEND_BACK: TranslationStatus.PENDING,
}
_MINDS_CLAIMS = {
    BatchAction.PUBLISH,
    BatchAction.APPROVE,
    BatchAction.SEND_BACK,
    BatchAction.CLAIM,
}
WITH_REASON: Final = {BatchAction.TAKE_DOWN, BatchAction.HOLD, BatchAction.SEND_BACK}


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of one translation. obstacle: why nothing would, empty where it would.

    after: the status that it would have; None where that does not change.
    """

    translation: Translation
    after: TranslationStatus | None
    obstacle: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many translations were decided, and which were not: the translation and why."""

    done: int
    refused: list[tuple[Translation, str]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the plan has to know about all chosen translations."""

    claims: Mapping[int, Claim]
    undone: Mapping[int, int]
    blocking: Mapping[int, set[str]]
    own: Collection[int]


def allowed_actions(actor: User) -> list[BatchAction]:
    """Return the actions that `actor` has the right to."""
    return [action for action in BatchAction if actor.has_perm(RIGHT_OF[action].value)]


def plan(action: BatchAction, keys: Sequence[int], *, actor: User, now: datetime) -> list[Planned]:
    """Return what `action` would do to each of the translations, in the order of `keys`.

    Nothing is changed. At most six queries, whatever the number of translations.
    """
    chosen = _chosen(keys)
    known = _look_up(action, [item.pk for item in chosen], actor=actor, now=now)
    after = _LEADS_TO.get(action)
    return [Planned(item, after, _obstacle(action, item, known, actor)) for item in chosen]


def act(
    action: BatchAction, keys: Sequence[int], *, actor: User, reason: str, now: datetime
) -> Outcome:
    """Do `action` to each of the translations by itself, and return what came of it.

    `reason` goes into the history of what is taken down, held or sent back.
    """
    decide = _decider(action, actor=actor, reason=reason, now=now)
    done, refused = 0, []
    for item in _chosen(keys):
        try:
            decide(item.pk)
        except Refusal as error:
            refused.append((item, str(error)))
        else:
            done += 1
    return Outcome(done, refused)


def _decider(
    action: BatchAction, *, actor: User, reason: str, now: datetime
) -> Callable[[int], object]:
    def give_up(key: int) -> None:
        require(actor, Right.EDIT)
        if not Claim.objects.filter(translation=key, editor=actor).exists():
            raise CannotEdit(_no_claim())
        release(key, actor=actor)

    deciders: dict[BatchAction, Callable[[int], object]] = {
        BatchAction.PUBLISH: lambda key: publish(key, actor=actor, reviewed=False, now=now),
        BatchAction.APPROVE: lambda key: publish(key, actor=actor, reviewed=True, now=now),
        BatchAction.TAKE_DOWN: lambda key: unpublish(key, actor=actor, reason=reason, now=now),
        BatchAction.HOLD: lambda key: hold(key, actor=actor, reason=reason, now=now),
        BatchAction.SEND_BACK: lambda key: retranslate(key, actor=actor, reason=reason, now=now),
        BatchAction.CLAIM: lambda key: claim(key, actor=actor, now=now),
        BatchAction.RELEASE: give_up,
    }
    return deciders[action]


def _chosen(keys: Sequence[int]) -> list[Translation]:
    found = Translation.objects.select_related("paper").in_bulk(list(keys))
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _look_up(action: BatchAction, keys: Collection[int], *, actor: User, now: datetime) -> _Known:
    claims = Claim.objects.filter(translation__in=keys, expires_at__gt=now)
    own_claims = Claim.objects.filter(translation__in=keys, editor=actor)
    asked = own_claims if action == BatchAction.RELEASE else claims
    publishes = action in (BatchAction.PUBLISH, BatchAction.APPROVE)
    undone: Counter[int] = Counter()
    blocking: dict[int, set[str]] = {}
    if publishes:
        open_segments = Segment.objects.filter(translation__in=keys)
        undone.update(
            open_segments.exclude(state=SegmentState.DONE).values_list("translation", flat=True)
        )
    if action == BatchAction.PUBLISH:
        grave = Finding.objects.filter(translation__in=keys, severity=FindingSeverity.BLOCKING)
        for key, name in grave.values_list("translation", "name"):
            blocking.setdefault(key, set()).add(name)
    four_eyes = action == BatchAction.APPROVE and settings.FOUR_EYES
    return _Known(
        claims={found.translation_id: found for found in asked.select_related("editor")},
        undone=undone,
        blocking=blocking,
        own=written_by(keys, actor) if four_eyes else (),
    )


def _obstacle(action: BatchAction, item: Translation, known: _Known, actor: User) -> str:
    try:
        require(actor, RIGHT_OF[action])
        _require_possible(action, item, known, actor)
    except Refusal as error:
        return str(error)
    return ""


def _require_possible(action: BatchAction, item: Translation, known: _Known, actor: User) -> None:
    """Raise what the service of `action` would raise."""
    held = known.claims.get(item.pk)
    if action == BatchAction.SEND_BACK:
        require_current(item)
    if action == BatchAction.RELEASE and held is None:
        raise CannotEdit(_no_claim())
    if action in _MINDS_CLAIMS and held is not None and held.editor_id != actor.pk:
        raise ClaimedByOther(held)
    if item.pk in known.own:
        raise own_text()
    if action in (BatchAction.PUBLISH, BatchAction.APPROVE):
        undone = known.undone.get(item.pk, 0)
        if undone or not item.title:
            raise CannotPublish.untranslated(undone or 1)
    if known.blocking.get(item.pk):
        raise CannotPublish.blocked(known.blocking[item.pk])
    after = _LEADS_TO.get(action)
    if after is not None:
        require_transition(item.status, after)


def _no_claim() -> str:
    return _("You have no claim on this translation.")
