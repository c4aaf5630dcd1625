"""How often something may happen, over all processes: Redis counts, and Redis gives out turns.

A limit counts what others ask of the site. A pace spreads what the site asks of others.
"""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, cast

import redis
from django.core.cache import DEFAULT_CACHE_ALIAS, caches

_MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Limit:
    """The most requests in a number of seconds, counted from full minute to full minute."""

    name: str
    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Taken:
    """How many of a limit somebody has taken. It starts again in `resets_in` seconds."""

    limit: Limit
    number: int
    resets_in: int

    @property
    def left(self) -> int:
        """How many are left."""
        return max(0, self.limit.most - self.number)

    @property
    def is_over(self) -> bool:
        """Whether the last one was too many."""
        return self.number > self.limit.most


class TooOften(Exception):
    """A limit is reached. It starts again in `retry_after` seconds."""

    def __init__(self, limit: Limit, retry_after: int) -> None:
        super().__init__(f"{limit.name}: {limit.most} in {limit.seconds} s")
        self.limit = limit
        self.retry_after = retry_after


class CannotCount(Exception):
    """Redis does not answer, so it is unknown whether a limit is reached."""


def count(limit: Limit, who: str, *, now: datetime) -> Taken:
    """Count one request and return how many that makes. One round trip.

    Args:
        limit: The limit that it counts towards.
        who: Whose request it is.
        now: When it came.

    Returns:
        How many requests the window has by now, and when it ends.

    Raises:
        CannotCount: Redis does not answer.
    """
    moment = int(now.timestamp())
    window = moment // limit.seconds
    cache: Any = caches[DEFAULT_CACHE_ALIAS]
    key = cache.make_key(f"limit:{limit.name}:{who}:{window}")
    try:
        with cache._cache.get_client(write=True).pipeline(transaction=False) as pipeline:
            pipeline.set(key, 0, ex=limit.seconds + 60, nx=True)
            pipeline.incr(key)
            number = pipeline.execute()[-1]
    except redis.RedisError as error:
        raise CannotCount from error
    return Taken(limit, number, (window + 1) * limit.seconds - moment)


def count_in(limit: Limit, who: str, *, now: datetime) -> None:
    """Count one request.

    Args:
        limit: The limit that it counts towards.
        who: Whose request it is.
        now: When it came.

    Raises:
        TooOften: It is above the limit.
        CannotCount: Redis does not answer.
    """
    taken = count(limit, who, now=now)
    if taken.is_over:
        raise TooOften(limit, taken.resets_in)


class Turns(Protocol):
    """What makes every worker wait for its turn at a server."""

    def wait(self) -> None:
        """Return when the next request may start."""
        ...

    def hold(self, seconds: float) -> None:
        """Let no request start for so many seconds."""
        ...


class Slots(Protocol):
    """The moments at which requests may start, in order."""

    def reserve(self, interval: float) -> float:
        """Take the next free slot, `interval` seconds after the one before; return the wait."""
        ...

    def hold(self, seconds: float) -> None:
        """Let no slot be free for so many seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """Turns with a minimum interval between the starts of two requests.

    slots: shared by all that keep to one pace. seconds: the interval; 0 turns the pace off.
    sleep: passed in for tests.
    """

    slots: Slots
    seconds: float
    sleep: Callable[[float], None]

    def wait(self) -> None:
        """Take the next turn and return when it has come.

        Raises redis.RedisError where Redis gives out the turns and does not answer: a request that
        is not counted must not be made.
        """
        if self.seconds <= 0:
            return
        pause = self.slots.reserve(self.seconds)
        if pause > 0:
            self.sleep(pause)

    def hold(self, seconds: float) -> None:
        """Let no turn come for so many seconds: the server asked for quiet."""
        if self.seconds > 0 and seconds > 0:
            self.slots.hold(seconds)


# Both scripts go by the clock of Redis, so that the clocks of the workers do not matter. This one
# reserves the next free slot and returns how long it is until then, in microseconds.
_RESERVE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local slot = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local following = slot + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', following),
           'PX', math.ceil((following - now) / 1000) + 1000)
return string.format('%.0f', slot - now)
"""

# This one moves the next free slot to at least so many microseconds from now.
_HOLD = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local slot = math.max(now + tonumber(ARGV[1]), tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], string.format('%.0f', slot), 'PX', math.ceil((slot - now) / 1000) + 1000)
"""


@dataclass(frozen=True, slots=True)
class SharedSlots:
    """The slots of all workers that share `client` and `key`."""

    client: redis.Redis
    key: str

    def reserve(self, interval: float) -> float:
        """Take the next free slot; return the seconds until it comes."""
        answer = self.client.eval(_RESERVE, 1, self.key, str(round(interval * _MICROSECONDS)))
        return int(cast(bytes, answer)) / _MICROSECONDS

    def hold(self, seconds: float) -> None:
        """Let no slot be free for so many seconds."""
        self.client.eval(_HOLD, 1, self.key, str(round(seconds * _MICROSECONDS)))


@dataclass(slots=True)
class LocalSlots:
    """The slots of the threads of one process. clock: in seconds; passed in for tests."""

    clock: Callable[[], float]
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _next: float = field(default=-math.inf, init=False)

    def reserve(self, interval: float) -> float:
        """Take the next free slot; return the seconds until it comes."""
        with self._lock:
            now = self.clock()
            slot = max(now, self._next)
            self._next = slot + interval
        return slot - now

    def hold(self, seconds: float) -> None:
        """Let no slot be free for so many seconds."""
        with self._lock:
            self._next = max(self._next, self.clock() + seconds)
