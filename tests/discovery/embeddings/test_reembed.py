"""Re-embedding after a change of the embedder: resumable, and safe beside workers."""

import io
import logging
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

import apps.discovery.management.commands.reembed as command
from apps.discovery import tasks
from apps.discovery.embedders.base import EmbedderUnavailable
from apps.discovery.embeddings.embed import embed_batch, space_of, text_to_embed, without_vector
from apps.discovery.embeddings.reembed import count_vectors, count_within, reembed, stored_spaces
from apps.discovery.models import Embedding
from apps.papers.models import Paper
from tests.support.builders import NOW, build_paper
from tests.support.embedders import DownEmbedder, WordsEmbedder

OLD, NEW = WordsEmbedder("old"), WordsEmbedder("new")


def embed_all(model: WordsEmbedder, **options: object) -> int:
    return sum(reembed(model, clock=lambda: NOW, **options))  # type: ignore[arg-type]


def embedded_as(model: WordsEmbedder) -> int:
    return Embedding.objects.filter(embedder=space_of(model)).count()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(3, "On stars. We", id="three words"),
        pytest.param(None, "On stars. We look at stars.", id="all words"),
        pytest.param(99, "On stars. We look at stars.", id="more than there are"),
    ],
)
def test_the_title_and_the_beginning_of_the_abstract_are_embedded(words, expected):
    assert text_to_embed("On  stars", "We look\nat stars.", words) == expected


def test_the_space_names_the_embedder_and_how_much_it_reads():
    assert space_of(OLD, 64) == "old, 64 words"
    assert len({space_of(OLD, 64), space_of(OLD, 65), space_of(OLD, None), space_of(NEW, 64)}) == 4


@pytest.mark.django_db
class TestReembedding:
    """What becomes of papers and vectors."""

    @pytest.mark.parametrize("window", [1, 2, 1000])
    def test_every_standing_paper_is_embedded_once(self, window):
        papers = [build_paper() for _ in range(5)]
        Paper.objects.filter(pk=papers[2].pk).update(withdrawn_at=NOW)
        model = WordsEmbedder("new")
        assert embed_all(model, batch=2, window=window) == 4
        assert len(model.asked) == 4
        assert embed_all(model, batch=2, window=window) == 0

    def test_vectors_of_another_embedder_are_replaced_and_related_again(self):
        build_paper()
        embed_all(OLD)
        Embedding.objects.update(related_at=NOW)
        assert embed_all(NEW) == 1
        assert (embedded_as(OLD), embedded_as(NEW)) == (0, 1)
        assert Embedding.objects.get().related_at is None

    def test_an_interrupted_run_goes_on_where_it_was(self):
        for _ in range(5):
            build_paper()
        with pytest.raises(EmbedderUnavailable):
            embed_all(DownEmbedder("new", batches=2), batch=2)
        assert embedded_as(NEW) == 4
        assert embed_all(NEW, batch=2) == 1

    def test_the_latest_papers_come_first(self):
        first, last = build_paper(), build_paper()
        next(iter(reembed(NEW, clock=lambda: NOW, batch=1)))
        assert [vector.paper_id for vector in Embedding.objects.all()] == [last.pk]
        assert first.pk < last.pk

    def test_current_vectors_older_than_the_given_time_are_replaced(self):
        build_paper()
        embed_all(NEW)
        assert embed_all(NEW, older_than=NOW) == 0
        later = NOW + timedelta(seconds=1)
        assert sum(reembed(NEW, clock=lambda: later, older_than=later)) == 1
        assert sum(reembed(NEW, clock=lambda: later, older_than=later)) == 0

    def test_counts_say_what_there_is_and_what_waits(self):
        for _ in range(3):
            build_paper()
        embed_batch(OLD, changed_since=None, now=NOW, limit=2)
        counts = count_vectors(space_of(NEW))
        assert counts.by_space == {space_of(OLD): 2}
        assert (counts.missing, counts.unrelated) == (3, 2)
        embed_batch(NEW, changed_since=None, now=NOW, limit=1)
        assert stored_spaces() == [space_of(NEW), space_of(OLD)]

    def test_counting_gives_up_in_time(self):
        build_paper()
        slow = Paper.objects.extra(where=["pg_sleep(20) IS NOT NULL"])
        assert count_within(slow, 0.05) is None
        assert count_within(Paper.objects.all(), 5) == 1


