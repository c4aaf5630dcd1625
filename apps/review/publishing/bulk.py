"""Decisions about many translations at once: first what would happen, then what happened.

Each translation is decided by itself, so that one that cannot be changed does not stop the others.
The plan asks each act's `check`, and what changed since the plan was shown is found out by the act.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User

from apps.core.refusals import Refusal
from apps.review.acts.base import Act
from apps.review.acts.facts import Facts
from apps.review.publishing.actions import ACTS, DeskAction
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus

MOST_AT_ONCE: Final = 500
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


def plan(action: DeskAction, keys: Sequence[int], *, actor: User, now: datetime) -> list[Planned]:
    """Return what `action` would do to each of the translations, in the order of `keys`.

    Nothing is changed. At most six queries, whatever the number of translations.
    """
    wanted = ACTS[action](actor=actor, now=now)
    return [
        Planned(facts.translation, wanted.leads_to, _obstacle(wanted, facts))
        for facts in wanted.facts_about(_chosen(keys))
    ]


def act(
    action: DeskAction, keys: Sequence[int], *, actor: User, reason: str, now: datetime
) -> Outcome:
    """Do `action` to each of the translations by itself, and return what came of it.

    `reason` goes into the history.
    """
    wanted = ACTS[action](actor=actor, reason=reason, now=now)
    done, refused = 0, []
    for item in _chosen(keys):
        try:
            wanted.execute(item.pk)
        except Refusal as error:
            refused.append((item, str(error)))
        else:
            done += 1
    return Outcome(done, refused)


def _chosen(keys: Sequence[int]) -> list[Translation]:
    found = Translation.objects.select_related("paper").in_bulk(list(keys))
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _obstacle(wanted: Act[object], facts: Facts) -> str:
    try:
        wanted.check(facts)
    except Refusal as error:
        return str(error)
    return ""
