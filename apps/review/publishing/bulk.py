"""Decisions about many translations at once: first what would happen, then what happened.

The plan asks the same questions as the services, for all of them in a few queries. What counts is
the services' answer: each translation is decided by itself, so that one that cannot be changed does
not stop the others, and what changed since the plan was shown is found out.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User

from apps.review.claims import ClaimedByOther
from apps.review.editing.session import require_current
from apps.review.models import Claim
from apps.review.permissions import require
from apps.review.publishing.actions import REFUSALS, RIGHT_OF, DeskAction, decide, no_claim
from apps.review.publishing.publish import (
    CannotPublish,
    own_text,
    written_by,
)
from apps.translation.models import (
    Finding,
    FindingSeverity,
    Segment,
    SegmentState,
    Translation,
)
from apps.translation.status import TranslationStatus, require_transition

MOST_AT_ONCE: Final = 500


_LEADS_TO: Final[Mapping[DeskAction, TranslationStatus]] = {
    DeskAction.PUBLISH: TranslationStatus.PUBLISHED,
    DeskAction.APPROVE: TranslationStatus.REVIEWED,
    DeskAction.TAKE_DOWN: TranslationStatus.UNPUBLISHED,
    DeskAction.HOLD: TranslationStatus.HELD,
    DeskAction.SEND_BACK: TranslationStatus.PENDING,
}
_MINDS_CLAIMS = {
    DeskAction.PUBLISH,
    DeskAction.APPROVE,
    DeskAction.SEND_BACK,
    DeskAction.CLAIM,
}
WITH_REASON: Final = {DeskAction.TAKE_DOWN, DeskAction.HOLD, DeskAction.SEND_BACK}


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


def plan(action: DeskAction, keys: Sequence[int], *, actor: User, now: datetime) -> list[Planned]:
    """Return what `action` would do to each of the translations, in the order of `keys`.

    Nothing is changed. At most six queries, whatever the number of translations.
    """
    chosen = _chosen(keys)
    known = _look_up(action, [item.pk for item in chosen], actor=actor, now=now)
    after = _LEADS_TO.get(action)
    return [Planned(item, after, _obstacle(action, item, known, actor)) for item in chosen]


def act(
    action: DeskAction, keys: Sequence[int], *, actor: User, reason: str, now: datetime
) -> Outcome:
    """Do `action` to each of the translations by itself, and return what came of it.

    `reason` goes into the history.
    """
    done, refused = 0, []
    for item in _chosen(keys):
        try:
            decide(action, item.pk, actor=actor, reason=reason, now=now)
        except REFUSALS as error:
            refused.append((item, str(error)))
        else:
            done += 1
    return Outcome(done, refused)


def _chosen(keys: Sequence[int]) -> list[Translation]:
    found = Translation.objects.select_related("paper").in_bulk(list(keys))
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _look_up(action: DeskAction, keys: Collection[int], *, actor: User, now: datetime) -> _Known:
    claims = Claim.objects.filter(translation__in=keys, expires_at__gt=now)
    own_claims = Claim.objects.filter(translation__in=keys, editor=actor)
    asked = own_claims if action == DeskAction.RELEASE else claims
    publishes = action in (DeskAction.PUBLISH, DeskAction.APPROVE)
    undone: Counter[int] = Counter()
    blocking: dict[int, set[str]] = {}
    if publishes:
        open_segments = Segment.objects.filter(translation__in=keys)
        undone.update(
            open_segments.exclude(state=SegmentState.DONE).values_list("translation", flat=True)
        )
    if action == DeskAction.PUBLISH:
        grave = Finding.objects.filter(translation__in=keys, severity=FindingSeverity.BLOCKING)
        for key, name in grave.values_list("translation", "name"):
            blocking.setdefault(key, set()).add(name)
    four_eyes = action == DeskAction.APPROVE and settings.FOUR_EYES
    return _Known(
        claims={found.translation_id: found for found in asked.select_related("editor")},
        undone=undone,
        blocking=blocking,
        own=written_by(keys, actor) if four_eyes else (),
    )


def _obstacle(action: DeskAction, item: Translation, known: _Known, actor: User) -> str:
    try:
        require(actor, RIGHT_OF[action])
        _require_possible(action, item, known, actor)
    except REFUSALS as error:
        return str(error)
    return ""


def _require_possible(action: DeskAction, item: Translation, known: _Known, actor: User) -> None:
    """Raise what the service of `action` would raise."""
    held = known.claims.get(item.pk)
    if action == DeskAction.SEND_BACK:
        require_current(item)
    if action == DeskAction.RELEASE and held is None:
        raise no_claim()
    if action in _MINDS_CLAIMS and held is not None and held.editor_id != actor.pk:
        raise ClaimedByOther(held)
    if item.pk in known.own:
        raise own_text()
    if action in (DeskAction.PUBLISH, DeskAction.APPROVE):
        undone = known.undone.get(item.pk, 0)
        if undone or not item.title:
            raise CannotPublish.untranslated(undone or 1)
    if known.blocking.get(item.pk):
        raise CannotPublish.blocked(known.blocking[item.pk])
    after = _LEADS_TO.get(action)
    if after is not None:
        require_transition(item.status, after)
