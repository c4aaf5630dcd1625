"""What programs keep: the glossary, the memory, harvests."""

import pytest
from django.contrib.admin.models import LogEntry

from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.translation.models import (
    GlossaryTerm,
    MemoryEntry,
    TermRevision,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counters")]


# The glossary


def test_a_term_is_added_changed_switched_off_and_deleted_with_its_history(editor):
    body = {"source": "agent", "target": "エージェント", "scope": "cs.*", "reason": "慣用"}
    term = editor.ask("post", "glossary/", body, 201)
    assert (term["source_language"], term["target_language"]) == ("en", "ja")
    assert (term["is_in_use"], term["created_by"]) == (True, "hanako")
    where = f"glossary/{term['id']}/"
    changed = editor.ask("patch", where, {"target": "主体", "forbidden": ["薬剤"]})
    assert (changed["source"], changed["target"], changed["scope"]) == ("agent", "主体", "cs.*")
    assert editor.ask("patch", where, {"is_in_use": False})["is_in_use"] is False
    assert editor.ask("patch", where, {"note": "注"})["is_in_use"] is False
    editor.ask("delete", f"{where}?reason=不要", expected=204)
    assert not GlossaryTerm.objects.exists()
    history = editor.get(f"{where}history/")["results"]
    assert [row["reason"] for row in history] == ["不要", "", "", "", "慣用"]
    assert (history[0]["after"], history[-1]["before"]) == (None, None)
    assert {row["changed_by"] for row in history} == {"hanako"}


def test_a_term_sent_twice_is_added_once(editor, site):
    body = {"source": "Agent", "target": "主体"}
    assert "エージェント" in editor.ask("post", "glossary/", body, 409)["detail"]
    other = editor.ask("post", "glossary/", {"source": "actor", "target": "主体"}, 201)
    clash = editor.ask("patch", f"glossary/{other['id']}/", {"source": "agents of"})
    editor.ask("patch", f"glossary/{clash['id']}/", {"source": "agent"}, 409)


@pytest.mark.parametrize(
    "body",
    [
        {"source": "!?", "target": "x"},
        {"source": "agent", "target": "主体", "forbidden": ["主体"]},
        {"source": "agent", "target": "\ufdd0"},
    ],
    ids=["no words", "the rendering is forbidden", "not a character"],
)
def test_an_invalid_term_is_refused_with_a_reason(editor, body):
    assert editor.ask("post", "glossary/", body, 409)["detail"]
    assert not TermRevision.objects.exists()


def test_a_change_without_effect_is_not_recorded(editor, site):
    before = TermRevision.objects.count()
    editor.ask("patch", f"glossary/{site.term.pk}/", {})
    editor.ask("patch", f"glossary/{site.term.pk}/", {"target": "エージェント"})
    assert TermRevision.objects.count() == before


# The memory


def test_a_pair_is_deleted_and_the_log_keeps_it(editor, site):
    editor.ask("delete", f"memory/{site.memory.pk}/", expected=204)
    assert not MemoryEntry.objects.exists()
    logged = LogEntry.objects.get()
    assert site.memory.source in logged.change_message
    assert site.memory.target in logged.change_message
    assert logged.user.username == "hanako"
    editor.ask("delete", f"memory/{site.memory.pk}/", expected=404)


# Harvests


@pytest.fixture
def handed_over(monkeypatch) -> list[int]:
    """The runs that a worker got."""
    runs: list[int] = []
    monkeypatch.setattr("apps.public.api.desk.harvests.enqueue_run", runs.append)
    return runs


def test_a_set_is_harvested_from_a_day_on(editor, handed_over):
    body = {"set_spec": "cs:cs:CL", "from_date": "2026-02-01", "until_date": "2026-02-03"}
    run = editor.ask("post", "harvests/", body, 201)
    assert (run["kind"], run["status"], run["until_date"]) == ("oai", "running", "2026-02-03")
    assert handed_over == [run["id"]]
    assert editor.get(f"harvests/{run['id']}/?expand=errors")["messages"] == []


def test_papers_are_harvested_by_identifier(editor, handed_over):
    run = editor.ask("post", "harvests/", {"identifiers": ["2602.00001v2", "hep-th/9901001"]}, 201)
    assert HarvestRun.objects.get(pk=run["id"]).kind == RunKind.IDS
    assert run["query"] == "2602.00001\nhep-th/9901001"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({}, "body"),
        ({"set_spec": "cs"}, "body"),
        ({"set_spec": "cs", "identifiers": ["2602.00001"]}, "body"),
        ({"set_spec": "cs", "from_date": "2026-02-02", "until_date": "2026-02-01"}, "body"),
    ],
)
def test_an_invalid_harvest_is_refused_with_a_reason(editor, handed_over, body, name):
    assert list(editor.ask("post", "harvests/", body, 409)["errors"]) == [name]
    assert handed_over == []


def test_a_run_is_stopped_and_resumed(editor, site, handed_over):
    where = f"harvests/{site.run.pk}/"
    for _again in range(2):
        assert editor.ask("post", f"{where}stop/")["status"] == "stopped"
    assert editor.ask("post", f"{where}resume/")["status"] == "running"
    assert handed_over == [site.run.pk]
    HarvestRun.objects.update(status=RunStatus.COMPLETE)
    assert editor.ask("post", f"{where}resume/")["status"] == "complete"
    assert handed_over == [site.run.pk]
    assert [row["status"] for row in editor.get("harvests/?status=complete")["results"]] == [
        "complete"
    ]
