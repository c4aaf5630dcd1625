"""Fetching whole bodies over real HTTP, from a server that does not always deliver."""

import contextlib
import socket

import httpx
import pytest

from apps.harvest.arxiv.fetch import (
    ATTEMPTS,
    LONGEST_PAUSE_SECONDS,
    Fetcher,
    FetchError,
    RefusedRequest,
    user_agent,
)
from tests.support.servers.base import Answer, ScriptedServer


class CountingLimiter:
    """Counts the turns and remembers the quiet that was asked for."""

    def __init__(self):
        self.turns = 0
        self.held = []

    def wait(self):
        self.turns += 1

    def hold(self, seconds):
        self.held.append(seconds)


@pytest.fixture
def limiter():
    return CountingLimiter()


@pytest.fixture
def fetcher(clock, limiter):
    with httpx.Client(headers={"User-Agent": "papersite/test"}, timeout=5) as client:
        yield Fetcher(client, limiter, clock.sleep, clock.now)


def in_turn(*answers):
    """A script that gives the answers one after the other, the last one for ever."""
    return lambda number, arguments: answers[min(number, len(answers)) - 1]


WHOLE = Answer(b"<whole/>" * 20_000)
FAULTS = {
    "busy for seconds": (Answer(status=503, headers={"Retry-After": "10"}), 10.0),
    "busy until a date": (
        Answer(status=503, headers={"Retry-After": "Sun, 02 Mar 2025 01:15:25 GMT"}),
        25.0,
    ),
    "busy for a week": (
        Answer(status=503, headers={"Retry-After": "604800"}),
        LONGEST_PAUSE_SECONDS,
    ),
    "busy": (Answer(status=503), 3.0),
    "too many requests": (Answer(status=429, headers={"Retry-After": "7"}), 7.0),
    "an error": (Answer(status=500), 3.0),
    "a bad gateway": (Answer(status=502, body=b"<html>"), 3.0),
    "cut off": (Answer(WHOLE.body, cut=50_000), 3.0),
    "cut off when compressed": (Answer(WHOLE.body, cut=60, gzipped=True), 3.0),
    "nonsense for gzip": (Answer(b"nonsense", headers={"Content-Encoding": "gzip"}), 3.0),
}


@pytest.mark.parametrize(("fault", "pause"), FAULTS.values(), ids=FAULTS.keys())
def test_tries_again_after_a_pause(fetcher, limiter, clock, fault, pause):
    with ScriptedServer(in_turn(fault, WHOLE)) as server, fetcher.fetch(server.url) as body:
        assert body.read() == WHOLE.body
    assert clock.slept == [pause]
    assert limiter.turns == 2


def test_retry_after_holds_every_worker(fetcher, limiter):
    busy = Answer(status=503, headers={"Retry-After": "10"})
    with ScriptedServer(in_turn(busy, WHOLE)) as server:
        fetcher.fetch(server.url).close()
    assert limiter.held == [10.0]


def test_gives_up_after_six_attempts_and_growing_pauses(fetcher, clock):
    with (
        ScriptedServer(in_turn(Answer(status=500))) as server,
        pytest.raises(FetchError, match=r"/oai: no answer after 6 attempts.*HTTP 500"),
    ):
        fetcher.fetch(server.url)
    assert len(server.seen) == ATTEMPTS
    assert clock.slept == [3.0, 9.0, 27.0, 81.0, 243.0]


def test_nobody_listens(fetcher):
    with contextlib.closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(FetchError, match="ConnectError"):
            fetcher.fetch(address)


def test_says_what_it_waits_for(fetcher, caplog):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(FetchError):
            fetcher.fetch(url)
    waits = [record.getMessage() for record in caplog.records if "trying again" in record.msg]
    assert len(waits) == ATTEMPTS - 1
    assert all(url in message and "ConnectError" in message for message in waits)


def test_other_refusals_are_not_repeated_and_keep_their_body(fetcher):
    with (
        ScriptedServer(in_turn(Answer(b"why not", status=400))) as server,
        pytest.raises(RefusedRequest, match="HTTP 400") as refusal,
    ):
        fetcher.fetch(server.url)
    assert refusal.value.body.read() == b"why not"
    assert len(server.seen) == 1


def test_a_compressed_body_comes_out_plain(fetcher):
    gzipped = Answer(WHOLE.body, gzipped=True)
    with ScriptedServer(in_turn(gzipped)) as server, fetcher.fetch(server.url) as body:
        assert body.read() == WHOLE.body


def test_a_body_without_end_is_not_swallowed(fetcher, monkeypatch):
    monkeypatch.setattr("apps.harvest.arxiv.fetch.LARGEST_BODY_BYTES", 100_000)
    with (
        ScriptedServer(in_turn(WHOLE)) as server,
        pytest.raises(FetchError, match="larger than 100000"),
    ):
        fetcher.fetch(server.url)


def test_says_who_asks(fetcher):
    with ScriptedServer(in_turn(WHOLE)) as server:
        fetcher.fetch(server.url).close()
    assert server.seen[0].headers["User-Agent"] == "papersite/test"


def test_the_user_agent_names_the_site_and_who_answers_for_it():
    agent = user_agent("https://papers.example.org", "editor@example.org")
    assert agent.startswith("papersite/")
    assert agent.endswith(" (+https://papers.example.org; mailto:editor@example.org)")
