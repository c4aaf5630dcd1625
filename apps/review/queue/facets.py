"""The filters of the queue as a page shows them: choices in words, with counts and links."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from apps.review.queue.facet_counts import QueueCounts
from apps.review.queue.filters import (
    ANY_BLOCKING,
    FREE,
    MINE,
    NO,
    NONE_AT_ALL,
    OLDER,
    OTHERS,
    SEVEN_DAYS,
    THREE_DAYS,
    TODAY,
    YES,
    QueueFilter,
)
from apps.translation.models.findings import check_label
from apps.translation.status import TranslationStatus

SHOWN = 10
"""Choices of a long filter that are shown at once, those with the most entries; the rest folds."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice. count: entries that it lists; None where nobody counted. query: its address."""

    words: str
    count: int | None
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """A filter: its choices, the first of which asks for everything, and those that are folded."""

    name: str
    words: str
    choices: list[Choice]
    folded: list[Choice]


def choice_groups(wanted: QueueFilter, counts: QueueCounts, *, languages: int) -> list[ChoiceGroup]:
    """Return the filters in the order of the page; `languages`: into how many the site translates.

    A filter of values that come from the entries themselves has those that there are, and the
    chosen one.
    """
    days = {
        TODAY: _("today"),
        THREE_DAYS: _("last 3 days"),
        SEVEN_DAYS: _("last 7 days"),
        OLDER: _("older"),
    }
    hands = {MINE: _("me"), OTHERS: _("somebody else"), FREE: _("unclaimed")}
    statuses = {
        status.value: str(status.label)
        for status in TranslationStatus
        if counts.of["status"].get(status) or wanted.status == status
    }
    findings = {ANY_BLOCKING: _("any blocking finding"), NONE_AT_ALL: _("no findings")}
    findings |= _ranked(wanted, counts, "finding", check_label, but=findings)
    groups = [
        _group("hand", _("claimed by"), hands, wanted, counts),
        _group("finding", _("finding"), findings, wanted, counts, shown=SHOWN + 2),
        _group("status", _("status"), statuses, wanted, counts),
        _group("category", _("category"), _ranked(wanted, counts, "category"), wanted, counts),
        _group("when", _("day of submission"), days, wanted, counts),
        _group("engine", _("engine"), _ranked(wanted, counts, "engine"), wanted, counts),
        _group(
            "stale",
            _("the paper's text has changed"),
            {YES: _("yes"), NO: _("no")},
            wanted,
            counts,
        ),
        _group(
            "corrections",
            _("readers' open corrections"),
            {YES: _("yes"), NO: _("no")},
            wanted,
            counts,
        ),
    ]
    if languages > 1:
        known = _ranked(wanted, counts, "language")
        groups.insert(0, _group("language", _("language"), known, wanted, counts))
    return groups


def _ranked(
    wanted: QueueFilter,
    counts: QueueCounts,
    name: str,
    words: Callable[[str], str] = str,
    but: Mapping[str, str] | None = None,
) -> dict[str, str]:
    found = {value: number for value, number in counts.of[name].items() if value not in (but or {})}
    chosen: str = getattr(wanted, name)
    if chosen and chosen not in (but or {}):
        found.setdefault(chosen, 0)
    order = sorted(found, key=lambda value: (-found[value], value))
    return {value: words(value) for value in order}


def _group(
    name: str,
    words: str,
    known: Mapping[str, str],
    wanted: QueueFilter,
    counts: QueueCounts,
    shown: int = SHOWN,
) -> ChoiceGroup:
    rest = {key: value for key, value in wanted.parameters().items() if key != name}
    if name == "when":
        rest.pop("day", None)
    chosen = getattr(wanted, name)
    is_open = not chosen and not (name == "when" and wanted.day)
    choices = [Choice(_("all"), None, f"?{urlencode(rest)}", is_open)]
    if name == "when" and wanted.day:
        day = wanted.day.isoformat()
        choices.append(Choice(day, counts.total, f"?{urlencode(rest | {'day': day})}", True))
    values = [
        Choice(
            said,
            counts.of[name].get(value, 0),
            f"?{urlencode(rest | {name: value})}",
            value == chosen,
        )
        for value, said in known.items()
    ]
    first = [choice for place, choice in enumerate(values) if place < shown or choice.is_chosen]
    return ChoiceGroup(
        name, words, choices + first, [choice for choice in values if choice not in first]
    )
