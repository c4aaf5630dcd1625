"""Acts on many translations at once: first the plan, then the result.

Each translation has its own transaction, so that one refusal does not stop the others. The
plan calls the act's `check`; the act checks again.
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
    """The effect of an action on one translation.

    Attributes:
        after: The status that it gets; None if that does not change.
        obstacle: Why the action is not possible, or empty.
    """

    translation: Translation
    after: TranslationStatus | None
    obstacle: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The number of changed translations, and the others with the reason."""

    done: int
    refused: list[tuple[Translation, str]]


def plan(action: DeskAction, keys: Sequence[int], *, actor: User, now: datetime) -> list[Planned]:
    """Return the effect of `action` on each translation, in the order of `keys`.

    It changes nothing, and takes at most six queries for any number of translations.
    """
    wanted = ACTS[action](actor=actor, now=now)
    return [
        Planned(facts.translation, wanted.leads_to, _obstacle(wanted, facts))
        for facts in wanted.facts_about(_chosen(keys))
    ]


def act(
    action: DeskAction, keys: Sequence[int], *, actor: User, reason: str, now: datetime
) -> Outcome:
    """Do `action` to each of the translations; `reason` goes into the history."""
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
