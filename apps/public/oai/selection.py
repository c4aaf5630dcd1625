"""Selections of records in lists, and resumption tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import QuerySet

from apps.core.keyset import SECOND, WHOLE, BrokenCursor, Ordering, Position
from apps.public.models import LONGEST_SET, PublicRecord
from apps.public.oai.formats import FORMATS
from apps.public.oai.protocol import OaiProblem, OaiRequest
from apps.public.site.content_language import content_languages

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_SET = re.compile(r"[\w.!~*'()-]+(:[\w.!~*'()-]+)*", re.ASCII)
_SEEN = re.compile(r"\d{1,12}", re.ASCII)

BY_DATESTAMP = Ordering("datestamp", (("datestamp", SECOND), ("id", WHOLE)), separator=".")


@dataclass(frozen=True, slots=True)
class Selection:
    """The arguments of a list as sent; `begin` (inclusive) and `end` (exclusive) are its times."""

    prefix: str
    from_: str = ""
    until: str = ""
    set_spec: str = ""

    @classmethod
    def from_request(cls, request: OaiRequest) -> Self:
        """Return the selection of ListRecords or ListIdentifiers. Raises OaiProblem."""
        given = request.arguments
        selection = cls(
            given["metadataPrefix"],
            given.get("from", ""),
            given.get("until", ""),
            given.get("set", ""),
        )
        selection.check(given)
        return selection

    def check(self, given: dict[str, str]) -> None:
        """Raise OaiProblem (badArgument, cannotDisseminateFormat) for invalid arguments."""
        require_format(self.prefix)
        for name in ("from", "until", "set"):
            if given.get(name) == "":
                raise OaiProblem("badArgument", f"{name} is empty. Leave it out.")
        begin, end = self.begin, self.end
        if self.from_ and self.until and len(self.from_) != len(self.until):
            raise OaiProblem(
                "badArgument", "Give from and until alike: both as days or both to the second."
            )
        if begin and end and begin >= end:
            raise OaiProblem("badArgument", "from is later than until.")
        if self.set_spec and (
            len(self.set_spec) > LONGEST_SET or not _SET.fullmatch(self.set_spec)
        ):
            raise OaiProblem(
                "badArgument", "There is no set of this name. ListSets lists them all."
            )

    @property
    def begin(self) -> datetime | None:
        """The start of the selection, inclusive."""
        return _moment("from", self.from_) if self.from_ else None

    @property
    def end(self) -> datetime | None:
        """The end of the selection, exclusive."""
        if not self.until:
            return None
        step = timedelta(days=1) if _DAY.fullmatch(self.until) else timedelta(seconds=1)
        try:
            return _moment("until", self.until) + step
        except OverflowError:
            return None

    def records(self) -> QuerySet[PublicRecord]:
        """Return the selected records."""
        found = PublicRecord.objects.filter(language__in=content_languages())
        if begin := self.begin:
            found = found.filter(datestamp__gte=begin)
        if end := self.end:
            found = found.filter(datestamp__lt=end)
        if self.set_spec:
            found = found.filter(sets__contains=[self.set_spec])
        return found


def write_token(selection: Selection, position: Position, seen: int) -> str:
    """Return a resumption token. It holds the whole state, so it never expires.

    seen: the number of records up to this position.
    """
    asked = (selection.prefix, selection.from_, selection.until, selection.set_spec)
    return ",".join([*asked, f"{BY_DATESTAMP.encode(position)}.{seen}"])


def read_token(token: str) -> tuple[Selection, Position, int]:
    """Return the state in a resumption token. Raises OaiProblem (badResumptionToken)."""
    parts = token.split(",")
    written, _dot, seen = parts[-1].rpartition(".")
    if len(parts) != 5 or not _SEEN.fullmatch(seen):
        raise _bad_token()
    selection = Selection(*parts[:4])
    try:
        selection.check({})
        return selection, BY_DATESTAMP.decode(written), int(seen)
    except (OaiProblem, BrokenCursor) as problem:
        raise _bad_token() from problem


def require_format(prefix: str) -> None:
    """Raise OaiProblem (cannotDisseminateFormat) for an unknown format."""
    if prefix not in FORMATS:
        raise OaiProblem(
            "cannotDisseminateFormat", f"Ask for one of the formats: {', '.join(FORMATS)}."
        )


def _bad_token() -> OaiProblem:
    return OaiProblem(
        "badResumptionToken", "This site gave out no such token. Begin the list from its start."
    )


def _moment(name: str, text: str) -> datetime:
    if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        raise _bad_date(name)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _bad_date(name) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bad_date(name: str) -> OaiProblem:
    return OaiProblem(
        "badArgument",
        f"{name} is not a date. Write it as 2026-03-02 or as 2026-03-02T06:00:00Z (UTC).",
    )
