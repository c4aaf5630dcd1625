"""A time limit for each statement of a search."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from apps.discovery.search.results import SearchTooSlow


@contextmanager
def statement_timeout(timeout_ms: int) -> Iterator[None]:
    """Open a transaction that cancels slow statements.

    Args:
        timeout_ms: The limit of each statement, in milliseconds.

    Yields:
        Nothing, inside the transaction.

    Raises:
        SearchTooSlow: A statement took longer.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # A sequential scan of the documents is never faster, even if statistics suggest it.
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
