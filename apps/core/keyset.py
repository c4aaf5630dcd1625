"""Paging by key: a page begins after the last row of the one before it.

No page counts and none skips rows, so the last page of a million rows costs what the first does,
and rows that arrive while somebody pages neither repeat nor hide another.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, F, Func, Model, QuerySet

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Position = tuple[Any, ...]
"""Where a row stands in an ordering: the values of the ordering's columns."""
Row = TypeVar("Row")
M = TypeVar("M", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet[Any])


class BrokenCursor(ValueError):
    """The text is not a cursor that this site gave out. text: how it begins."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:80]!r} is not a cursor of this site.")
        self.text = text[:80]


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one type are written in cursors. `read` raises ValueError or OverflowError."""

    write: Callable[[Any], int | float | str]
    read: Callable[[Any], Any]


def _whole(written: Any) -> int:
    if type(written) is not int or not -(2**63) <= written < 2**63:
        raise ValueError("not a whole number that the database has room for")
    return written


def _number(written: Any) -> float:
    if type(written) not in (int, float) or not math.isfinite(written):
        raise ValueError("not a number")
    return float(written)


def _words(written: Any) -> str:
    # Encoding refuses lone halves of surrogate pairs, which JSON can write.
    if type(written) is not str or b"\0" in written.encode():
        raise ValueError("not a text")
    return written


def _moments(unit: timedelta) -> Kind:
    return Kind(
        lambda moment: (moment - _EPOCH) // unit, lambda written: _EPOCH + _whole(written) * unit
    )


WHOLE = Kind(int, _whole)
NUMBER = Kind(float, _number)
WORDS = Kind(str, _words)
DAY = Kind(date.isoformat, lambda written: date.fromisoformat(_words(written)))
MOMENT = _moments(timedelta(microseconds=1))
SECOND = _moments(timedelta(seconds=1))


class RowComparison(Func):
    """`(a, b) > (1, 2)`, row by row as SQL compares: one walk along an index serves it."""

    output_field = BooleanField()

    def __init__(self, columns: Sequence[str], operator: str, position: Position) -> None:
        super().__init__(*(F(column) for column in columns))
        self.operator = operator
        self.position = position

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Write the comparison."""
        columns = [compiler.compile(column) for column in self.get_source_expressions()]
        values = ", ".join(["%s"] * len(self.position))
        names = ", ".join(sql for sql, _given in columns)
        given = [value for _sql, parameters in columns for value in parameters]
        return f"({names}) {self.operator} ({values})", [*given, *self.position]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows. next: the position after which the next page begins; None on the last."""

    rows: list[Row]
    next: Position | None = None


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order of rows. name: how requests ask for it, with "-" where the greatest come first.

    columns: what rows are ordered by, each with the kind of its values. All run in the direction
    that the name says, and together they tell every row from the others. They should be those of
    one index. separator: between the values in a cursor.
    """

    name: str
    columns: tuple[tuple[str, Kind], ...]
    separator: str = "-"

    @property
    def is_descending(self) -> bool:
        """Whether the greatest come first."""
        return self.name.startswith("-")

    def sorted(self, rows: Rows) -> Rows:
        """Return the rows in this order."""
        sign = "-" if self.is_descending else ""
        return rows.order_by(*(sign + column for column, _kind in self.columns))

    def after(self, rows: Rows, position: Position) -> Rows:
        """Return the rows that come after this position."""
        columns = [column for column, _kind in self.columns]
        if len(columns) == 1:
            lookup = "lt" if self.is_descending else "gt"
            return rows.filter(**{f"{columns[0]}__{lookup}": position[0]})
        operator, bound = ("<", "lte") if self.is_descending else (">", "gte")
        # The bound is for columns of two tables: an index of the first knows nothing of the second.
        return rows.filter(
            RowComparison(columns, operator, position), **{f"{columns[0]}__{bound}": position[0]}
        )

    def page(self, rows: QuerySet[M], after: Position | None, *, size: int) -> Page[M]:
        """Return up to `size` rows after a position; None means from the start. One query."""
        if after is not None:
            rows = self.after(rows, after)
        return self.cut(list(self.sorted(rows)[: size + 1]), size)

    def cut(self, found: list[Row], size: int) -> Page[Row]:
        """Return the page of the first `size` rows found. One more row means another page."""
        if len(found) <= size:
            return Page(found)
        return Page(found[:size], self.position_of(found[size - 1]))

    def position_of(self, row: Any) -> Position:
        """Return the position of a row: a model's instance, or a mapping by column."""
        if isinstance(row, Mapping):
            return tuple(row[column] for column, _kind in self.columns)
        return tuple(reduce(getattr, name.split("__"), row) for name, _kind in self.columns)

    def write(self, position: Position) -> list[int | float | str]:
        """Return the values of a position as JSON can hold them."""
        return [kind.write(value) for (_, kind), value in zip(self.columns, position, strict=True)]

    def read(self, written: Sequence[Any]) -> Position:
        """Return the position whose values are written so.

        Raises:
            ValueError: These are not the values of a position.
        """
        try:
            pairs = zip(self.columns, written, strict=True)
            return tuple(kind.read(value) for (_name, kind), value in pairs)
        except OverflowError as beyond:
            raise ValueError(f"{written!r} is beyond what can be written") from beyond

    def encode(self, position: Position) -> str:
        """Return the cursor of a position whose values are numbers or moments."""
        return self.separator.join(str(value) for value in self.write(position))

    def next_cursor(self, page: Page[Any]) -> str | None:
        """Return the cursor of the page after this one; None on the last."""
        return None if page.next is None else self.encode(page.next)

    def decode(self, cursor: str) -> Position:
        """Return the position of a cursor.

        Raises:
            BrokenCursor: `encode` writes no such text.
        """
        parts = cursor.rsplit(self.separator, len(self.columns) - 1)
        try:
            position = self.read([json.loads(part) for part in parts])
        except (ValueError, RecursionError) as broken:
            raise BrokenCursor(cursor) from broken
        if self.encode(position) != cursor:
            raise BrokenCursor(cursor)
        return position


LATEST_ADDED = Ordering("-id", (("id", WHOLE),))
"""Rows by their keys, the one that was added last first."""
