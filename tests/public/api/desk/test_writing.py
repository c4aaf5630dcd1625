"""What editors' programs do: each is a service's doing, and refused as the service refuses."""

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.review.claims import claim
from apps.review.models import Claim, Decision, Scope, Suggestion
from apps.review.publishing import unpublish
from apps.review.rights import GLOSSARY_KEEPERS, REVIEWERS, TRANSLATORS
from apps.review.suggesting import decline, suggest
from apps.translation.models import (
    Finding,
    GlossaryTerm,
    MemoryEntry,
    Segment,
    TermRevision,
    Translation,
)
from tests.builders import NOW, build_paper
from tests.public.api.desk.conftest import Editor
from tests.public.api.programs import account, program
from tests.public.factories import publish_paper, ready_translation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counters")]


@pytest.fixture
def ready(db) -> Translation:
    return ready_translation(build_paper())


def first_sentence(item: Translation) -> Segment:
    return item.segments.filter(field="abstract").earliest("position")


def of_role(role: str) -> Editor:
    return Editor(program(account(f"a {role}", role)))


# Sentences


def test_a_sentence_is_corrected_and_is_the_persons(editor, ready):
    sentence = first_sentence(ready)
    body = {"text": "人の訳。", "seen": sentence.text, "reason": "誤訳"}
    found = editor.ask("patch", f"segments/{sentence.pk}/", body)
    assert (found["text"], found["origin"], found["approved_by"]) == (
        "人の訳。",
        "person",
        "hanako",
    )
    decision = Decision.objects.latest("id")
    assert (decision.kind, decision.reason, decision.detail["token"]["name"]) == (
        "edit", "誤訳", "script",
    )  # fmt: skip
    assert Claim.objects.get(translation=ready).editor.username == "hanako"


def test_a_correction_of_what_has_changed_is_a_conflict_with_the_present_text(editor, ready):
    sentence = first_sentence(ready)
    body = {"text": "人の訳。", "seen": "前の訳。"}
    problem = editor.ask("patch", f"segments/{sentence.pk}/", body, 409)
    assert problem["present"] == sentence.text
    assert "send yours again with that text as `seen`" in problem["detail"]
    sentence.refresh_from_db()
    assert sentence.text != "人の訳。"


def test_the_same_correction_again_changes_nothing(editor, ready):
    sentence = first_sentence(ready)
    body = {"text": "人の訳。", "seen": sentence.text}
    for _again in range(2):
        editor.ask("patch", f"segments/{sentence.pk}/", body)
    assert Decision.objects.filter(kind="edit").count() == 1


def test_a_sentence_is_approved_as_it_was_read(editor, ready):
    sentence = first_sentence(ready)
    where = f"segments/{sentence.pk}/approval/"
    assert editor.ask("post", where, {"seen": "別の文。"}, 409)["present"] == sentence.text
    for _again in range(2):
        found = editor.ask("post", where, {"seen": sentence.text})
        assert found["approved_by"] == "hanako"
    assert Decision.objects.filter(kind="sentences").count() == 1


def test_what_somebody_else_is_working_on_is_a_conflict(editor, ready):
    claim(ready.pk, actor=account("kenji"), now=timezone.now())
    sentence = first_sentence(ready)
    body = {"text": "人の訳。", "seen": sentence.text}
    assert "kenji" in editor.ask("patch", f"segments/{sentence.pk}/", body, 409)["detail"]
    decided = editor.ask("post", f"translations/{ready.pk}/decisions/", {"kind": "approve"}, 409)
    assert "kenji" in decided["detail"]


def test_a_claim_is_made_lengthened_taken_over_and_given_up(editor, ready):
    where = f"translations/{ready.pk}/claim/"
    claim(ready.pk, actor=account("kenji"), now=timezone.now())
    editor.ask("put", where, {}, 409)
    assert editor.ask("put", where, {"take_over": True})["editor"] == "hanako"
    assert editor.get(f"translations/{ready.pk}/")["claim"]["editor"] == "hanako"
    assert editor.ask("put", where)["editor"] == "hanako"
    editor.ask("delete", where, expected=204)
    assert editor.get(f"translations/{ready.pk}/")["claim"] is None


# Decisions


