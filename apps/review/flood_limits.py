"""Limits on what strangers may send, counted in Redis over all web servers."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from redis.exceptions import RedisError


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in so many seconds, counted from full minute to full minute, hour to hour."""

    name: str
    most: int
    seconds: int


class TooOften(Exception):
    """A limit is reached; in `retry_after` seconds it begins anew."""

    def __init__(self, limit: Limit, retry_after: int) -> None:
        super().__init__(f"{limit.name}: {limit.most} in {limit.seconds} s")
        self.limit = limit
        self.retry_after = retry_after


class CannotCount(Exception):
    """Redis does not answer, so nobody knows whether a limit is reached."""


def count_in(limit: Limit, who: str, *, now: datetime) -> None:
    """Count one more of `who`. Raises TooOften above the limit, CannotCount without Redis."""
    moment = int(now.timestamp())
    window = moment // limit.seconds
    key = f"limit:{limit.name}:{who}:{window}"
    try:
        cache.add(key, 0, timeout=limit.seconds + 60)
        taken = cache.incr(key)
    except (RedisError, ValueError) as error:
        # ValueError: the counter went between the two, as when Redis was just restarted.
        raise CannotCount from error
    if taken > limit.most:
        raise TooOften(limit, (window + 1) * limit.seconds - moment)
