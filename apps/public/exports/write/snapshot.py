"""The site at one moment: what all files of an export are read from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.public.exports.write.rows import Query

# CSV with signs around and between values that JSON writes as escapes: each line is the JSON.
_PLAIN_LINES = r"(FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A connection whose every statement sees the site as it was at `as_of`.

    Whoever reads lines may do so in another thread, one statement at a time.
    """

    database: BaseDatabaseWrapper
    as_of: datetime

    def lines(self, query: Query) -> Iterator[bytes]:
        """Yield the rows of a statement that gives one JSON value each, with their line ends."""
        statement = f"COPY ({query.sql}) TO STDOUT WITH {_PLAIN_LINES}"
        self.database.inc_thread_sharing()
        try:
            with self.database.cursor() as cursor, cursor.copy(statement, query.parameters) as copy:
                for line in copy:
                    yield bytes(line)
        finally:
            self.database.dec_thread_sharing()

    def rows(self, query: Query) -> list[tuple[Any, ...]]:
        """Return the rows of a statement that has few."""
        with self.database.cursor() as cursor:
            cursor.execute(query.sql, list(query.parameters))
            return list(cursor.fetchall())


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Open a connection of its own that reads one state of the site; nothing can be written.

    The transaction keeps PostgreSQL from clearing away old rows as long as it is open.
    """
    database = connection.copy()
    try:
        with database.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # The state that is read from here on is at least as late as the time that this says.
            cursor.execute("SELECT transaction_timestamp()")
            (as_of,) = cursor.fetchone()
            # A dump takes what it takes, whatever the server's limit for pages.
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield Snapshot(database, as_of)
    finally:
        database.close()