@pytest.mark.django_db(transaction=True)
def test_papers_that_a_worker_is_at_are_left_to_it():
    mine, theirs = build_paper(), build_paper()
    locked, done = threading.Event(), threading.Event()

    def work() -> None:
        try:
            with transaction.atomic():
                Paper.objects.select_for_update(no_key=True).get(pk=theirs.pk)
                locked.set()
                done.wait(30)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        assert locked.wait(30)
        assert embed_all(NEW) == 1
    finally:
        done.set()
        worker.join()
    assert list(without_vector(space_of(NEW), None)) == [theirs]
    assert Embedding.objects.get().paper_id == mine.pk


@pytest.mark.django_db
def test_while_the_embedder_is_down_papers_wait_and_the_log_says_so_once(monkeypatch, caplog):
    for _ in range(2):
        build_paper(changed_at=NOW)
    monkeypatch.setattr(tasks, "embedder", lambda: DownEmbedder())
    with caplog.at_level(logging.WARNING):
        assert tasks.embed_pending(everything=True) == 0
    assert [record.getMessage() for record in caplog.records] == [
        "Papers wait to be embedded: The server is down."
    ]
    monkeypatch.setattr(tasks, "embedder", lambda: NEW)
    assert tasks.embed_pending(everything=True) == 2


def said(monkeypatch: pytest.MonkeyPatch, model: WordsEmbedder, *arguments: str) -> str:
    monkeypatch.setattr(command, "embedder", lambda: model)
    out = io.StringIO()
    call_command("reembed", *arguments, stdout=out)
    return " ".join(out.getvalue().split())


@pytest.mark.django_db
class TestCommand:
    """`manage.py reembed`."""

    def test_it_embeds_and_says_how_many(self, monkeypatch):
        for _ in range(3):
            build_paper()
        assert "3 papers embedded as 'new, " in said(monkeypatch, NEW, "--batch", "2")
        assert "0 papers embedded" in said(monkeypatch, NEW)

    def test_the_status_says_what_there_is_and_whether_the_embedder_answers(self, monkeypatch):
        build_paper()
        embed_all(OLD)
        text = said(monkeypatch, NEW, "--status")
        assert f"{space_of(OLD)} │ 1 │ old" in text
        assert "it answers" in text
        assert "wait to be embedded: 1" in text
        assert "wait to be related: 1" in text
        assert "it does not answer: The server is down." in said(
            monkeypatch, DownEmbedder(), "--status"
        )
        assert embedded_as(NEW) == 0

    def test_all_says_how_to_go_on(self, monkeypatch):
        build_paper()
        embed_all(NEW)
        text = said(monkeypatch, NEW, "--all")
        assert "1 papers embedded" in text
        moment = text.split("--older-than ")[1].split()[0]
        assert "0 papers embedded" in said(monkeypatch, NEW, "--older-than", moment)

    def test_an_embedder_that_stops_is_an_error_that_says_what_is_done(self, monkeypatch):
        for _ in range(3):
            build_paper()
        model = DownEmbedder("new", batches=1)
        with pytest.raises(CommandError, match=r"after 2 papers.*server is down.*Run it again"):
            said(monkeypatch, model, "--batch", "2")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            pytest.param(["--older-than", "yesterday"], "is not a time", id="no moment"),
            pytest.param(["--older-than", "2026-03-02T06:00:00"], "time zone", id="no zone"),
            pytest.param(["--older-than", "2026-13-02T06:00:00Z"], "is not a time", id="month 13"),
            pytest.param(["--batch", "0"], "1 or more", id="no batch"),
        ],
    )
    def test_bad_arguments_are_refused(self, monkeypatch, arguments, message):
        with pytest.raises(CommandError, match=message):
            said(monkeypatch, NEW, *arguments)
