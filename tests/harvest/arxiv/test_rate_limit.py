"""One request in so many seconds over all workers, in a real Redis."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import uuid4

import pytest
import redis
from django.conf import settings

from apps.harvest.arxiv.rate_limit import RateLimit


@pytest.fixture
def slept():
    return []


@pytest.fixture
def limit(slept):
    key = f"test:{uuid4()}"
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        yield lambda seconds: RateLimit(client, seconds, slept.append, key)
        client.delete(key)


def test_the_first_goes_at_once_and_the_others_queue(limit):
    turns = [limit(100.0).reserve() for _ in range(4)]
    assert turns[0] == 0
    assert turns == pytest.approx([0, 100, 200, 300], abs=20)


def test_workers_at_the_same_time_get_turns_of_their_own(limit):
    with ThreadPoolExecutor(8) as workers:
        turns = sorted(workers.map(lambda _: limit(100.0).reserve(), range(24)))
    assert all(later - sooner > 80 for sooner, later in pairwise(turns))


def test_waits_for_its_turn(limit, slept):
    limit(100.0).wait()
    assert slept == []
    limit(100.0).wait()
    assert slept == pytest.approx([100], abs=20)


def test_a_server_that_asked_for_quiet_gets_it(limit):
    limit(1.0).hold(500.0)
    assert limit(1.0).reserve() == pytest.approx(500, abs=20)


def test_quiet_never_brings_a_turn_forward(limit):
    for _ in range(4):
        limit(100.0).reserve()
    limit(100.0).hold(1.0)
    assert limit(100.0).reserve() == pytest.approx(400, abs=20)


def test_zero_turns_it_off(slept):
    nowhere = redis.Redis(port=1)
    limit = RateLimit(nowhere, 0.0, slept.append)
    limit.wait()
    limit.hold(10)
    assert slept == []


def test_without_redis_no_request_is_made(slept):
    with redis.Redis(port=1) as nowhere, pytest.raises(redis.RedisError):
        RateLimit(nowhere, 3.0, slept.append).wait()


def test_the_key_does_not_stay_for_ever(limit):
    turns = limit(100.0)
    turns.reserve()
    assert 100_000 <= turns.client.pttl(turns.key) <= 102_000
