"""Outside signals: asking politely, reading what services answer, storing it apart."""

import re
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
import redis
from django.core.exceptions import ImproperlyConfigured

from apps.core.rate_limits import Pace, SharedSlots
from apps.discovery.models import OutsideSignal, Score
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.score import score_papers
from apps.discovery.selectors import outside_signals_of_each
from apps.discovery.signals import build
from apps.discovery.signals.base import SignalsUnavailable
from apps.discovery.signals.collect import ASK_AGAIN_AFTER, ask_batch, papers_to_ask_about
from apps.discovery.signals.json_client import JsonClient, http_client
from apps.discovery.signals.sources.openalex import OpenAlex
from apps.discovery.signals.sources.semantic_scholar import SemanticScholar
from apps.discovery.tasks import ask_outside
from papersite.settings.environment import configuration
from tests.support.builders import NOW, build_paper
from tests.support.servers.signals import SignalsServer


class Clock:
    """A clock that moves only by sleep, and turns that record the waits."""

    def __init__(self) -> None:
        self.time = NOW
        self.slept: list[float] = []
        self.turns = 0
        self.held: list[float] = []

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)

    def wait(self) -> None:
        self.turns += 1

    def hold(self, seconds: float) -> None:
        self.held.append(seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server():
    with SignalsServer() as running:
        yield running


@pytest.fixture
def json_client(clock):
    with http_client("editor@example.org", timeout=5) as client:
        yield JsonClient(client, clock, clock.sleep, clock.now)


@pytest.fixture(params=[OpenAlex, SemanticScholar], ids=lambda kind: kind.name)
def source(request, server, json_client):
    return request.param(json_client, base_url=server.url)


class TestEverySource:
    def test_known_papers_get_their_counts_and_unknown_ones_are_left_out(self, source, server):
        server.counts = {"2502.21321": 12, "hep-th/9901001": 0, "1706.03762": 99}
        asked = ["hep-th/9901001", "2502.00001", "2502.21321"]
        assert source.citations(asked) == {"2502.21321": 12, "hep-th/9901001": 0}
        assert len(server.seen) == 1

    def test_it_says_who_asks_and_takes_turns(self, source, server, clock):
        source.citations(["2502.21321"])
        assert "mailto:editor@example.org" in server.seen[0].headers["User-Agent"]
        assert clock.turns == 1

    def test_nothing_is_asked_about_nothing(self, source, server):
        assert source.citations([]) == {}
        assert server.seen == []

    @pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
    def test_a_busy_service_is_asked_again_later(self, source, server, clock, status):
        server.counts = {"2502.21321": 12}
        server.refusals = [(status, {}), (status, {})]
        assert source.citations(["2502.21321"]) == {"2502.21321": 12}
        assert clock.slept == [2.0, 4.0]
        assert clock.turns == 3

    @pytest.mark.parametrize(
        "asked", ["30", format_datetime(NOW + timedelta(seconds=30))], ids=["seconds", "a date"]
    )
    def test_the_wait_that_it_asks_for_holds_for_all_workers(self, source, server, clock, asked):
        server.refusals = [(429, {"Retry-After": asked})]
        source.citations(["2502.21321"])
        assert clock.slept == clock.held == [30.0]

    def test_a_long_wait_is_left_for_a_later_sweep(self, source, server, clock):
        server.refusals = [(429, {"Retry-After": "86400"})]
        with pytest.raises(SignalsUnavailable, match="86400 seconds"):
            source.citations(["2502.21321"])
        assert (clock.slept, clock.held) == ([], [86400.0])

    def test_it_gives_up_in_the_end(self, source, server, clock):
        server.refusals = [(503, {})] * 9
        with pytest.raises(SignalsUnavailable, match=r"no answer after 4 attempts.*HTTP 503"):
            source.citations(["2502.21321"])
        assert len(server.seen) == 4

    def test_a_refusal_is_not_repeated(self, source, server):
        server.refusals = [(403, {})]
        with pytest.raises(SignalsUnavailable, match="HTTP 403"):
            source.citations(["2502.21321"])
        assert len(server.seen) == 1

    @pytest.mark.parametrize(
        "body", [b"<html>", b'{"message": "hello"}', b"[1]", b"[null, null]", b"null"]
    )
    def test_an_answer_that_is_something_else_is_refused(self, source, server, body):
        server.body = body
        with pytest.raises(SignalsUnavailable):
            source.citations(["2502.21321"])


def test_an_unreachable_server_is_an_error_that_names_the_address(json_client, clock):
    with httpx.Client() as client:
        nowhere = JsonClient(client, clock, clock.sleep, clock.now)
        with pytest.raises(SignalsUnavailable, match=r"127\.0\.0\.1:9/works.*ConnectError"):
            OpenAlex(nowhere, base_url="http://127.0.0.1:9").citations(["2502.21321"])


def test_openalex_is_asked_by_doi_for_two_fields(server, json_client):
    source = OpenAlex(
        json_client, api_key="secret", contact_email="editor@example.org", base_url=server.url
    )
    source.citations(["2502.21321", "hep-th/9901001"])
    (asked,) = server.seen
    assert asked.method == "GET"
    assert asked.parameters == {
        "filter": "doi:10.48550/arxiv.2502.21321|10.48550/arxiv.hep-th/9901001",
        "select": "doi,cited_by_count",
        "per_page": "100",
        "api_key": "secret",
        "mailto": "editor@example.org",
    }


def test_openalex_never_shows_its_key(server, json_client):
    server.refusals = [(403, {})]
    with pytest.raises(SignalsUnavailable) as raised:
        OpenAlex(json_client, api_key="secret", base_url=server.url).citations(["2502.21321"])
    assert "secret" not in str(raised.value)


def test_semantic_scholar_is_asked_by_arxiv_identifier(server, json_client):
    SemanticScholar(json_client, api_key="secret", base_url=server.url).citations(["2502.21321"])
    (asked,) = server.seen
    assert asked.method == "POST"
    assert asked.parameters == {"fields": "citationCount"}
    assert asked.json == {"ids": ["ARXIV:2502.21321"]}
    assert asked.headers["x-api-key"] == "secret"


class TestTurns:
    @pytest.fixture
    def built(self, settings):
        settings.CONTACT_EMAIL = "editor@example.org"
        name = f"test-{uuid4()}"
        backend = "apps.discovery.signals.sources.openalex.OpenAlex"
        return lambda seconds: build(
            name, {name: {"BACKEND": backend, "SECONDS_PER_REQUEST": seconds}}
        )

    def test_all_workers_share_the_turns_at_a_source(self, built):
        paces = [built(100)._client.turns for _ in range(2)]
        assert [pace.slots.reserve(100) for pace in paces] == pytest.approx([0, 100], abs=20)
        paces[0].slots.client.delete(paces[0].slots.key)

    def test_without_redis_nothing_is_asked(self, server):
        nowhere = Pace(SharedSlots(redis.Redis(port=1), "k"), 1.0, [].append)
        json_client = JsonClient(http_client(""), nowhere, sleep=[].append, now=lambda: NOW)
        with pytest.raises(SignalsUnavailable, match="Redis gives out no turn"):
            json_client.request("GET", server.url, params={})
        assert server.seen == []


@pytest.mark.django_db
class TestStoring:
    def scored(self, **fields):
        paper = build_paper(**fields)
        Score.objects.create(paper=paper, formula=2, value=1, components=[], scored_at=NOW)
        return paper

    def test_counts_and_ignorance_are_stored_with_source_and_date(self, source, server):
        known, unknown = self.scored(), self.scored()
        server.counts = {known.arxiv_id: 7}
        assert ask_batch(source, now=NOW) == 2
        (signal,) = outside_signals_of_each([known.pk])[known.pk]
        assert (signal.source, signal.citations, signal.asked_at) == (source.name, 7, NOW)
        assert outside_signals_of_each([unknown.pk])[unknown.pk] == []
        assert OutsideSignal.objects.get(paper=unknown).citations is None

    def test_it_is_not_asked_again_before_a_month_is_over(self, source, server):
        paper = self.scored()
        server.counts = {paper.arxiv_id: 7}
        ask_batch(source, now=NOW)
        assert ask_batch(source, now=NOW + timedelta(days=1)) == 0
        server.counts = {paper.arxiv_id: 9}
        later = NOW + ASK_AGAIN_AFTER + timedelta(days=1)
        assert ask_batch(source, now=later) == 1
        assert [signal.citations for signal in outside_signals_of_each([paper.pk])[paper.pk]] == [9]

    def test_new_papers_come_before_old_answers_and_withdrawn_ones_never(self):
        old = self.scored()
        OutsideSignal.objects.create(
            paper=old, source="openalex", citations=1, asked_at=NOW - timedelta(days=90)
        )
        new = self.scored()
        self.scored(withdrawn_at=NOW)
        build_paper()
        assert list(papers_to_ask_about("openalex", NOW, 9)) == [new.arxiv_id, old.arxiv_id]
        assert list(papers_to_ask_about("openalex", NOW, 1)) == [new.arxiv_id]

    def test_nothing_is_stored_when_there_is_no_answer(self, source, server):
        self.scored()
        server.refusals = [(403, {})]
        with pytest.raises(SignalsUnavailable):
            ask_batch(source, now=NOW)
        assert not OutsideSignal.objects.exists()

    def test_they_never_enter_a_score(self):
        one, other = build_paper(submitted_at=NOW), build_paper(submitted_at=NOW)
        OutsideSignal.objects.create(paper=one, source="openalex", citations=9999, asked_at=NOW)
        for formula in FORMULAS.values():
            score_papers([one.pk, other.pk], formula, now=NOW)
            scores = [paper.scores.get(formula=formula.version) for paper in (one, other)]
            assert scores[0].components == scores[1].components

    def test_the_task_asks_until_nothing_is_left(self, server, settings):
        settings.OUTSIDE_SOURCES = sources_of(
            OPENALEX_URL=server.url, OPENALEX_SECONDS_PER_REQUEST="0"
        )
        papers = [self.scored(submitted_at=datetime.now(NOW.tzinfo)) for _ in range(3)]
        server.counts = {paper.arxiv_id: 1 for paper in papers}
        assert ask_outside("openalex") == 3
        assert OutsideSignal.objects.with_citations().count() == 3

    def test_a_source_that_is_away_is_left_for_the_next_sweep(self, server, settings, caplog):
        settings.OUTSIDE_SOURCES = sources_of(
            SEMANTIC_SCHOLAR_URL=server.url, SEMANTIC_SCHOLAR_SECONDS_PER_REQUEST="0"
        )
        self.scored(submitted_at=datetime.now(NOW.tzinfo))
        server.refusals = [(404, {})]
        assert ask_outside("semanticscholar") == 0
        assert "HTTP 404" in caplog.text


def sources_of(**variables: str) -> dict[str, dict[str, Any]]:
    return configuration(variables).sources


class TestSettings:
    def test_nothing_is_asked_unless_it_is_configured(self):
        assert configuration({}).site.OUTSIDE_SIGNALS == []
        chosen = configuration({"OUTSIDE_SIGNALS": "openalex, semanticscholar"})
        assert chosen.site.OUTSIDE_SIGNALS == ["openalex", "semanticscholar"]

    def test_an_unknown_source_is_refused_with_those_that_are_known(self):
        (problem,) = configuration({"OUTSIDE_SIGNALS": "scholarly"}).problems
        assert re.search(r"scholarly.*openalex, semanticscholar", problem)
        with pytest.raises(ImproperlyConfigured, match="scholarly"):
            build("scholarly", sources_of())
