"""Runs and papers in the admin."""

import pytest
from django.urls import reverse

from apps.harvest import tasks
from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.harvest.services import start_run
from apps.papers.models import Paper
from apps.papers.records import SourceFormat
from apps.papers.services import store_records
from tests.harvest.test_daily import NOW
from tests.papers.sample_records import raw

pytestmark = pytest.mark.django_db
RUNS = reverse("admin:harvest_harvestrun_changelist")
PAPERS = reverse("admin:papers_paper_changelist")


@pytest.fixture
def handed_over(monkeypatch):
    runs = []
    monkeypatch.setattr(tasks.work_on_run, "delay_on_commit", runs.append)
    return runs


@pytest.fixture
def failed_run():
    run = start_run(RunKind.OAI, SourceFormat.ARXIV_RAW, now=NOW, set_spec="cs")
    run.status = RunStatus.FAILED
    run.errors = [{"at": NOW.isoformat(), "what": "error", "message": "Not <b>this</b> time."}]
    run.save()
    return run


def do(client, action, run):
    return client.post(RUNS, {"action": action, "_selected_action": [run.pk]}, follow=True)


def test_a_run_shows_what_went_wrong(admin_client, failed_run):
    assert "Not &lt;b&gt;this&lt;/b&gt; time." in admin_client.get(RUNS).content.decode()
    page = admin_client.get(reverse("admin:harvest_harvestrun_change", args=[failed_run.pk]))
    assert "Not &lt;b&gt;this&lt;/b&gt; time." in page.content.decode()


def test_a_failed_run_is_resumed(admin_client, failed_run, handed_over):
    do(admin_client, "resume", failed_run)
    failed_run.refresh_from_db()
    assert (failed_run.status, handed_over) == (RunStatus.RUNNING, [failed_run.pk])


def test_a_run_is_stopped(admin_client, failed_run):
    do(admin_client, "stop", failed_run)
    failed_run.refresh_from_db()
    assert failed_run.status == RunStatus.STOPPED


def test_the_daily_harvest_is_started(admin_client, failed_run, handed_over, settings):
    settings.HARVEST_SETS = ["math"]
    do(admin_client, "start_daily", failed_run)
    assert HarvestRun.objects.filter(set_spec="math").exists()
    assert len(handed_over) == 1


def test_runs_are_neither_added_nor_deleted_by_hand(admin_client, failed_run):
    assert admin_client.get(reverse("admin:harvest_harvestrun_add")).status_code == 403
    do(admin_client, "delete_selected", failed_run)
    assert HarvestRun.objects.exists()


@pytest.mark.parametrize(
    ("words", "count"),
    [("2502.00001", 1), ("trees, version", 1), ("graphs", 0)],
    ids=["identifier", "title", "nothing"],
)
def test_papers_are_found(admin_client, words, count):
    store_records([raw(2)], now=NOW)
    page = admin_client.get(PAPERS, {"q": words})
    assert page.context["cl"].result_count == count


def test_a_paper_is_shown_with_its_versions_and_changes_and_not_edited(admin_client):
    store_records([raw(1), raw(2)], now=NOW)
    address = reverse("admin:papers_paper_change", args=[Paper.objects.get().pk])
    page = admin_client.get(address).content.decode()
    assert "This is version 1." in page
    assert 'name="_save"' not in page
    assert admin_client.post(address, {"title": "Other"}).status_code == 403
