"""Paging of the API by key: a page begins behind the last row of the one before it.

No page counts and none skips rows, so the last page of a million rows costs what the first does,
and rows that arrive while somebody pages neither repeat nor hide another. A cursor names the
ordering and the list that it was given out for, so it cannot silently go on in another one.
"""

from __future__ import annotations

import binascii
import json
import math
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, F, Func, Model, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.site.page_urls import absolute

LONGEST_CURSOR = 2000
NOT_OF_THE_LIST = frozenset({"cursor", "limit", "ordering", "fields", "expand"})
"""Parameters that do not change which rows a list has."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Key = tuple[Any, ...]
Row = TypeVar("Row")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one type stand in a cursor. `read` raises ValueError for what is none."""

    write: Callable[[Any], int | float | str]
    read: Callable[[Any], Any]


def _whole(written: Any) -> int:
    if type(written) is not int or not -(2**63) <= written < 2**63:
        raise ValueError("no whole number that the database has room for")
    return written


def _number(written: Any) -> float:
    if type(written) not in (int, float) or not math.isfinite(written):
        raise ValueError("no number")
    return float(written)


def _words(written: Any) -> str:
    # Encoding refuses lone halves of surrogate pairs, which JSON can write.
    if type(written) is not str or b"\0" in written.encode():
        raise ValueError("no text")
    return written


def _moment(written: Any) -> datetime:
    return _EPOCH + timedelta(microseconds=_whole(written))


