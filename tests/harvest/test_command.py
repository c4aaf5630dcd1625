"""`manage.py harvest`, as its user sees it."""

import gzip
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.papers.models import Paper
from tests.support import arxiv_responses as r
from tests.support.servers.base import Answer, ScriptedServer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.ARXIV_SECONDS_PER_REQUEST = 0


@pytest.fixture
def saved(tmp_path):
    def save(name, body):
        path = tmp_path / name
        path.write_bytes(body)
        return str(path)

    return save


def harvest(*arguments):
    out = StringIO()
    call_command("harvest", *arguments, stdout=out)
    return out.getvalue()


def test_saved_pages_of_every_kind(saved):
    lines = harvest(
        "--file",
        saved("raw.xml", r.papers(1, 2, token="more")),
        saved("raw.xml.gz", gzip.compress(r.papers(3, token=""))),
        saved("feed.xml", r.feed(r.entry(4), total=99)),
    )
    assert Paper.objects.count() == 4
    assert "3 pages, 4 records: 4 added, 0 changed, 0 unchanged, 0 rejected" in lines
    assert HarvestRun.objects.get().kind == RunKind.FILE


def test_saved_pages_twice_change_nothing(saved):
    path = saved("raw.xml", r.papers(1, 2))
    harvest("--file", path)
    assert "0 added, 0 changed, 2 unchanged" in harvest("--file", path)


def test_rejected_records_are_shown(saved):
    body = r.page(r.record(r.raw_metadata(1), 1), r.record(r.raw_metadata(2, title=""), 2))
    lines = harvest("--file", saved("raw.xml", body))
    assert "1 added" in lines
    assert "rejected: oai:arXiv.org:2502.00002: it has no title" in lines


def test_an_empty_answer_is_shown_as_such(saved):
    assert "noRecordsMatch" in harvest("--file", saved("none.xml", r.error("noRecordsMatch")))


BROKEN = {
    "protocol error": (r.error("badArgument", "No such set."), "badArgument: No such set."),
    "expired token": (r.error("badResumptionToken", "Gone."), "badResumptionToken: Gone."),
    "HTML": (b"<html></html>", "an HTML page"),
    "RSS": (b"<rss/>", "the document <rss>"),
    "cut": (r.papers(1, 2)[:-40], "broken or cut off"),
    "API error": (r.API_ERROR, "start must be non-negative"),
    "cut gzip": (gzip.compress(r.papers(1))[:-20], "compression is broken"),
    "empty": (b"", "an empty body"),
}


@pytest.mark.parametrize(("body", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_bad_file_is_named_and_can_be_tried_again(saved, body, message):
    good, bad = saved("good.xml", r.papers(1)), saved("bad.xml", body)
    with pytest.raises(CommandError) as refusal:
        harvest("--file", good, bad)
    run = HarvestRun.objects.get()
    assert bad in str(refusal.value)
    assert message in str(refusal.value)
    assert f"--resume {run.pk}" in str(refusal.value)
    assert (run.status, Paper.objects.count()) == (RunStatus.FAILED, 1)
    saved("bad.xml", r.papers(2))
    assert "2 pages, 2 records: 2 added" in harvest("--resume", str(run.pk))


def test_a_set_between_two_days(settings):
    settings.CONTACT_EMAIL = "editor@example.org"
    with ScriptedServer(lambda n, a: Answer(r.papers(1, token=""))) as server:
        settings.ARXIV_OAI_URL = server.url
        days = ("--from", "2025-02-01", "--until", "2025-02-28")
        harvest("--set", "cs:cs:CL", *days, "--format", "arXiv")
    assert server.queries == [
        "verb=ListRecords&metadataPrefix=arXiv&set=cs%3Acs%3ACL&from=2025-02-01&until=2025-02-28"
    ]
    assert server.seen[0].headers["User-Agent"].startswith("papersite/")
    assert "mailto:editor@example.org" in server.seen[0].headers["User-Agent"]


def test_identifiers(settings):
    with ScriptedServer(lambda n, a: Answer(r.feed(r.entry(1), total=1))) as server:
        settings.ARXIV_API_URL = server.url
        lines = harvest("--ids", "2502.00001, https://arxiv.org/abs/hep-th/9901001v2")
    assert "id_list=2502.00001%2Chep-th%2F9901001v2" in server.queries[0]
    assert "hep-th/9901001: the arXiv API knows no such paper" in lines


def test_ctrl_c_stops_the_run_and_says_how_to_go_on(settings, monkeypatch, saved):
    path = saved("raw.xml", r.papers(1))

    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("apps.harvest.runs.service.store_records", interrupted)
        with pytest.raises(CommandError, match="--resume"):
            harvest("--file", path)
    run = HarvestRun.objects.get()
    assert run.status == RunStatus.STOPPED
    assert "1 added" in harvest("--resume", str(run.pk))


WRONG = {
    "nothing to do": ([], "one of the arguments"),
    "no file": (["--file", "/nowhere/x.xml"], "/nowhere/x.xml is not a file"),
    "no identifier": (["--ids", "about/trees"], "not an arXiv identifier"),
    "no day": (["--all", "--from", "yesterday"], "is not a day such as"),
    "days turned round": (
        ["--all", "--from", "2025-02-02", "--until", "2025-02-01"],
        "--from is after --until",
    ),
    "days for a file": (
        ["--ids", "2502.00001", "--from", "2025-02-02"],
        "with --set or --all only",
    ),
    "no run": (["--resume", "987654"], "no harvest run 987654"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG.keys())
def test_wrong_options_are_explained(arguments, message):
    with pytest.raises(CommandError, match=message):
        harvest(*arguments)
    assert not HarvestRun.objects.exists()


def test_a_complete_run_is_not_resumed(saved):
    harvest("--file", saved("raw.xml", r.papers(1)))
    with pytest.raises(CommandError, match="nothing to resume"):
        harvest("--resume", str(HarvestRun.objects.get().pk))
