"""A limit on the time that the database may take for one statement."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from apps.discovery.search.results import SearchTooSlow


@contextmanager
def statement_timeout(timeout_ms: int) -> Iterator[None]:
    """A transaction in which no statement takes longer than `timeout_ms`; else SearchTooSlow."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # Whatever the statistics say: to read one document after the other is never faster.
                cursor.execute(
                    "SELECT set_config('statement_timeout', %s, true), "
                    "set_config('enable_seqscan', 'off', true)",
                    [str(timeout_ms)],
                )
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooSlow from error
        raise
