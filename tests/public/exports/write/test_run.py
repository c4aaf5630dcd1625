"""Making exports: one at a time, resumed where they were, shown when whole, removed in time."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from apps.public import tasks
from apps.public.exports import storage
from apps.public.exports.write import run as making
from apps.public.exports.write.jsonl import write_jsonl
from apps.public.exports.write.retention import sweep_exports
from apps.public.exports.write.rows import Query
from apps.public.exports.write.run import (
    CannotExport,
    ExportTaken,
    make_export,
    start_due,
    start_full,
    start_increment,
)
from apps.public.exports.write.snapshot import snapshot
from apps.public.models import MOST_ATTEMPTS, ExportKind, ExportRun, ExportStatus
from tests.public.exports.reading import lines_of, manifest_of, rows_of
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("notices")]


@pytest.fixture
def broken(monkeypatch):
    """Let the storage refuse one file, until it is mended."""
    state = {"refused": "memory.en-ja.tmx"}
    put = storage.put

    def refusing(folder, name, file):
        if name == state["refused"]:
            raise OSError("No space left on device")
        put(folder, name, file)

    monkeypatch.setattr(storage, "put", refusing)
    return state


def test_an_interrupted_export_goes_on_with_what_is_missing(folder, broken):
    publish_paper()
    run = start_full(now=NOW)
    with pytest.raises(OSError, match="No space"):
        make_export(run.pk, lambda: NOW)
    run.refresh_from_db()
    assert (run.status, run.error) == (ExportStatus.FAILED, "OSError: No space left on device")
    assert not (folder / run.folder / "manifest.json").exists()
    made = dict(run.parts.filter(made_at__isnull=False).values_list("name", "sha256"))
    assert set(made) == {"papers.jsonl.gz", "translations.jsonl.gz"}
    broken["refused"] = ""
    written = []
    finished = make_export(run.pk, lambda: NOW, on_part=lambda part: written.append(part.name))
    assert finished.status == ExportStatus.COMPLETE
    assert set(written).isdisjoint(made)
    manifest = manifest_of(folder / run.folder)
    assert len(manifest["parts"]) == 6
    assert manifest["is_one_state"] is False
    assert manifest["until"] == min(part["as_of"] for part in manifest["parts"])


def test_a_disk_that_is_full_in_the_middle_of_a_file_stops_it_at_once():
    class Full(io.BytesIO):
        def write(self, content):
            raise OSError("No space left on device")

    endless = (
        "SELECT json_build_object('x', repeat(md5(n::text), 100)) FROM generate_series(1, {}) n"
    )
    with snapshot() as site, pytest.raises(OSError, match="No space"):
        write_jsonl(Full(), {}, site.lines(Query(endless.format(10**9))))


def test_a_leftover_of_an_interrupted_run_is_replaced(folder):
    run = start_full(now=NOW)
    (folder / run.folder).mkdir(parents=True)
    (folder / run.folder / "papers.jsonl.gz").write_bytes(b"half")
    make_export(run.pk, lambda: NOW)
    assert lines_of(folder / run.folder, "papers")[0]["record"] == "about"


def test_all_files_say_the_state_of_one_moment(folder, monkeypatch):
    publish_paper()
    run = start_full(now=NOW)

    def publish_meanwhile(part):
        if part.name == "papers.jsonl.gz":
            publish_paper()

    make_export(run.pk, lambda: NOW, on_part=publish_meanwhile)
    export = folder / run.folder
    assert manifest_of(export)["is_one_state"] is True
    assert len(rows_of(export, "papers")) == len(rows_of(export, "translations")) == 1


def test_exports_are_made_one_at_a_time(folder):
    run = start_full(now=NOW)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [making._LOCK])
            with pytest.raises(ExportTaken):
                make_export(run.pk, lambda: NOW)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [making._LOCK])
    finally:
        other.close()
    make_export(run.pk, lambda: NOW)
    with pytest.raises(ExportTaken):
        make_export(run.pk, lambda: NOW)


def test_an_increment_needs_an_export_to_follow(folder):
    with translation.override("en"), pytest.raises(CannotExport, match="full"):
        start_increment(now=NOW)


@pytest.mark.parametrize(
    ("days", "kind"),
    [(0.5, ExportKind.INCREMENT), (6, ExportKind.INCREMENT), (7, ExportKind.FULL), (30, "full")],
)
def test_the_schedule_makes_a_full_export_in_a_week_and_increments_between(make, days, kind):
    make()
    due = start_due(now=NOW + timedelta(days=days), full_days=7)
    assert due is not None
    assert due.kind == kind


def test_the_schedule_waits_for_an_unfinished_export_and_can_be_switched_off(folder):
    assert start_due(now=NOW, full_days=0) is None
    assert start_due(now=NOW, full_days=7) is not None
    assert start_due(now=NOW + timedelta(days=1), full_days=7) is None
    ExportRun.objects.update(status=ExportStatus.FAILED, attempts=MOST_ATTEMPTS)
    assert start_due(now=NOW + timedelta(days=1), full_days=7) is not None


def test_tasks_start_write_and_take_up_exports(folder, monkeypatch, settings):
    queued = []
    monkeypatch.setattr(tasks.write_export, "delay", queued.append)
    tasks.start_export()
    (run,) = ExportRun.objects.all()
    assert queued == [run.pk]
    tasks.resume_exports()
    assert queued == [run.pk]
    ExportRun.objects.update(touched_at=NOW)
    tasks.resume_exports()
    assert queued == [run.pk, run.pk]
    tasks.write_export(run.pk)
    tasks.write_export(run.pk)
    run.refresh_from_db()
    assert run.status == ExportStatus.COMPLETE


def test_a_task_leaves_a_full_disk_to_the_next_one(folder, broken):
    run = start_full(now=NOW)
    for _attempt in range(MOST_ATTEMPTS):
        tasks.write_export(run.pk)
    run.refresh_from_db()
    assert run.status == ExportStatus.FAILED


def test_the_latest_full_exports_are_kept_with_their_increments(make, folder):
    made = [make(kind) for kind in ("full", "increment", "full", "increment", "full", "increment")]
    assert sweep_exports(keep=2, now=NOW) == [export.name for export in made[:2]]
    assert [export.exists() for export in made] == [False, False, True, True, True, True]
    assert sweep_exports(keep=2, now=NOW) == []


@pytest.mark.parametrize("status", [ExportStatus.FAILED, ExportStatus.RUNNING])
def test_an_export_that_was_given_up_is_removed_a_day_later(folder, broken, status):
    run = start_full(now=NOW)
    with pytest.raises(OSError, match="space"):
        make_export(run.pk, lambda: NOW)
    ExportRun.objects.update(attempts=MOST_ATTEMPTS, status=status)
    assert sweep_exports(keep=2, now=NOW + timedelta(hours=23)) == []
    assert sweep_exports(keep=2, now=NOW + timedelta(hours=25)) == [run.folder]
    assert list(folder.iterdir()) == []


def test_the_command_makes_lists_and_removes(folder, capsys):
    call_command("export", "--full")
    call_command("export", "--increment")
    call_command("export", "--since", "2026-03-01")
    call_command("export", "--list")
    said = capsys.readouterr().out
    assert said.count("is complete") == 3
    assert "papers.jsonl.gz: 0 rows" in said
    with pytest.raises(CommandError, match="no export nothing"):
        call_command("export", "--resume", "nothing")
    with translation.override("en"), pytest.raises(CommandError, match="finished"):
        call_command("export", "--resume", ExportRun.objects.earliest("id").folder)
