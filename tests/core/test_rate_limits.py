"""Counting windows in a real Redis, and turns at a minimum interval over all workers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
import redis
from django.conf import settings

from apps.core.rate_limits import (
    CannotCount,
    Limit,
    LocalSlots,
    Pace,
    SharedSlots,
    Taken,
    TooOften,
    count,
    count_in,
)
from tests.support.builders import NOW

LIMIT = Limit("sheep", most=2, seconds=60)


@pytest.mark.usefixtures("counters")
class TestCounting:
    def test_each_request_counts_for_its_sender_alone(self):
        assert count(LIMIT, "a", now=NOW) == Taken(LIMIT, 1, 60)
        assert count(LIMIT, "a", now=NOW + timedelta(seconds=10)) == Taken(LIMIT, 2, 50)
        assert count(LIMIT, "b", now=NOW).number == 1
        assert count(Limit("goats", 2, 60), "a", now=NOW).number == 1

    def test_what_is_left_and_what_is_too_many(self):
        taken = [count(LIMIT, "a", now=NOW) for _ in range(3)]
        assert [(each.left, each.is_over) for each in taken] == [(1, False), (0, False), (0, True)]

    def test_too_many_are_refused_until_the_next_minute(self):
        for _ in range(2):
            count_in(LIMIT, "a", now=NOW)
        with pytest.raises(TooOften) as refused:
            count_in(LIMIT, "a", now=NOW + timedelta(seconds=15))
        assert (refused.value.limit, refused.value.retry_after) == (LIMIT, 45)
        count_in(LIMIT, "a", now=NOW + timedelta(seconds=60))

    def test_processes_at_the_same_time_miss_none(self):
        with ThreadPoolExecutor(8) as workers:
            list(workers.map(lambda _: count(LIMIT, "a", now=NOW), range(24)))
        assert count(LIMIT, "a", now=NOW).number == 25

    def test_without_redis_the_number_is_unknown(self, settings):
        closed = dict(settings.CACHES["default"], LOCATION="redis://127.0.0.1:1/0")
        settings.CACHES = {"default": closed}
        with pytest.raises(CannotCount):
            count_in(LIMIT, "a", now=NOW)


@pytest.fixture
def slept():
    return []


@pytest.fixture
def limit(slept):
    key = f"test:{uuid4()}"
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        yield lambda seconds: Pace(SharedSlots(client, key), seconds, slept.append)
        client.delete(key)


def test_the_first_goes_at_once_and_the_others_queue(limit):
    turns = [limit(100.0).slots.reserve(100.0) for _ in range(4)]
    assert turns[0] == 0
    assert turns == pytest.approx([0, 100, 200, 300], abs=20)


def test_workers_at_the_same_time_get_turns_of_their_own(limit):
    with ThreadPoolExecutor(8) as workers:
        turns = sorted(workers.map(lambda _: limit(100.0).slots.reserve(100.0), range(24)))
    assert all(later - sooner > 80 for sooner, later in pairwise(turns))


def test_waits_for_its_turn(limit, slept):
    limit(100.0).wait()
    assert slept == []
    limit(100.0).wait()
    assert slept == pytest.approx([100], abs=20)


def test_a_server_that_asked_for_quiet_gets_it(limit):
    limit(1.0).hold(500.0)
    assert limit(1.0).slots.reserve(1.0) == pytest.approx(500, abs=20)


def test_quiet_never_brings_a_turn_forward(limit):
    for _ in range(4):
        limit(100.0).slots.reserve(100.0)
    limit(100.0).hold(1.0)
    assert limit(100.0).slots.reserve(100.0) == pytest.approx(400, abs=20)


def test_zero_turns_it_off(slept):
    nowhere = redis.Redis(port=1)
    limit = Pace(SharedSlots(nowhere, "k"), 0.0, slept.append)
    limit.wait()
    limit.hold(10)
    assert slept == []


def test_without_redis_no_request_is_made(slept):
    with redis.Redis(port=1) as nowhere, pytest.raises(redis.RedisError):
        Pace(SharedSlots(nowhere, "k"), 3.0, slept.append).wait()


def test_the_key_does_not_stay_for_ever(limit):
    slots = limit(100.0).slots
    slots.reserve(100.0)
    assert 100_000 <= slots.client.pttl(slots.key) <= 102_000


def test_each_key_has_turns_of_its_own(limit):
    slots = limit(100.0).slots
    slots.reserve(100.0)
    other = SharedSlots(slots.client, f"test:{uuid4()}")
    assert other.reserve(1.0) == 0
    slots.client.delete(other.key)


class Clock:
    """Seconds that only pass when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def local(clock: Clock, seconds: float) -> Pace:
    return Pace(LocalSlots(lambda: clock.now), seconds, clock.sleep)


def test_threads_of_one_process_share_a_pace_without_redis():
    clock = Clock()
    pace = local(clock, 2.0)
    for _ in range(4):
        pace.wait()
    assert clock.slept == [2.0, 2.0, 2.0]
    clock.now += 60
    pace.wait()
    assert len(clock.slept) == 3


def test_they_wait_as_long_as_a_server_asks():
    clock = Clock()
    pace = local(clock, 2.0)
    pace.hold(30.0)
    pace.wait()
    assert clock.slept == [30.0]


def test_threads_at_the_same_time_get_turns_of_their_own():
    slots = LocalSlots(lambda: 0.0)
    with ThreadPoolExecutor(8) as workers:
        turns = sorted(workers.map(lambda _: slots.reserve(1.0), range(24)))
    assert turns == [float(number) for number in range(24)]
