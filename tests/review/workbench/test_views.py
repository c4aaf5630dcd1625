"""The workbench's page and its JSON requests, with the real database."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.review.models import Decision, DecisionKind, Note
from apps.review.permissions import GLOSSARY_KEEPERS, TRANSLATORS
from apps.translation.memory.store import import_units
from apps.translation.memory.tmx import MemoryUnit
from apps.translation.models import SegmentOrigin
from tests.support.acts import claim, edit_segments, undo_sentence
from tests.support.builders import NOW
from tests.support.translations import RIGHT, WRONG, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client, person):
    """A reviewer who is logged in."""
    user = person("editor")
    client.force_login(user)
    return user


def page_of(translation) -> str:
    return reverse("admin:translation_translation_change", args=[translation.pk])


def sentence(translation):
    return translation.segments.get(field="abstract")


def send(client, translation, act: str, **fields):
    place = reverse(f"admin:review_sentence_{act}", args=[translation.pk, sentence(translation).pk])
    return client.post(place, fields)


def test_the_page_shows_source_text_findings_and_where_they_are(client, reviewer):
    page = client.get(page_of(translated(WRONG))).content.decode()
    assert "It holds in 3 cases." in page
    assert '<mark class="blocking">9</mark>' in page


def test_like_sentences_of_the_memory_are_offered(client, reviewer):
    translation = translated(WRONG)
    unit = MemoryUnit("en", "ja", "It holds in 4 cases.", "四つの場合に成り立つ。")
    import_units([unit], collection="x.tmx", now=NOW)
    assert "四つの場合に成り立つ。" in client.get(page_of(translation)).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_sentences(
    client, reviewer, django_assert_max_num_queries
):
    translation = translated()
    client.get(page_of(translation))
    for position in range(1, 20):
        translation.segments.create(
            field="abstract",
            position=position,
            source=f"Sentence {position}.",
            text=f"文{position}。",
            state="done",
            claimable_at=NOW,
        )
    with django_assert_max_num_queries(15):
        client.get(page_of(translation))


def test_a_sentence_saves_by_itself_and_is_checked_at_once(client, reviewer):
    translation = translated(WRONG)
    translation.segments.filter(field="abstract").update(machine_text=WRONG)
    answer = send(client, translation, "save", text=RIGHT, seen=WRONG).json()
    assert (answer["text"], answer["approved"], answer["open"]) == (RIGHT, True, False)
    assert re.search("<del [^>]*>9</del><ins [^>]*>3</ins>", answer["feedback"])
    assert sentence(translation).approved_by == reviewer


def test_the_text_under_the_cursor_is_checked_and_not_saved(client, reviewer):
    translation = translated()
    answer = send(client, translation, "check", text=WRONG).json()
    assert '<mark class="blocking">9</mark>' in answer["backdrop"]
    assert sentence(translation).text == RIGHT


def test_math_is_previewed(client, reviewer):
    answer = send(client, translated(), "check", text="値は$x^2$である。").json()
    assert "<math" in answer["feedback"]


def test_a_conflicting_edit_gets_both_texts(client, reviewer):
    translation = translated(WRONG)
    edit_segments(
        translation.pk, {sentence(translation).pk: "先の訳。"}, actor=reviewer, now=timezone.now()
    )
    answer = send(client, translation, "save", text="後の訳。", seen=WRONG)
    assert (answer.status_code, answer.json()["present"]) == (409, "先の訳。")
    assert sentence(translation).text == "先の訳。"
    answer = send(client, translation, "save", text="後の訳。", seen="先の訳。")
    assert answer.json()["text"] == "後の訳。"


def test_while_another_works_on_it_nothing_is_saved_until_it_is_taken_over(
    client, reviewer, person
):
    translation = translated()
    claim(translation.pk, actor=person("other"), now=timezone.now())
    answer = send(client, translation, "save", text="訳。", seen=RIGHT)
    assert answer.status_code == 423
    assert "other" in answer.json()["message"]
    place = reverse("admin:review_claim", args=[translation.pk])
    assert client.post(place).status_code == 423
    assert client.post(place, {"take_over": "1"}).status_code == 200
    assert send(client, translation, "save", text="訳。", seen=RIGHT).status_code == 200


def test_an_ended_session_is_answered_with_401(client):
    answer = send(client, translated(), "save", text="訳。", seen=RIGHT)
    assert answer.status_code == 401
    assert answer.json()["message"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": "", "seen": RIGHT}, 400),
        ({"text": "あ" * 20_001, "seen": RIGHT}, 400),
        ({"text": "訳。", "seen": "別。"}, 409),
    ],
    ids=["empty", "too long", "something else was seen"],
)
def test_an_invalid_text_is_refused_and_changes_nothing(client, reviewer, fields, status):
    translation = translated()
    answer = send(client, translation, "save", **fields)
    assert answer.status_code == status
    assert answer.json()["message"]
    assert sentence(translation).text == RIGHT


@pytest.mark.parametrize("act", ["save", "check", "approve", "undo", "ask"])
def test_a_small_request_needs_the_right_and_a_post(client, person, act):
    translation = translated()
    client.force_login(person("keeper", GLOSSARY_KEEPERS))
    assert send(client, translation, act, text="x", engine="memory").status_code == 403
    place = reverse(f"admin:review_sentence_{act}", args=[translation.pk, 1])
    assert client.get(place).status_code == 405


def test_a_sentence_of_another_page_is_refused(client, reviewer):
    one, other = translated(), translated()
    place = reverse("admin:review_sentence_save", args=[one.pk, sentence(other).pk])
    assert client.post(place, {"text": "訳。", "seen": RIGHT}).status_code == 400
    place = reverse("admin:review_sentence_check", args=[one.pk, sentence(other).pk])
    assert client.post(place, {"text": "訳。"}).status_code == 404


def test_approving_a_sentence_settles_its_findings_and_remembers_the_pair(client, reviewer):
    translation = translated(WRONG)
    answer = send(client, translation, "approve", seen=WRONG).json()
    assert answer["approved"]
    translation.refresh_from_db()
    assert translation.status == "ready"
    decision = Decision.objects.get()
    assert decision.kind == DecisionKind.SENTENCES
    assert decision.detail["approved"][0]["dismissed"] == ["numbers"]


def test_a_sentence_that_changed_since_it_was_read_is_not_approved(client, reviewer):
    translation = translated()
    answer = send(client, translation, "approve", seen="前の訳。")
    assert (answer.status_code, answer.json()["present"]) == (409, RIGHT)
    assert sentence(translation).approved_at is None


def test_undo_restores_the_text_and_provenance_of_the_machine(client, reviewer):
    translation = translated(WRONG)
    origin = sentence(translation).origin
    send(client, translation, "save", text=RIGHT, seen=WRONG)
    answer = send(client, translation, "undo", seen=RIGHT).json()
    assert (answer["text"], answer["approved"]) == (WRONG, False)
    assert sentence(translation).origin == origin
    assert send(client, translation, "undo", seen=WRONG).status_code == 400


def test_undo_goes_back_step_by_step(reviewer):
    translation = translated()
    key = sentence(translation).pk
    for minute, text in enumerate(["一。", "二。", "三。"]):
        moment = NOW + timedelta(minutes=minute)
        edit_segments(translation.pk, {key: text}, actor=reviewer, now=moment)
    seen = []
    for minute in range(3):
        undo_sentence(translation.pk, key, actor=reviewer, now=NOW + timedelta(minutes=minute + 5))
        seen.append(sentence(translation).text)
    assert seen == ["二。", "一。", RIGHT]
    assert sentence(translation).origin != SegmentOrigin.PERSON


def test_another_engine_proposes_and_changes_nothing(client, reviewer, settings):
    settings.TRANSLATION_ENGINES = {
        "echo": {"BACKEND": "tests.support.engines.EchoEngine", "OPTIONS": {}}
    }
    translation = translated()
    answer = send(client, translation, "ask", engine="echo")
    assert 'data-do="use"' in answer.json()["proposal"]
    assert sentence(translation).text == RIGHT
    assert send(client, translation, "ask", engine="unknown").status_code == 503


def test_the_summary_saves_by_itself_unless_it_changed(client, reviewer):
    translation = translated()
    place = reverse("admin:review_summary_save", args=[translation.pk])
    first = client.post(place, {"text": "人の要約。", "seen": translation.summary})
    assert first.json()["text"] == "人の要約。"
    second = client.post(place, {"text": "別の要約。", "seen": translation.summary})
    assert (second.status_code, second.json()["present"]) == (409, "人の要約。")


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ("approve", "reviewed"),
        ("publish", "published"),
        ("take_down", "unpublished"),
        ("hold", "held"),
        ("send_back", "pending"),
        ("", "ready"),
    ],
)
def test_decisions_are_made_on_the_page_with_a_reason(client, reviewer, decision, status):
    translation = translated()
    place = reverse("admin:review_decide", args=[translation.pk])
    client.post(place, {"decision": decision, "reason": "確認した"})
    translation.refresh_from_db()
    assert translation.status == status
    if decision:
        assert (Decision.objects.get().reason, Decision.objects.get().actor) == (
            "確認した",
            reviewer,
        )


def test_a_translator_is_offered_no_decision_and_cannot_make_one(client, person):
    client.force_login(person("translator", TRANSLATORS))
    translation = translated()
    assert 'value="approve"' not in client.get(page_of(translation)).content.decode()
    client.post(reverse("admin:review_decide", args=[translation.pk]), {"decision": "approve"})
    translation.refresh_from_db()
    assert translation.status == "ready"


def test_without_javascript_everything_is_saved_at_once(client, reviewer):
    translation = translated(WRONG)
    key = sentence(translation).pk
    fields = {
        f"text-{key}": RIGHT,
        f"seen-{key}": WRONG,
        "summary": "要約。",
        "seen-summary": translation.summary,
    }
    assert client.post(page_of(translation), fields).status_code == 302
    translation.refresh_from_db()
    assert (translation.abstract, translation.summary) == (RIGHT, "要約。")


def test_without_javascript_a_refused_text_is_not_lost(client, reviewer):
    translation = translated(WRONG)
    key = sentence(translation).pk
    fields = {f"text-{key}": "私の訳。", f"seen-{key}": "古い。", "summary": "", "seen-summary": ""}
    page = client.post(page_of(translation), fields).content.decode()
    assert "私の訳。" in page
    assert sentence(translation).text == WRONG


def test_notes_are_for_the_other_editors(client, reviewer):
    translation = translated()
    place = reverse("admin:review_note", args=[translation.pk])
    client.post(place, {"note": "<b>用語</b>を確認すること。"})
    client.post(place, {"note": "  "})
    assert Note.objects.get().author == reviewer
    page = client.get(page_of(translation)).content.decode()
    assert "&lt;b&gt;用語&lt;/b&gt;を確認すること。" in page


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202e逆", "$\\frac{$", "x" * 5000])
def test_hostile_text_is_shown_as_text(client, reviewer, text):
    translation = translated()
    assert send(client, translation, "save", text=text, seen=RIGHT).status_code == 200
    page = client.get(page_of(translation)).content.decode()
    assert "<script>alert" not in page
