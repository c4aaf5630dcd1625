"""One request in so many seconds over all workers: the turns are given out by the database."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from apps.discovery.models import OutsideSource


@dataclass(frozen=True, slots=True)
class DatabaseTurns:
    """The turns at one source. The database's clock counts, not the workers'.

    seconds: between the starts of two requests; 0 turns the limit off. sleep: passed in for tests.
    """

    source: str
    seconds: float
    sleep: Callable[[float], None]

    def wait(self) -> None:
        """Take the next turn and return when it has come."""
        if self.seconds > 0 and (pause := self.reserve()) > 0:
            self.sleep(pause)

    def reserve(self) -> float:
        """Take the next turn; return the seconds until it comes.

        Do not call it in a transaction that goes on: other workers would wait for its end.
        """
        return self._move(
            "GREATEST(source.next_request_at, clock_timestamp()) + make_interval(secs => %s)",
            self.seconds,
            before=self.seconds,
        )

    def hold(self, seconds: float) -> None:
        """Give out no turn for so many seconds: the source asked for quiet."""
        if self.seconds > 0 and seconds > 0:
            self._move(
                "GREATEST(source.next_request_at, EXCLUDED.next_request_at)", seconds, before=0
            )

    def _move(self, following: str, seconds: float, *, before: float) -> float:
        """Move the next turn; return the seconds until the one that is `before` that."""
        table = connection.ops.quote_name(OutsideSource._meta.db_table)
        again = [seconds] * following.count("%s")
        parameters: list[str | float] = [self.source, seconds, *again, before]
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO {table} AS source (name, next_request_at)
                VALUES (%s, clock_timestamp() + make_interval(secs => %s))
                ON CONFLICT (name) DO UPDATE SET next_request_at = {following}
                RETURNING EXTRACT(EPOCH FROM next_request_at - clock_timestamp()) - %s
                """,
                parameters,
            )
            (pause,) = cursor.fetchone()
        return max(float(pause), 0.0)
