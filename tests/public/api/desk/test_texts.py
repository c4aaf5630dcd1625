"""What programs do to texts: each is a service's doing, and refused as the service refuses."""

import pytest
from django.utils import timezone

from apps.review.models import Claim, Decision, Suggestion
from apps.review.suggestions.service import decline, suggest
from apps.translation.models import (
    Finding,
    Segment,
    Translation,
)
from tests.public.api.programs import account, program
from tests.support.acts import claim, unpublish
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counters")]


def first_sentence(item: Translation) -> Segment:
    return item.segments.filter(field="abstract").earliest("position")


# Sentences


def test_a_corrected_sentence_is_attributed_to_a_person(editor, ready):
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


def test_a_correction_of_a_changed_text_is_a_conflict_with_the_current_text(editor, ready):
    sentence = first_sentence(ready)
    body = {"text": "人の訳。", "seen": "前の訳。"}
    problem = editor.ask("patch", f"segments/{sentence.pk}/", body, 409)
    assert problem["present"] == sentence.text
    assert "send yours again with the current text as `seen`" in problem["detail"]
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


def test_a_translation_claimed_by_another_editor_is_a_conflict(editor, ready):
    claim(ready.pk, actor=account("kenji"), now=timezone.now())
    sentence = first_sentence(ready)
    body = {"text": "人の訳。", "seen": sentence.text}
    assert "kenji" in editor.ask("patch", f"segments/{sentence.pk}/", body, 409)["detail"]
    decided = editor.ask("post", f"translations/{ready.pk}/decisions/", {"kind": "approve"}, 409)
    assert "kenji" in decided["detail"]


def test_a_claim_is_made_extended_taken_over_and_released(editor, ready):
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


def test_publishing_blocked_text_is_a_conflict(editor, ready):
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
    assert "already been answered" in editor.ask("post", where, {"reason": "不要"}, 409)["detail"]


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


def test_a_program_sends_a_correction(site):
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
        pytest.param({"text": "http://example.org を見よ。"}, 409, id="a link"),
        pytest.param({"text": "別\u202eの案。"}, 409, id="what nobody sees"),
        pytest.param({"position": 99}, 404, id="no such sentence"),
        pytest.param({"arxiv_id": "2602.00009"}, 404, id="no such paper"),
        pytest.param({"arxiv_id": "2602.00000"}, 400, id="no such number"),
        pytest.param({"language": "de"}, 404, id="no such language"),
    ],
)
def test_a_refused_correction_has_a_reason(site, fields, status):
    answer = propose(site, program(), status, **fields)
    assert answer.json()["detail"]
    assert Suggestion.objects.count() == 1


def test_corrections_by_programs_have_the_limits_of_the_form(site, settings):
    settings.SUGGESTIONS_PER_MINUTE = 1
    client = program()
    propose(site, client)
    answer = propose(site, client, 429, text="さらに別の案。")
    assert int(answer["Retry-After"]) > 0


def test_unpublished_text_takes_no_corrections(site):
    unpublish(site.translation.pk, actor=account(), reason="", now=NOW)
    propose(site, program(), 404)


def test_an_answered_correction_is_a_conflict(editor, site):
    other = suggest(site.segment.pk, base_text=site.segment.text, text="別。", sender="y", now=NOW)
    decline(other.pk, actor=account(), reason="x", now=NOW)
    editor.ask("post", f"suggestions/{other.pk}/acceptance/", {}, 409)


def test_a_superseded_translation_is_a_conflict(editor):
    item = publish_paper()
    Translation.objects.filter(pk=item.pk).update(status="superseded")
    sentence = first_sentence(item)
    body = {"text": "人の訳。", "seen": sentence.text}
    assert "earlier version" in editor.ask("patch", f"segments/{sentence.pk}/", body, 409)["detail"]
