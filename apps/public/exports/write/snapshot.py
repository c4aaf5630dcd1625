"""A snapshot of the database, from which all files of an export are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.public.exports.write.rows import Query

# CSV with control characters, which JSON escapes, as quote and delimiter: a line is the JSON.
_PLAIN_LINES = r"(FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A connection whose statements see the site as it was at `as_of`.

    Lines may be read in another thread, one statement at a time.
    """

    database: BaseDatabaseWrapper
    as_of: datetime

    def lines(self, query: Query) -> Iterator[bytes]:
        """Yield the rows of a statement with one JSON value each, as lines."""
        statement = f"COPY ({query.sql}) TO STDOUT WITH {_PLAIN_LINES}"
        self.database.inc_thread_sharing()
        try:
            with self.database.cursor() as cursor, cursor.copy(statement, query.parameters) as copy:
                for line in copy:
                    yield bytes(line)
        finally:
            self.database.dec_thread_sharing()

    def rows(self, query: Query) -> list[tuple[Any, ...]]:
        """Return the rows of a statement with few rows."""
        with self.database.cursor() as cursor:
            cursor.execute(query.sql, list(query.parameters))
            return list(cursor.fetchall())


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Open a read-only connection with a snapshot. While it is open, vacuum keeps old rows."""
    database = connection.copy()
    try:
        with database.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # The snapshot is taken at or after this time.
            cursor.execute("SELECT transaction_timestamp()")
            (as_of,) = cursor.fetchone()
            # The limit of the server is for pages, not for exports.
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield Snapshot(database, as_of)
    finally:
        database.close()
