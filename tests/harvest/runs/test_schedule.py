"""Which runs begin and go on by themselves."""

from datetime import date, timedelta

import pytest

from apps.harvest import tasks
from apps.harvest.models import MOST_ATTEMPTS, HarvestRun, RunKind, RunStatus
from apps.harvest.runs import schedule
from apps.harvest.runs.service import start_run
from apps.papers.models import Paper
from apps.papers.records import SourceFormat
from tests.support import arxiv_responses as r
from tests.support.arxiv_responses import NOW
from tests.support.servers.base import Answer, ScriptedServer

pytestmark = pytest.mark.django_db


def add_run(status, **fields):
    run = start_run(RunKind.OAI, SourceFormat.ARXIV_RAW, now=NOW, set_spec="cs")
    HarvestRun.objects.filter(pk=run.pk).update(status=status, **fields)
    run.refresh_from_db()
    return run


def test_the_first_run_reads_three_days():
    (run,) = schedule.start_daily_runs(["cs"], NOW)
    assert (run.set_spec, run.from_date, run.until_date) == ("cs", date(2025, 2, 27), None)
    assert (run.kind, run.source_format) == (RunKind.OAI, SourceFormat.ARXIV_RAW)


def test_the_next_run_begins_a_day_before_the_last_complete_one_ended():
    add_run(RunStatus.COMPLETE, until_date=date(2025, 2, 20))
    add_run(RunStatus.COMPLETE, until_date=date(2025, 2, 10))
    (run,) = schedule.start_daily_runs(["cs"], NOW)
    assert run.from_date == date(2025, 2, 19)


def test_runs_that_did_not_end_move_nothing():
    add_run(RunStatus.COMPLETE, until_date=date(2025, 2, 20))
    add_run(RunStatus.STOPPED, until_date=date(2025, 2, 25))
    (run,) = schedule.start_daily_runs(["cs"], NOW)
    assert run.from_date == date(2025, 2, 19)


@pytest.mark.parametrize("status", [RunStatus.RUNNING, RunStatus.FAILED])
def test_an_unfinished_run_goes_on_before_another_begins(status):
    add_run(status)
    assert schedule.start_daily_runs(["cs"], NOW) == []
    assert [run.set_spec for run in schedule.start_daily_runs(["math"], NOW)] == ["math"]


def test_a_run_that_failed_too_often_does_not_block_its_set():
    add_run(RunStatus.FAILED, attempts=MOST_ATTEMPTS)
    assert len(schedule.start_daily_runs(["cs"], NOW)) == 1


def test_each_set_once():
    assert len(schedule.start_daily_runs(["cs", "math", "cs"], NOW)) == 2
    assert schedule.start_daily_runs(["cs", "math"], NOW) == []


RESUMED = {
    "running, quiet for long": (RunStatus.RUNNING, 11, 0, True),
    "failed, quiet for long": (RunStatus.FAILED, 11, 3, True),
    "running just now": (RunStatus.RUNNING, 9, 0, False),
    "failed too often": (RunStatus.FAILED, 11, MOST_ATTEMPTS, False),
    "stopped by somebody": (RunStatus.STOPPED, 11, 0, False),
    "complete": (RunStatus.COMPLETE, 11, 0, False),
}


@pytest.mark.parametrize(
    ("status", "minutes", "attempts", "expected"), RESUMED.values(), ids=RESUMED.keys()
)
def test_which_runs_are_resumed(status, minutes, attempts, expected):
    run = add_run(status, attempts=attempts, touched_at=NOW - timedelta(minutes=minutes))
    assert schedule.runs_to_resume(NOW) == ([run.pk] if expected else [])


def test_runs_over_files_are_left_to_whoever_has_the_files():
    run = add_run(RunStatus.FAILED, touched_at=NOW - timedelta(hours=1), kind=RunKind.FILE)
    assert run.pk not in schedule.runs_to_resume(NOW)


class TestTasks:
    @pytest.fixture(autouse=True)
    def _no_limit(self, settings):
        settings.ARXIV_SECONDS_PER_REQUEST = 0

    def test_the_daily_task_hands_over_a_run_for_each_set(self, settings, handed_over):
        settings.HARVEST_SETS = ["cs", "math"]
        tasks.harvest_daily()
        assert handed_over == list(HarvestRun.objects.order_by("pk").values_list("pk", flat=True))
        assert len(handed_over) == 2

    def test_without_sets_nothing_is_scheduled(self, settings, handed_over):
        settings.HARVEST_SETS = []
        tasks.harvest_daily()
        assert not HarvestRun.objects.exists()

    def test_the_resuming_task_hands_over_what_was_left_behind(self, handed_over):
        run = add_run(RunStatus.RUNNING)
        tasks.resume_runs()
        assert handed_over == [run.pk]

    def test_a_task_reads_its_run_to_the_end(self, settings, handed_over):
        run = add_run(RunStatus.RUNNING)
        with ScriptedServer(lambda n, a: Answer(r.papers(1, 2, token=""))) as server:
            settings.ARXIV_OAI_URL = server.url
            tasks.work_on_run(run.pk)
        run.refresh_from_db()
        assert (run.status, Paper.objects.count(), handed_over) == (RunStatus.COMPLETE, 2, [])

    def test_a_long_run_goes_on_in_the_next_task(self, settings, handed_over, monkeypatch):
        monkeypatch.setattr(tasks, "WORKING_TIME", timedelta(0))
        run = add_run(RunStatus.RUNNING)
        tasks.work_on_run(run.pk)
        assert handed_over == [run.pk]

    def test_a_failure_is_on_the_run_and_does_not_break_the_worker(self, settings, handed_over):
        run = add_run(RunStatus.RUNNING)
        with ScriptedServer(lambda n, a: Answer(r.error("badArgument", "No."))) as server:
            settings.ARXIV_OAI_URL = server.url
            tasks.work_on_run(run.pk)
        run.refresh_from_db()
        assert (run.status, run.attempts) == (RunStatus.FAILED, 1)

    @pytest.mark.parametrize("status", [RunStatus.COMPLETE, RunStatus.STOPPED])
    def test_a_late_message_wakes_no_run_that_ended(self, status, handed_over):
        run = add_run(status)
        tasks.work_on_run(run.pk)
        run.refresh_from_db()
        assert run.status == status

    def test_a_run_that_is_gone_is_no_error(self):
        tasks.work_on_run(987_654)
