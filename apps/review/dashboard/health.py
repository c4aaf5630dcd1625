"""Whether the machinery runs: workers, queues, harvests. What cannot be asked is said."""

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
"""How long workers have to answer. All of that passes, as nobody knows how many there are."""
RUNS: Final = 5


@dataclass(frozen=True, slots=True)
class WorkerHealth:
    """workers: the names of those that answered. queues: names and lengths, of the broker.

    error: why the broker could not be asked; workers and queues are empty then.
    """

    workers: list[str]
    queues: list[tuple[str, int]]
    error: str


@dataclass(frozen=True, slots=True)
class HarvestedSet:
    """A set that is harvested daily, and the spans of days that no complete run has read."""

    name: str
    gaps: list[tuple[date, date]]


def check_workers(broker: str, *, seconds: float = SECONDS) -> WorkerHealth:
    """Ask the workers and the broker (its address in Redis's form); never raises for a dead one."""
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
    """Return the latest harvests, the last first."""
    return list(HarvestRun.objects.order_by("-started_at", "-id")[:RUNS])


def harvested_sets(set_specs: Iterable[str]) -> list[HarvestedSet]:
    """Return the sets with their gaps. A query for each."""
    return [HarvestedSet(name, missing_days(name)) for name in dict.fromkeys(set_specs)]
