"""One request in so many seconds over all workers of a site: the turns are given out by Redis."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import redis

KEY = "papersite:arxiv:next-request"
_MICROSECONDS = 1_000_000

# Redis's own clock, so that the clocks of the workers do not matter. Reserves the next free slot
# and returns how long it is until then, in microseconds.
_RESERVE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local slot = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local following = slot + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', following),
           'PX', math.ceil((following - now) / 1000) + 1000)
return string.format('%.0f', slot - now)
"""

# Moves the next free slot to at least so many microseconds from now.
_HOLD = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local slot = math.max(now + tonumber(ARGV[1]), tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], string.format('%.0f', slot), 'PX', math.ceil((slot - now) / 1000) + 1000)
"""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The turns of all workers that share `client` and `key`.

    seconds: between the starts of two requests; 0 turns the limit off. sleep: passed in for tests.
    """

    client: redis.Redis
    seconds: float
    sleep: Callable[[float], None]
    key: str = KEY

    def wait(self) -> None:
        """Take the next turn and return when it has come. Raises redis.RedisError without Redis:
        a request that nobody counted must not be made.
        """
        if self.seconds <= 0:
            return
        pause = self.reserve()
        if pause > 0:
            self.sleep(pause)

    def reserve(self) -> float:
        """Take the next turn; return the seconds until it comes."""
        interval = round(self.seconds * _MICROSECONDS)
        answer = self.client.eval(_RESERVE, 1, self.key, str(interval))
        return int(cast(bytes, answer)) / _MICROSECONDS

    def hold(self, seconds: float) -> None:
        """Give out no turn for so many seconds: the server asked for quiet."""
        if self.seconds <= 0 or seconds <= 0:
            return
        self.client.eval(_HOLD, 1, self.key, str(round(seconds * _MICROSECONDS)))
