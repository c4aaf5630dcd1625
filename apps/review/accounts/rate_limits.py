"""Limits on how often somebody may ask for something, counted in Redis over all web servers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from redis.exceptions import RedisError


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in so many seconds, counted from full minute to full minute, hour to hour."""

    name: str
    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Taken:
    """How many of a limit somebody has taken; in `resets_in` seconds it begins anew."""

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
    """A limit is reached; in `retry_after` seconds it begins anew."""

    def __init__(self, limit: Limit, retry_after: int) -> None:
        super().__init__(f"{limit.name}: {limit.most} in {limit.seconds} s")
        self.limit = limit
        self.retry_after = retry_after


class CannotCount(Exception):
    """Redis does not answer, so nobody knows whether a limit is reached."""


def count(limit: Limit, who: str, *, now: datetime) -> Taken:
    """Count one more of `who` and say how many that makes. One round trip.

    Raises CannotCount without Redis.
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
    except RedisError as error:
        raise CannotCount from error
    return Taken(limit, number, (window + 1) * limit.seconds - moment)


def count_in(limit: Limit, who: str, *, now: datetime) -> None:
    """Count one more of `who`. Raises TooOften above the limit, CannotCount without Redis."""
    taken = count(limit, who, now=now)
    if taken.is_over:
        raise TooOften(limit, taken.resets_in)