WHOLE = Kind(int, _whole)
NUMBER = Kind(float, _number)
WORDS = Kind(str, _words)
DAY = Kind(date.isoformat, lambda written: date.fromisoformat(_words(written)))
MOMENT = Kind(lambda moment: (moment - _EPOCH) // timedelta(microseconds=1), _moment)


class RowComparison(Func):
    """`(a, b) > (1, 2)`, row by row as SQL compares: one walk along an index serves it."""

    output_field = BooleanField()

    def __init__(self, columns: Sequence[str], operator: str, key: Key) -> None:
        super().__init__(*(F(column) for column in columns))
        self.operator = operator
        self.key = key

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Write the comparison."""
        columns = [compiler.compile(column) for column in self.get_source_expressions()]
        values = ", ".join(["%s"] * len(self.key))
        names = ", ".join(sql for sql, _given in columns)
        given = [value for _sql, parameters in columns for value in parameters]
        return f"({names}) {self.operator} ({values})", [*given, *self.key]


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order of rows. name: what `ordering=` says, with "-" where the greatest come first.

    columns: what rows are ordered by, each with the kind of its values. All run in the direction
    that the name says, and together they tell every row from the others. They should be those of
    one index.
    """

    name: str
    columns: tuple[tuple[str, Kind], ...]

    @property
    def is_descending(self) -> bool:
        """Whether the greatest come first."""
        return self.name.startswith("-")

    def sorted(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Return the rows in this order."""
        sign = "-" if self.is_descending else ""
        return rows.order_by(*(sign + column for column, _kind in self.columns))

    def behind(self, rows: QuerySet[M], key: Key) -> QuerySet[M]:
        """Return the rows that come after the row of this key."""
        columns = [column for column, _kind in self.columns]
        operator, bound = ("<", "lte") if self.is_descending else (">", "gte")
        # The bound is for columns of two tables: an index of the first knows nothing of the second.
        return rows.filter(
            RowComparison(columns, operator, key), **{f"{columns[0]}__{bound}": key[0]}
        )

    def key_of(self, row: Any) -> Key:
        """Return the key of a row: a model's instance, or a mapping by column."""
        if isinstance(row, Mapping):
            return tuple(row[column] for column, _kind in self.columns)
        return tuple(reduce(getattr, name.split("__"), row) for name, _kind in self.columns)

    def cursor(self, scope: str, key: Key) -> str:
        """Return the cursor of the page that begins behind the row of this key."""
        written = [
            kind.write(value) for (_name, kind), value in zip(self.columns, key, strict=True)
        ]
        text = json.dumps([self.name, scope, *written], ensure_ascii=False, separators=(",", ":"))
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def key_in(self, cursor: str, scope: str) -> Key:
        """Return the key in a cursor that was given out for this order of this list.

        Raises NoSuchPage (404) that says what to do, for every other text.
        """
        try:
            name, given_for, *written = _opened(cursor)
        except ValueError as broken:
            raise NoSuchPage(
                _(
                    "This is not a cursor of this site. Omit the parameter to start from the "
                    "beginning, or use the URL of the next page unchanged."
                )
            ) from broken
        if name != self.name:
            raise NoSuchPage(
                _(
                    "This cursor belongs to the order %(its)s, not %(asked)s. Use the same "
                    "order, or omit the cursor to start from the beginning."
                )
                % {"its": name, "asked": self.name}
            )
        if given_for != scope:
            raise NoSuchPage(
                _(
                    "This cursor belongs to a list with other filters. Use the same filters, or "
                    "omit the cursor to start from the beginning."
                )
            )
        try:
            kinds = [kind for _name, kind in self.columns]
            return tuple(kind.read(value) for kind, value in zip(kinds, written, strict=True))
        except (ValueError, OverflowError) as broken:
            raise NoSuchPage(
                _("This cursor was modified. Use the URL of the next page unchanged.")
            ) from broken


def _opened(cursor: str) -> list[Any]:
    """Return what is written in a cursor. Raises ValueError where it has not the form of one."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        opened = json.loads(b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, RecursionError) as broken:
        raise ValueError(cursor) from broken
    if not isinstance(opened, list) or len(opened) < 3:
        raise ValueError(cursor)
    if not all(isinstance(part, str) and part.isprintable() for part in opened[:2]):
        raise ValueError(cursor)
    opened[0] = opened[0][:80]
    return opened


class NoSuchPage(ValidationError):
    """404: a cursor names no page of the list that was asked for; the message says what to do."""

    status_code = 404

    def __init__(self, reason: str) -> None:
        super().__init__({"cursor": [reason]})


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows. following: the cursor of the next page; None on the last."""

    rows: list[Row]
    following: str | None


def parameters_of(request: Request) -> dict[str, str]:
    """Return the query parameters of a request, those that were repeated joined by commas."""
    return {name: ",".join(map(str, values)) for name, values in request.query_params.lists()}


def scope_of(request: Request) -> str:
    """Return a short mark of the list that a request asks for: its path and its filters."""
    filters = {
        name: value
        for name, value in sorted(parameters_of(request).items())
        if name not in NOT_OF_THE_LIST
    }
    return blake2b(f"{request.path}?{urlencode(filters)}".encode(), digest_size=6).hexdigest()


def page_of(
    rows: QuerySet[M], ordering: Ordering, *, cursor: str | None, limit: int, scope: str
) -> Page[M]:
    """Return the page of up to `limit` rows that `cursor` names; None means the first. One query.

    scope: `scope_of` the request. Raises NoSuchPage (404) for a cursor that was not given out
    for this order of this list.
    """
    if cursor is not None:
        rows = ordering.behind(rows, ordering.key_in(cursor, scope))
    found = list(ordering.sorted(rows)[: limit + 1])
    if len(found) <= limit:
        return Page(found, None)
    return Page(found[:limit], ordering.cursor(scope, ordering.key_of(found[limit - 1])))


def page_asked(
    request: Request, query: Mapping[str, Any], rows: QuerySet[M], ordering: Ordering
) -> Page[M]:
    """Return the page that a request asks for; query: its valid parameters. See `page_of`."""
    return page_of(
        rows,
        ordering,
        cursor=query.get("cursor"),
        limit=query["limit"],
        scope=scope_of(request),
    )


def paged(
    request: Request, results: Iterable[Any], following: object | None, **more: Any
) -> Response:
    """Answer with the results of one page and the address of the next one, None on the last.

    The address is in the `Link` header too (RFC 8288). more: what else belongs to the list.
    """
    address = None if following is None else address_with(request, cursor=str(following))
    headers = {} if address is None else {"Link": f'<{address}>; rel="next"'}
    return Response({"next": address, "results": results, **more}, headers=headers)


def address_with(request: Request, **parameters: str) -> str:
    """Return the address of this request with some of its query parameters replaced."""
    merged = {**parameters_of(request), **parameters}
    return absolute(f"{request.path}?{urlencode(merged)}")