def test_decisions_lead_from_status_to_status(editor, ready):
    where = f"translations/{ready.pk}/decisions/"
    for kind, before, after in (
        ("publish", "ready", "published"),
        ("approve", "published", "reviewed"),
        ("unpublish", "reviewed", "unpublished"),
        ("hold", "unpublished", "held"),
        ("retranslate", "held", "pending"),
    ):
        made = editor.ask("post", where, {"kind": kind, "reason": "理由"}, 201)
        assert (made["kind"], made["status_before"], made["status_after"]) == (kind, before, after)
        assert (made["reason"], made["decided_by"], made["token"]) == ("理由", "hanako", "script")
        ready.refresh_from_db()
        assert ready.status == after


def test_a_decision_sent_twice_is_made_once(editor, ready):
    where = f"translations/{ready.pk}/decisions/"
    editor.ask("post", where, {"kind": "approve"}, 201)
    editor.ask("post", where, {"kind": "approve"}, 409)
    assert Decision.objects.filter(translation=ready).count() == 1


def test_what_is_not_fit_to_be_published_is_a_conflict(editor, ready):
    Finding.objects.create(
        translation=ready, name="numbers", severity="blocking", message_ja="", message_en="",
        found_at=NOW,
    )  # fmt: skip
    where = f"translations/{ready.pk}/decisions/"
    assert "Blocking findings" in editor.ask("post", where, {"kind": "publish"}, 409)["detail"]


@pytest.mark.parametrize("kind", ["claim", "edit", "", None, 1, ["approve"]], ids=str)
def test_no_other_decisions_are_made(editor, ready, kind):
    where = f"translations/{ready.pk}/decisions/"
    assert list(editor.ask("post", where, {"kind": kind}, 400)["errors"]) == ["kind"]


# A token gives no more than its account has


def test_a_translator_with_every_scope_does_not_publish(ready):
    translator = of_role(TRANSLATORS)
    where = f"translations/{ready.pk}/decisions/"
    problem = translator.ask("post", where, {"kind": "approve"}, 403)
    assert "approve a text after reading it" in problem["detail"]
    translator.ask("post", where, {"kind": "retranslate"}, 201)


def test_each_role_does_what_it_is_for(site):
    translator, keeper = of_role(TRANSLATORS), of_role(GLOSSARY_KEEPERS)
    term = f"glossary/{site.term.pk}/"
    assert "permission" in translator.ask("patch", term, {"note": "x"}, 403)["detail"]
    keeper.ask("patch", term, {"note": "x"})
    body = {"text": "人の訳。", "seen": site.segment.text}
    keeper.ask("patch", f"segments/{site.segment.pk}/", body, 403)
    keeper.get("suggestions/", 403)
    of_role(REVIEWERS).ask("post", "harvests/", {"set_spec": "cs", "from_date": "2026-01-01"}, 403)


@pytest.mark.parametrize(
    ("scope", "method", "where"),
    [
        ("segments:write", "patch", "segments/{segment.pk}/"),
        ("decisions:write", "post", "translations/{translation.pk}/decisions/"),
        ("suggestions:answer", "post", "suggestions/{suggestion.pk}/decline/"),
        ("glossary:write", "patch", "glossary/{term.pk}/"),
        ("memory:write", "delete", "memory/{memory.pk}/"),
        ("harvest:write", "post", "harvests/{run.pk}/stop/"),
        ("desk:read", "get", "queue/"),
    ],
)
def test_a_scope_that_is_missing_is_named(site, scope, method, where):
    others = [other for other in Scope.values if other != scope]
    client = program(account(), *others)
    answer = getattr(client, method)(
        f"/api/v1/desk/{where.format(**vars(site))}", {}, content_type="application/json"
    )
    assert answer.status_code == 403
    assert scope in answer.json()["detail"]
    expected = f'Bearer realm="papersite", error="insufficient_scope", scope="{scope}"'
    assert answer["WWW-Authenticate"] == expected


# Readers' corrections


def test_a_correction_is_accepted_as_it_is(editor, site):
    found = editor.ask("post", f"suggestions/{site.suggestion.pk}/acceptance/", {})
    assert (found["state"], found["present_text"]) == ("accepted", "読者の案。")
    assert found["credit"] == "読者"
    decision = Decision.objects.latest("id")
    assert (decision.kind, decision.detail["token"]["name"]) == ("suggestion", "script")


def test_a_correction_is_accepted_with_another_text_and_without_the_name(editor, site):
    body = {"text": "編者の案。", "seen": site.segment.text, "with_credit": False}
    found = editor.ask("post", f"suggestions/{site.suggestion.pk}/acceptance/", body)
    assert (found["accepted_text"], found["credit"]) == ("編者の案。", "")


