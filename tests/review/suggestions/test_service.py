"""Readers' corrections: limits, merging, answers, credits, and removal of senders."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from apps.review.claims import active_claim
from apps.review.models import Claim, Decision, DecisionKind, Suggestion, SuggestionState
from apps.review.permissions import GLOSSARY_KEEPERS, TRANSLATORS, NotAllowed
from apps.review.refusals import CannotEdit, ChangedMeanwhile, ClaimedByOther
from apps.review.suggestions.errors import (
    AlreadyAnswered,
    CannotAnswer,
    CannotSuggest,
    NotNow,
    NotOpenToReaders,
    SameAsPresent,
    SentenceChanged,
    TooManySuggestions,
    WordsRefused,
)
from apps.review.suggestions.sender_hash import hash_sender
from apps.review.suggestions.service import (
    accept,
    decline,
    forget_senders,
    open_suggestions,
    reader_credits,
    suggest,
)
from apps.translation.models import SegmentOrigin, Translation
from tests.support.acts import claim, edit_segments, unpublish
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counters")]
LATER = NOW + timedelta(minutes=5)
BETTER = "大規模言語モデルを調べる。"
WORSE = "LSMを調べる。"


@pytest.fixture
def translation() -> Translation:
    return publish_paper(
        title="On LLMs", abstract="We study LLMs.", texts={"We study LLMs.": WORSE}
    )


def sentence(translation: Translation):
    return translation.segments.get(field="abstract")


def send(translation, text=BETTER, *, base=WORSE, who="one", now=NOW, **more) -> Suggestion:
    key = sentence(translation).pk
    return suggest(key, base_text=base, text=text, sender=who, now=now, **more)


def state_of(suggestion: Suggestion) -> str:
    suggestion.refresh_from_db()
    return suggestion.state


def test_a_proposal_is_kept_as_plain_text_and_changes_nothing(translation):
    found = send(translation, f" {BETTER}\n", comment="LLM です", credit=" 山田  花子 ")
    assert (found.text, found.comment, found.credit) == (BETTER, "LLM です", "山田 花子")
    assert (found.state, found.base_text, found.times) == ("open", WORSE, 1)
    assert sentence(translation).text == WORSE
    assert list(open_suggestions(translation.pk)) == [found]
    assert not Decision.objects.filter(kind=DecisionKind.SUGGESTION).exists()


REFUSED = {
    "nothing": ({"text": " \n"}, "text"),
    "too long": ({"text": "あ" * 4001}, "text"),
    "a control character": ({"text": "あ\x07"}, "text"),
    "a null": ({"text": "あ\x00"}, "text"),
    "text turned round": ({"text": "\u202eあ"}, "text"),
    "an advertisement": ({"text": "買うなら https://spam.example"}, "text"),
    "a long comment": ({"comment": "あ" * 1001}, "comment"),
    "a comment full of links": ({"comment": "http://a.b http://c.d"}, "comment"),
    "a link for a name": ({"credit": "www.spam.example"}, "credit"),
    "a long name": ({"credit": "あ" * 61}, "credit"),
}


@pytest.mark.parametrize(("changed", "field"), REFUSED.values(), ids=REFUSED)
def test_a_refused_input_names_the_field(translation, changed, field):
    with pytest.raises(WordsRefused) as refused:
        send(translation, **{"text": BETTER, **changed})
    assert refused.value.field == field
    assert not Suggestion.objects.exists()


def test_a_link_of_the_sentence_itself_may_stay():
    source = "Code is at https://example.org/code now."
    text = "コードは https://example.org/code にある。"
    translation = publish_paper(abstract=source, texts={source: text})
    assert send(translation, text.replace("にある", "で公開"), base=text)


def test_the_present_text_is_refused(translation):
    with pytest.raises(SameAsPresent):
        send(translation, f"{WORSE} ")


def test_a_sentence_that_changed_meanwhile_is_shown_with_its_new_text(translation, editor):
    edit_segments(translation.pk, {sentence(translation).pk: "新しい訳。"}, actor=editor, now=NOW)
    with pytest.raises(SentenceChanged) as changed:
        send(translation)
    assert changed.value.segment.text == "新しい訳。"
    assert send(translation, base="新しい訳。")


def test_only_what_readers_see_is_open_to_them(translation, editor):
    translation.paper.withdrawn_at = NOW
    translation.paper.save()
    with pytest.raises(NotOpenToReaders):
        send(translation)
    translation.paper.withdrawn_at = None
    translation.paper.save()
    unpublish(translation.pk, actor=editor, reason="", now=NOW)
    with pytest.raises(NotOpenToReaders):
        send(translation)


def test_the_same_correction_of_another_reader_is_counted(translation):
    first = send(translation)
    again = send(translation, "大規模言語モデルを調べる｡", who="two", credit="花子", comment="なぜ")
    first.refresh_from_db()
    assert (again, Suggestion.objects.count()) == (first, 1)
    assert (first.times, first.credit, first.comment) == (2, "花子", "なぜ")


def test_sending_twice_counts_once(translation):
    send(translation)
    assert send(translation).times == 1


def test_another_text_is_another_proposal(translation):
    send(translation)
    send(translation, "LLMを調べる。")
    assert open_suggestions(translation.pk).count() == 2


LIMITS = {
    "a minute": ("SUGGESTIONS_PER_MINUTE", "one", timedelta(seconds=61)),
    "a day": ("SUGGESTIONS_PER_DAY", "one", timedelta(days=1)),
    "everybody, an hour": ("SUGGESTIONS_PER_HOUR", "another", timedelta(hours=1)),
}


@pytest.mark.parametrize(("name", "who", "until"), LIMITS.values(), ids=LIMITS)
def test_the_limits_stop_a_flood_for_a_time(translation, settings, name, who, until):
    setattr(settings, name, 2)
    for number in range(2):
        send(translation, f"訳{number}。")
    with pytest.raises(TooManySuggestions) as stopped:
        send(translation, "訳3。", who=who)
    assert 0 < stopped.value.retry_after <= until.total_seconds()
    assert send(translation, "訳3。", who=who, now=NOW + until)


def test_a_sender_over_the_limit_does_not_use_up_the_limit_of_the_site(translation, settings):
    settings.SUGGESTIONS_PER_MINUTE, settings.SUGGESTIONS_PER_HOUR = 1, 2
    send(translation, "訳1。")
    for _ in range(5):
        with pytest.raises(TooManySuggestions):
            send(translation, "訳2。")
    assert send(translation, "訳3。", who="two")


def test_without_redis_corrections_are_refused(translation, settings):
    cache = dict(settings.CACHES["default"], LOCATION="redis://127.0.0.1:1/0")
    settings.CACHES = {"default": cache}
    with pytest.raises(NotNow):
        send(translation)
    assert not Suggestion.objects.exists()


def test_accepting_writes_the_text_as_the_editors_own_and_names_the_proposal(translation, editor):
    found = send(translation, credit="花子")
    decision = accept(found.pk, actor=editor, now=LATER)
    segment = sentence(translation)
    assert (segment.text, segment.origin) == (BETTER, SegmentOrigin.PERSON)
    assert (segment.approved_by, segment.approved_at) == (editor, LATER)
    assert (state_of(found), found.decided_by, found.decided_at) == ("accepted", editor, LATER)
    assert (decision.kind, decision.detail["suggestion"]) == (DecisionKind.SUGGESTION, found.pk)
    assert decision.detail["segments"][0]["before"] == WORSE
    translation.refresh_from_db()
    assert translation.abstract == BETTER


def test_an_editor_can_improve_a_correction_while_accepting_it(translation, editor):
    found = send(translation, credit="花子")
    accept(found.pk, actor=editor, text="LLMを調べる。", now=LATER)
    assert sentence(translation).text == "LLMを調べる。"
    assert reader_credits([translation], [sentence(translation)]) == {
        sentence(translation).pk: "花子"
    }


def test_a_sentence_that_changed_since_is_not_overwritten(translation, editor):
    found = send(translation)
    edit_segments(translation.pk, {sentence(translation).pk: "新しい訳。"}, actor=editor, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        accept(found.pk, actor=editor, now=LATER)
    assert (state_of(found), sentence(translation).text) == ("open", "新しい訳。")
    accept(found.pk, actor=editor, seen="新しい訳。", now=LATER)
    assert sentence(translation).text == BETTER


def test_a_correction_that_equals_the_present_text_can_be_accepted(translation, editor):
    found = send(translation, credit="花子")
    edit_segments(translation.pk, {sentence(translation).pk: BETTER}, actor=editor, now=NOW)
    decision = accept(found.pk, actor=editor, now=LATER)
    assert (state_of(found), decision.kind) == ("accepted", DecisionKind.SUGGESTION)
    assert reader_credits([translation], [sentence(translation)])


def test_the_same_proposal_to_another_text_is_closed_with_it(translation, editor):
    early = send(translation)
    other = send(translation, "別の案。")
    edit_segments(translation.pk, {sentence(translation).pk: "新しい訳。"}, actor=editor, now=NOW)
    late = send(translation, base="新しい訳。", who="two")
    accept(late.pk, actor=editor, now=LATER)
    assert [state_of(item) for item in (early, late, other)] == ["merged", "accepted", "open"]


def test_an_answer_is_given_once(translation, editor):
    found = send(translation)
    accept(found.pk, actor=editor, now=LATER)
    for answer in (
        lambda: accept(found.pk, actor=editor, now=LATER),
        lambda: decline(found.pk, actor=editor, reason="x", now=LATER),
    ):
        with pytest.raises(AlreadyAnswered):
            answer()


def test_declining_needs_a_reason_and_is_in_the_history(translation, editor):
    found = send(translation)
    with pytest.raises(CannotAnswer):
        decline(found.pk, actor=editor, reason=" ", now=LATER)
    decision = decline(found.pk, actor=editor, reason="原文と違う", now=LATER)
    assert (state_of(found), found.decline_reason) == ("declined", "原文と違う")
    assert (decision.kind, decision.reason) == (DecisionKind.DECLINE, "原文と違う")
    assert decision.detail["suggestion"] == found.pk
    assert sentence(translation).text == WORSE


def test_a_declined_correction_can_be_sent_again(translation, editor):
    decline(send(translation).pk, actor=editor, reason="x", now=LATER)
    assert send(translation, now=LATER).state == SuggestionState.OPEN


@pytest.mark.parametrize(("role", "may"), [(TRANSLATORS, True), (GLOSSARY_KEEPERS, False)], ids=str)
def test_answering_needs_the_right(translation, person, role, may):
    first, second, actor = send(translation), send(translation, "別。"), person("somebody", role)
    if may:
        assert accept(first.pk, actor=actor, now=LATER)
        return
    with pytest.raises(NotAllowed):
        accept(first.pk, actor=actor, now=LATER)
    with pytest.raises(NotAllowed):
        decline(second.pk, actor=actor, reason="x", now=LATER)


def test_accepting_respects_a_claim_and_leaves_none(translation, person):
    one, other = person("one", TRANSLATORS), person("other", TRANSLATORS)
    first, second = send(translation), send(translation, "別。")
    claim(translation.pk, actor=one, now=NOW)
    with pytest.raises(ClaimedByOther):
        accept(first.pk, actor=other, now=LATER)
    accept(first.pk, actor=one, now=LATER)
    assert active_claim(translation.pk, now=LATER).editor == one
    Claim.objects.all().delete()
    accept(second.pk, actor=other, seen=BETTER, now=LATER)
    assert not Claim.objects.exists()


def test_a_name_is_shown_while_the_text_is_the_accepted_one(translation, editor):
    accept(send(translation, credit="花子").pk, actor=editor, now=LATER)
    key = sentence(translation).pk
    assert reader_credits([translation], list(translation.segments.all())) == {key: "花子"}
    edit_segments(translation.pk, {key: "もっと良い訳。"}, actor=editor, now=LATER)
    assert reader_credits([translation], list(translation.segments.all())) == {}


@pytest.mark.parametrize("wanted", ["nobody asked", "an editor says no"])
def test_no_name_is_shown_otherwise(translation, editor, wanted):
    credit = "" if wanted == "nobody asked" else "花子"
    found = send(translation, credit=credit)
    accept(found.pk, actor=editor, with_credit=False, now=LATER)
    assert reader_credits([translation], [sentence(translation)]) == {}


def test_senders_are_forgotten_after_some_days(translation):
    old = send(translation, now=NOW - timedelta(days=8))
    new = send(translation, "別。")
    assert forget_senders(now=NOW, days=7) == 1
    assert forget_senders(now=NOW, days=7) == 0
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.sender, new.sender) == ("", "one")


SENDERS = {
    "the same address": ("192.0.2.1", "192.0.2.1", True),
    "another address": ("192.0.2.1", "192.0.2.2", False),
    "one household": ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
    "another household": ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    "the same in another notation": ("192.0.2.1", "::ffff:192.0.2.1", True),
    "no addresses": ("nonsense", "", True),
}


@pytest.mark.parametrize(("one", "other", "same"), SENDERS.values(), ids=SENDERS)
def test_a_sender_is_a_hash_of_an_address(settings, one, other, same):
    assert (hash_sender(one) == hash_sender(other)) is same
    assert one not in hash_sender(one) or not one
    before = hash_sender(one)
    settings.SECRET_KEY = "another key"
    assert hash_sender(one) != before


@pytest.mark.django_db(transaction=True)
def test_the_same_proposal_at_the_same_moment_is_one(translation):
    ready = threading.Barrier(4)

    def reader(number: int) -> None:
        ready.wait()
        try:
            send(translation, who=f"reader-{number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Suggestion.objects.get().times == 4


@examples(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=st.text(max_size=80), comment=st.text(max_size=40), credit=st.text(max_size=20))
def test_any_input_is_stored_as_plain_text_or_refused(translation, settings, text, comment, credit):
    settings.SUGGESTIONS_PER_MINUTE = settings.SUGGESTIONS_PER_DAY = 10_000
    settings.SUGGESTIONS_PER_HOUR = 10_000
    try:
        found = send(translation, text, comment=comment, credit=credit)
    except CannotSuggest:
        return
    found.refresh_from_db()
    assert found.text == found.text.strip() != ""
    assert "\x00" not in found.text + found.comment + found.credit


def test_a_superseded_translation_takes_no_correction(translation, editor):
    found = send(translation)
    Translation.objects.filter(pk=translation.pk).update(status="superseded")
    with pytest.raises(CannotEdit):
        accept(found.pk, actor=editor, now=LATER)
    assert state_of(found) == "open"
