"""Runs and papers in the admin."""

import pytest
from django.urls import reverse

from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.harvest.runs.service import start_run
from apps.papers.models import Paper
from apps.papers.records import SourceFormat
from apps.papers.store.service import store_records
from tests.support.arxiv_responses import NOW
from tests.support.sample_records import raw

pytestmark = pytest.mark.django_db
RUNS = reverse("admin:harvest_harvestrun_changelist")
PAPERS = reverse("admin:papers_paper_changelist")


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


@pytest.mark.parametrize(
    ("deed", "status"), [("resume", RunStatus.RUNNING), ("stop", RunStatus.STOPPED)]
)
def test_a_run_has_buttons_on_its_page(admin_client, failed_run, handed_over, deed, status):
    address = reverse(f"admin:harvest_harvestrun_{deed}", args=[failed_run.pk])
    page = admin_client.get(reverse("admin:harvest_harvestrun_change", args=[failed_run.pk]))
    assert f'action="{address}"' in page.content.decode()
    assert admin_client.get(address).status_code == 405
    assert admin_client.post(address).status_code == 302
    failed_run.refresh_from_db()
    assert failed_run.status == status


START = reverse("admin:harvest_harvestrun_start")


def test_a_set_and_a_span_of_days_are_harvested(admin_client, handed_over):
    form = {"set_spec": "cs:cs:CL", "from_date": "2025-02-01", "until_date": "2025-02-07"}
    assert admin_client.post(START, form).status_code == 302
    run = HarvestRun.objects.get()
    assert (run.kind, run.set_spec) == (RunKind.OAI, "cs:cs:CL")
    assert (run.from_date.day, run.until_date.day) == (1, 7)
    assert handed_over == [run.pk]


def test_papers_are_harvested_however_they_are_spelled(admin_client, handed_over):
    form = {"identifiers": "2502.21321v2, https://arxiv.org/abs/hep-th/9901001\n2502.21321"}
    assert admin_client.post(START, form).status_code == 302
    run = HarvestRun.objects.get()
    assert (run.kind, run.query) == (RunKind.IDS, "2502.21321\nhep-th/9901001")


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({}, id="nothing"),
        pytest.param(
            {"set_spec": "cs", "from_date": "2025-02-02", "identifiers": "2502.21321"}, id="both"
        ),
        pytest.param({"set_spec": "cs"}, id="a whole set"),
        pytest.param({"set_spec": "c s", "from_date": "2025-02-02"}, id="no set"),
        pytest.param({"identifiers": "a paper"}, id="no identifier"),
        pytest.param({"identifiers": "2502.21321", "from_date": "2025-02-02"}, id="days of papers"),
        pytest.param(
            {"set_spec": "cs", "from_date": "2025-02-02", "until_date": "2025-02-01"},
            id="backwards",
        ),
    ],
)
def test_what_cannot_be_harvested_is_said_and_stays_in_the_form(admin_client, form):
    answer = admin_client.post(START, form)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert all(value in answer.content.decode() for value in form.values())
    assert not HarvestRun.objects.exists()


def test_the_daily_harvest_is_started_without_a_run_to_select(admin_client, handed_over, settings):
    settings.HARVEST_SETS = ["math"]
    daily = reverse("admin:harvest_harvestrun_daily")
    assert f'action="{daily}"' in admin_client.get(RUNS).content.decode()
    assert admin_client.post(daily).status_code == 302
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