def test_a_correction_is_declined_with_a_reason(editor, site):
    where = f"suggestions/{site.suggestion.pk}/decline/"
    assert list(editor.ask("post", where, {}, 400)["errors"]) == ["reason"]
    assert editor.ask("post", where, {"reason": "不要"})["decline_reason"] == "不要"
    assert "answered already" in editor.ask("post", where, {"reason": "不要"}, 409)["detail"]


def test_a_correction_of_a_changed_sentence_is_a_conflict(editor, site):
    Segment.objects.filter(pk=site.segment.pk).update(text="変わった。")
    where = f"suggestions/{site.suggestion.pk}/acceptance/"
    assert editor.ask("post", where, {}, 409)["present"] == "変わった。"


def propose(site, client, expected=201, **fields):
    body = {
        "arxiv_id": "2602.00001", "field": "abstract", "position": site.segment.position,
        "seen": site.segment.text, "text": "別の案。", **fields,
    }  # fmt: skip
    answer = client.post("/api/v1/suggestions/", body, content_type="application/json")
    assert answer.status_code == expected, answer.content
    return answer


def test_a_readers_program_proposes_a_text(site):
    client = program(account("a reader", "nothing"), "suggestions:send")
    taken = propose(site, client, comment="一行\n二行", credit="花子").json()
    assert (taken["text"], taken["state"]) == ("別の案。", "open")
    stored = Suggestion.objects.latest("id")
    assert (stored.segment, stored.comment, stored.credit) == (site.segment, "一行\n二行", "花子")
    propose(site, client)
    assert Suggestion.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param({"seen": "前の訳。"}, 409, id="the sentence is another"),
        pytest.param({"text": "標識となる訳文1。"}, 409, id="what it says already"),
        pytest.param({"text": "http://example.org を見よ。"}, 422, id="a link"),
        pytest.param({"text": "別\u202eの案。"}, 422, id="what nobody sees"),
        pytest.param({"position": 99}, 404, id="no such sentence"),
        pytest.param({"arxiv_id": "2602.00009"}, 404, id="no such paper"),
        pytest.param({"arxiv_id": "2602.00000"}, 404, id="no such number"),
        pytest.param({"language": "de"}, 404, id="no such language"),
    ],
)
def test_a_proposal_that_is_not_taken_says_why(site, fields, status):
    answer = propose(site, program(), status, **fields)
    assert answer.json()["detail"]
    assert Suggestion.objects.count() == 1


def test_proposals_are_limited_as_those_of_readers(site, settings):
    settings.SUGGESTIONS_PER_MINUTE = 1
    client = program()
    propose(site, client)
    answer = propose(site, client, 429, text="さらに別の案。")
    assert int(answer["Retry-After"]) > 0


def test_what_is_not_public_is_not_open_to_proposals(site):
    unpublish(site.translation.pk, actor=account(), reason="", now=NOW)
    propose(site, program(), 404)


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
    ids=["no words", "the rendering is forbidden", "no character"],
)
def test_a_term_that_cannot_be_is_refused_in_words(editor, body):
    assert editor.ask("post", "glossary/", body, 422)["detail"]
    assert not TermRevision.objects.exists()


def test_a_change_that_changes_nothing_leaves_no_trace(editor, site):
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
    monkeypatch.setattr("apps.public.api.desk.harvests.hand_over", runs.append)
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
        ({"identifiers": ["2602.00000"]}, "identifiers"),
    ],
)
def test_a_harvest_that_makes_no_sense_is_told_why(editor, handed_over, body, name):
    assert list(editor.ask("post", "harvests/", body, 422)["errors"]) == [name]
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


# Everything else


def test_what_was_answered_meanwhile_is_a_conflict(editor, site):
    other = suggest(site.segment.pk, base_text=site.segment.text, text="別。", sender="y", now=NOW)
    decline(other.pk, actor=account(), reason="x", now=NOW)
    editor.ask("post", f"suggestions/{other.pk}/acceptance/", {}, 409)


def test_a_superseded_translation_is_a_conflict(editor):
    item = publish_paper()
    Translation.objects.filter(pk=item.pk).update(status="superseded")
    sentence = first_sentence(item)
    body = {"text": "人の訳。", "seen": sentence.text}
    assert "older text" in editor.ask("patch", f"segments/{sentence.pk}/", body, 409)["detail"]
