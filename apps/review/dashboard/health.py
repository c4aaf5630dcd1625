"""The state of workers, queues and harvests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import redis
from celery import current_app
from kombu.exceptions import OperationalError

from apps.harvest.models import HarvestRun
from apps.harvest.runs.gaps import missing_days

SECONDS: Final = 0.4
"""Time for workers to answer. It always passes in full: their number is not known."""
RUNS: Final = 5


@dataclass(frozen=True, slots=True)
class WorkerHealth:
    """workers: the names of those that answered. queues: names and lengths at the broker.

    error: why the broker cannot be reached; then workers and queues are empty.
    """

    workers: list[str]
    queues: list[tuple[str, int]]
    error: str


@dataclass(frozen=True, slots=True)
class HarvestedSet:
    """A set that is harvested daily. gaps: first and last days of spans without a complete run."""

    name: str
    gaps: list[tuple[date, date]]


def check_workers(broker: str, *, seconds: float = SECONDS) -> WorkerHealth:
    """Ask the broker (a redis:// URL) for its queues, and the workers for an answer."""
    try:
        client = redis.Redis.from_url(
            broker, socket_timeout=1.0, socket_connect_timeout=1.0, retry=None
        )
        with client:
            names = list(current_app.amqp.queues) or [current_app.conf.task_default_queue]
            queues = [(name, int(client.llen(name))) for name in names]
        answers = current_app.control.inspect(timeout=seconds).ping() or {}
    except (redis.RedisError, OperationalError, OSError) as error:
        return WorkerHealth([], [], str(error) or type(error).__name__)
    return WorkerHealth(sorted(answers), queues, "")


def latest_runs() -> list[HarvestRun]:
    """Return the latest harvests, newest first."""
    return list(HarvestRun.objects.order_by("-started_at", "-id")[:RUNS])


def harvested_sets(set_specs: Iterable[str]) -> list[HarvestedSet]:
    """Find the gaps of sets that are harvested daily. One query for each set.

    Args:
        set_specs: names of sets; repeated ones count once.

    Returns:
        One entry for each set.
    """
    return [HarvestedSet(name, missing_days(name)) for name in dict.fromkeys(set_specs)]
