"""The filters of the queue: parsed from a query string, and turned into conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Final, Self

from django.contrib.auth.models import User
from django.db.models import BooleanField, Case, CharField, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from apps.core.refusals import Refusal
from apps.discovery.models import day_of
from apps.review.models import Claim, QueueEntry, QueueEntryQuerySet, QueueTitle
from apps.review.queue.title_search import named_paper, title_query
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus

TODAY, THREE_DAYS, SEVEN_DAYS, OLDER = "today", "3", "7", "older"
MINE, OTHERS, FREE = "mine", "others", "free"
YES, NO = "yes", "no"
ANY_BLOCKING, NONE_AT_ALL = "blocking", "none"
"""Values of the filter `finding` besides the names of checks; no check has these names."""

_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "when": (TODAY, THREE_DAYS, SEVEN_DAYS, OLDER),
    "status": tuple(TranslationStatus.values),
    "hand": (MINE, OTHERS, FREE),
    "stale": (YES, NO),
    "corrections": (YES, NO),
}


class BadFilter(Refusal):
    """A parameter of the filter has an impossible value; the message says which."""

    code = "bad-filter"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """A filter of the queue. An empty field does not filter.

    Attributes:
        category: primary category or cross-list.
        when: the span of days of submission up to today (UTC); `day` takes precedence.
        day: one day of submission.
        finding: the name of a check, ANY_BLOCKING or NONE_AT_ALL.
        hand: who has claimed the translation.
        stale: whether the paper's text has changed.
        corrections: whether readers' corrections are open.
        q: words of the title, or an arXiv identifier.
    """

    language: str = ""
    category: str = ""
    when: str = ""
    day: date | None = None
    status: str = ""
    engine: str = ""
    finding: str = ""
    hand: str = ""
    stale: str = ""
    corrections: str = ""
    q: str = ""

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> Self:
        """Parse the parameters of a query string; ignore others.

        Raises:
            BadFilter: a parameter has an impossible value.
        """
        given = {field.name: query.get(field.name, "").strip() for field in fields(cls)}
        for name, known in _CHOICES.items():
            if given[name] and given[name] not in known:
                raise BadFilter(
                    _(
                        "“%(value)s” is not a value of the filter %(name)s. Choose one of: "
                        "%(known)s."
                    )
                    % {"value": given[name][:40], "name": name, "known": ", ".join(known)}
                )
        given_day = given.pop("day")
        try:
            day = date.fromisoformat(given_day) if given_day else None
        except ValueError as error:
            raise BadFilter(
                _("“%s” is not a day. Write it as 2025-02-28.") % given_day[:40]
            ) from error
        if "\0" in "".join(given.values()):
            raise BadFilter(_("The filter contains a control character. Type it again."))
        return cls(day=day, **given)

    def parameters(self) -> dict[str, str]:
        """Return the parameters that are set, for a query string."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in values.items() if value}

    def entries(self, *, editor: User, now: datetime) -> QueueEntryQuerySet:
        """Return the matching entries, unordered."""
        entries = self.search_matches()
        for condition in self.conditions(editor=editor, now=now).values():
            entries = entries.filter(condition)
        return entries

    def search_matches(self) -> QueueEntryQuerySet:
        """Return the entries that match `q` alone."""
        found = QueueEntry.objects.all()
        if not self.q:
            return found
        paper = named_paper(self.q)
        if paper is not None:
            return found.filter(
                translation__in=Translation.objects.filter(paper__arxiv_id=paper).values("pk")
            )
        words = title_query(self.q)
        if not words:
            return found.none()
        fits = RawSQL("words @@ %s::tsquery", [words], output_field=BooleanField())
        return found.filter(pk__in=QueueTitle.objects.filter(fits).values("pk"))

    def conditions(self, *, editor: User, now: datetime) -> dict[str, Q]:
        """Return the condition of each filter that is set, by name, without the search.

        `day` and `when` are one filter with the name "when".
        """
        found = {
            "language": Q(language=self.language),
            "category": Q(categories__contains=[self.category]),
            "when": Q(day=self.day) if self.day else day_conditions(now).get(self.when, Q()),
            "status": Q(status=self.status),
            "engine": Q(engines__contains=[self.engine]),
            "finding": _finding_condition(self.finding),
            "hand": claim_conditions(editor, now).get(self.hand, Q()),
            "stale": Q(is_stale=self.stale == YES),
            "corrections": has_open_corrections(self.corrections == YES),
        }
        is_set = self.parameters()
        return {
            name: condition
            for name, condition in found.items()
            if name in is_set or (name == "when" and self.day)
        }


def day_conditions(now: datetime) -> dict[str, Q]:
    """Return the conditions of the filter `when`. The first three spans overlap."""
    today = day_of(now)
    three, seven = (Q(day__gt=today - timedelta(days=days)) for days in (3, 7))
    return {
        TODAY: Q(day__gte=today),
        THREE_DAYS: three,
        SEVEN_DAYS: seven,
        OLDER: Q(day__lte=today - timedelta(days=7)),
    }


def claim_conditions(editor: User, now: datetime) -> dict[str, Q]:
    """Return the conditions of the filter `hand`; each entry meets exactly one."""
    # By key: a join with the claims would also read the whole table of translations.
    running = Claim.objects.filter(expires_at__gt=now)
    mine, others = running.filter(editor=editor), running.exclude(editor=editor)
    return {
        MINE: Q(pk__in=mine.values("translation")),
        OTHERS: Q(pk__in=others.values("translation")),
        FREE: ~Q(pk__in=running.values("translation")),
    }


def has_open_corrections(is_so: bool) -> Q:
    """Return the condition that an entry has open corrections by readers, or has none."""
    return Q(open_suggestions__gt=0) if is_so else Q(open_suggestions=0)


def first_match(conditions: Mapping[str, Q], otherwise: str) -> Case:
    """Return an expression for the name of the first condition that an entry meets."""
    cases: Iterable[When] = (When(fits, then=Value(name)) for name, fits in conditions.items())
    return Case(*cases, default=Value(otherwise), output_field=CharField())


def _finding_condition(name: str) -> Q:
    if name == ANY_BLOCKING:
        return Q(blocking_count__gt=0)
    if name == NONE_AT_ALL:
        return Q(blocking_count=0, other_count=0)
    return Q(blocking__contains=[name]) | Q(others__contains=[name])
