"""The filters of the queue as its page shows them: choices with labels, counts and links."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

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
"""The number of choices of a long filter that are shown at once; the rest is folded."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter. count: entries it lists; None: not counted. query: its link."""

    label: str
    count: int | None
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """A filter with its choices; the first one is "all". folded: those behind "more"."""

    name: str
    label: str
    choices: list[Choice]
    folded: list[Choice]


def choice_groups(wanted: QueueFilter, counts: QueueCounts, *, languages: int) -> list[ChoiceGroup]:
    """Return the filters in the order of the page.

    A filter whose values come from the entries offers the values that occur, and the chosen one.
    With one target language (`languages`), there is no filter by language.
    """
    group, ranked = partial(_group, wanted, counts), partial(_ranked, wanted, counts)
    days = {
        TODAY: _("today"),
        THREE_DAYS: _("last 3 days"),
        SEVEN_DAYS: _("last 7 days"),
        OLDER: _("older"),
    }
    claims = {MINE: _("me"), OTHERS: _("somebody else"), FREE: _("unclaimed")}
    statuses = {
        status.value: str(status.label)
        for status in TranslationStatus
        if counts.by_filter["status"].get(status) or wanted.status == status
    }
    first = {ANY_BLOCKING: _("any blocking finding"), NONE_AT_ALL: _("no findings")}
    findings = first | ranked("finding", check_label) | first
    yes_no = {YES: _("yes"), NO: _("no")}
    groups = [
        group("hand", _("claimed by"), claims),
        group("finding", _("finding"), findings, shown=SHOWN + len(first)),
        group("status", _("status"), statuses),
        group("category", _("category"), ranked("category")),
        group("when", _("day of submission"), days),
        group("engine", _("engine"), ranked("engine")),
        group("stale", _("the paper's text has changed"), yes_no),
        group("corrections", _("readers' open corrections"), yes_no),
    ]
    if languages > 1:
        groups.insert(0, group("language", _("language"), ranked("language")))
    return groups


def _ranked(
    wanted: QueueFilter, counts: QueueCounts, name: str, label: Callable[[str], str] = str
) -> dict[str, str]:
    """Return the values of a filter with their labels, the most frequent first."""
    found = dict(counts.by_filter[name])
    chosen: str = getattr(wanted, name)
    if chosen:
        found.setdefault(chosen, 0)
    return {value: label(value) for value in sorted(found, key=lambda one: (-found[one], one))}


def _group(
    wanted: QueueFilter,
    counts: QueueCounts,
    name: str,
    label: str,
    labels: Mapping[str, str],
    shown: int = SHOWN,
) -> ChoiceGroup:
    rest = {key: value for key, value in wanted.parameters().items() if key != name}
    day = ""
    if name == "when":
        day = rest.pop("day", "")
    chosen = getattr(wanted, name)
    choices = [Choice(_("all"), None, f"?{urlencode(rest)}", not chosen and not day)]
    if day:
        choices.append(Choice(day, counts.total, f"?{urlencode(rest | {'day': day})}", True))
    number = counts.by_filter[name]
    values = [
        Choice(text, number.get(value, 0), f"?{urlencode(rest | {name: value})}", value == chosen)
        for value, text in labels.items()
    ]
    first = [choice for place, choice in enumerate(values) if place < shown or choice.is_chosen]
    folded = [choice for choice in values if choice not in first]
    return ChoiceGroup(name, label, choices + first, folded)
