"""Rate limits: counted in a real Redis, reported in headers, refused with 429."""

import re
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from apps.public.api import throttling
from apps.public.api.throttling import RETRY_SECONDS, CannotCountNow, count_request
from tests.public.api.programs import account, program, program_with, token_for
from tests.support.builders import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]
READ = "/api/v1/categories/"
CLOSED = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def limits(settings, counters, monkeypatch):
    """Low limits, fresh counters, and a Redis that counts as available."""
    settings.API_ANONYMOUS_PER_MINUTE, settings.API_TOKEN_PER_MINUTE = 3, 5
    monkeypatch.setattr(throttling._Redis, "away_until", 0.0)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def no_redis(settings):
    """A port where no Redis listens."""
    settings.CACHES = {"default": dict(settings.CACHES["default"], LOCATION=CLOSED)}


def left(answer) -> int:
    return int(re.fullmatch(r'"\w+";r=(\d+);t=\d+', answer["RateLimit"])[1])


def test_every_answer_says_what_is_left(client):
    answers = [client.get(READ) for _ in range(3)]
    assert [left(answer) for answer in answers] == [2, 1, 0]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"anonymous";q=3;w=60'}
    assert answers[0]["RateLimit"] == '"anonymous";r=2;t=60'


def test_above_the_limit_the_answer_says_how_long_to_wait(client):
    for _ in range(3):
        client.get(READ)
    answer = client.get(READ, headers={"Accept-Language": "en"})
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == "60"
    assert answer["RateLimit"] == '"anonymous";r=0;t=60'
    assert "Wait 60 seconds" in answer.json()["detail"]


def test_the_count_restarts_every_minute(client, monkeypatch):
    for _ in range(4):
        client.get(READ)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(seconds=60))
    assert client.get(READ).status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:1:2::1", "2001:db8:1:2::ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_readers_are_counted_by_network(client, first, second, shared):
    client.get(READ, REMOTE_ADDR=first)
    assert left(client.get(READ, REMOTE_ADDR=second)) == (1 if shared else 2)


def test_a_program_is_counted_by_its_token(client):
    first, second = program(account("a")), program(account("b"))
    first.get(READ, REMOTE_ADDR="192.0.2.1")
    answer = first.get(READ, REMOTE_ADDR="192.0.2.2")
    assert (left(answer), answer["RateLimit-Policy"]) == (3, '"token";q=5;w=60')
    assert left(second.get(READ)) == 4
    assert left(client.get(READ)) == 2


def test_a_token_can_have_its_own_limit():
    client = program_with(token_for(account(), per_minute=2).text)
    assert [client.get(READ).status_code for _ in range(3)] == [200, 200, 429]


def test_requests_with_invalid_tokens_are_counted_by_ip_address():
    client = program_with("papersite_guess")
    assert [client.get(READ).status_code for _ in range(4)] == [401, 401, 401, 429]


def test_errors_and_304_answers_are_counted(client):
    first = client.get(READ)
    again = client.get(READ, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, left(again)) == (304, 1)
    wrong = client.get(READ, {"sheep": "1"})
    assert (wrong.status_code, left(wrong)) == (400, 0)


def test_without_a_limit_nothing_is_counted_or_reported(client, settings, no_redis):
    settings.API_ANONYMOUS_PER_MINUTE = 0
    answer = client.get(READ)
    assert answer.status_code == 200
    assert not {"RateLimit", "RateLimit-Policy"} & set(answer.headers)


def test_pages_for_readers_are_not_counted(client):
    assert "RateLimit" not in client.get("/").headers


# Without Redis


def test_reading_goes_on_without_redis(client, no_redis):
    for _ in range(5):
        answer = client.get(READ)
        assert answer.status_code == 200
        assert "RateLimit" not in answer.headers


def test_writing_waits_for_redis(no_redis):
    answer = program().patch("/api/v1/desk/segments/1/", {}, content_type="application/json")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == "30"


def test_an_unavailable_redis_is_not_tried_by_every_request(monkeypatch, no_redis):
    tries = []
    count = throttling.count
    monkeypatch.setattr(throttling, "count", lambda *a, **k: tries.append(1) or count(*a, **k))
    request, clock = RequestFactory().post(READ), iter([1.0, 1.0, 2.0, 3.0, 7.0, 7.0])
    for expected in (1, 1, 1, 2):
        with pytest.raises(CannotCountNow):
            count_request(request, None, now=NOW, clock=lambda: next(clock))
        assert len(tries) == expected
    assert RETRY_SECONDS < 7.0 - 1.0


def test_counting_is_one_round_trip(client, monkeypatch):
    sent = []
    send = "redis.connection.Connection.send_packed_command"
    from redis.connection import Connection

    original = Connection.send_packed_command
    client.get(READ)
    monkeypatch.setattr(send, lambda self, *a, **k: sent.append(1) or original(self, *a, **k))
    client.get(READ)
    assert len(sent) == 1


def test_redis_stores_no_ip_address(counters, settings):
    from django.core.cache import cache

    Client().get(READ, REMOTE_ADDR="192.0.2.77")
    keys = cache._cache.get_client().keys(f"{settings.CACHES['default']['KEY_PREFIX']}*")
    assert len(keys) == 1
    assert b"192.0.2.77" not in keys[0]
