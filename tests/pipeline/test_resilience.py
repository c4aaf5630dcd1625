"""Killing a worker and losing the broker: nothing is lost, nothing is done twice."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from apps.translation.models import Segment, SegmentState, Translation
from apps.translation.status import TranslationStatus
from papersite.embedded.valkey import ValkeyServer
from tests.support.builders import build_paper
from tests.support.processes import Celery, database_url, wait_until
from tests.support.servers.chat import ChatServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

PAPERS = 24
OUTAGE_SECONDS = 60
ENGINE_SECONDS = 0.25


@pytest.fixture
def chat_server() -> Iterator[ChatServer]:
    with ChatServer() as server:
        server.delay = ENGINE_SECONDS
        server.answer = lambda items: {
            "translations": [{"id": i["id"], "text": japanese(i["text"])} for i in items]
        }
        yield server


def japanese(text: str) -> str:
    """Return a clean translation of the sentences that `build_papers` writes."""
    return (
        f"論文{text.split()[-1].rstrip('.')}について述べる{'。' if text.endswith('.') else 'こと'}"
    )


def build_papers() -> None:
    now = timezone.now()
    for number in range(PAPERS):
        sentences = [f"We write about paper {number * 10 + place}." for place in range(4)]
        build_paper(
            title=f"On paper {number * 10 + 9}",
            abstract=" ".join(sentences),
            changed_at=now,
            submitted_at=now,
        )


def done() -> dict[int, tuple[str, object]]:
    rows = Segment.objects.filter(state=SegmentState.DONE)
    return {key: (text, at) for key, text, at in rows.values_list("id", "text", "translated_at")}


def test_a_killed_worker_and_a_lost_broker_lose_nothing_and_repeat_nothing(
    tmp_path: Path, chat_server: ChatServer, broker: ValkeyServer
) -> None:
    build_papers()
    environment = {
        "DATABASE_URL": database_url(),
        "REDIS_URL": broker.url,
        "OPENAI_BASE_URL": chat_server.url,
        "OPENAI_MODEL": "test",
        "OPENAI_BATCH": "4",
        "TRANSLATION_BATCH": "8",
        "SWEEP_SECONDS": "1",
        "LEASE_SECONDS": "8",
        "CELERY_VISIBILITY_TIMEOUT": "15",
    }
    worker_arguments = ("--concurrency", "2", "--loglevel", "INFO")
    schedule = ("--schedule", str(tmp_path / "schedule"))
    worker = Celery("worker", *worker_arguments, log=tmp_path / "w1", environment=environment)
    beat = Celery("beat", *schedule, log=tmp_path / "beat", environment=environment)
    try:
        wait_until(lambda: len(done()) >= 16, 60, f"first sentences\n{worker.tail()}")
        # From now on the engine is slow, so that the next request is in flight at the kill.
        chat_server.delay = 20
        asked = len(chat_server.requests)
        wait_until(lambda: len(chat_server.requests) > asked, 30, "a request in flight")
        worker.kill()
        chat_server.delay = ENGINE_SECONDS
        before = done()
        assert len(before) < PAPERS * 5, "the worker was too fast to be killed in the middle"
        assert Segment.objects.exclude(lease=None).exists(), "nothing was in flight at the kill"

        worker = Celery("worker", *worker_arguments, log=tmp_path / "w2", environment=environment)
        wait_until(lambda: len(done()) > len(before), 60, f"second worker\n{worker.tail()}")
        broker.stop()
        time.sleep(OUTAGE_SECONDS)
        broker.start()

        wait_until(
            lambda: Translation.objects.published().count() == PAPERS,
            120,
            f"all papers published\n{worker.tail()}\n{beat.tail()}",
        )
    finally:
        worker.stop()
        beat.stop()

    after = done()
    assert len(after) == PAPERS * 5
    assert {key: after[key] for key in before} == before, "a finished sentence was done again"
    assert all(text == japanese(s) for s, text in Segment.objects.values_list("source", "text"))
    statuses = Counter(Translation.objects.values_list("status", flat=True))
    assert statuses == {TranslationStatus.PUBLISHED: PAPERS}
    asked_twice = [text for text, times in Counter(chat_server.sentences).items() if times > 1]
    in_flight = 2 * int(environment["TRANSLATION_BATCH"])
    assert len(asked_twice) <= in_flight, "more was asked again than was in flight at the kill"
