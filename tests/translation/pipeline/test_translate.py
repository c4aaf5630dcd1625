"""Claiming, translating and committing sentences."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.translation.engines import build_engine
from apps.translation.engines.base import Result
from apps.translation.engines.memory import MemoryEngine
from apps.translation.memory.store import import_units
from apps.translation.memory.tmx import MemoryUnit
from apps.translation.models import (
    GlossaryTerm,
    Segment,
    SegmentOrigin,
    SegmentState,
    Translation,
)
from apps.translation.pipeline.commit import (
    MOST_ATTEMPTS,
    Outcome,
    commit,
    rest_after,
    retry_waiting,
)
from apps.translation.pipeline.contexts import contexts_with_terms
from apps.translation.pipeline.open import open_translations
from apps.translation.pipeline.translate import translate_batch
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW, build_paper
from tests.support.engines import DownEngine, EchoEngine, GarblingEngine, plan

pytestmark = pytest.mark.django_db


def clock(moment: datetime = NOW):
    return lambda: moment


def opened(**fields) -> Translation:
    paper = build_paper(**fields)
    open_translations([paper.pk], "ja", now=NOW)
    return paper.translations.get()


def texts(translation: Translation) -> list[str]:
    return list(translation.segments.order_by("-field", "position").values_list("text", flat=True))


def test_a_paper_is_opened_as_its_title_and_sentences():
    translation = opened(title="On X", abstract="We study X. It is 3.5 times larger.")
    assert list(
        translation.segments.order_by("-field", "position").values_list("field", "source")
    ) == [
        ("title", "On X"),
        ("abstract", "We study X."),
        ("abstract", "It is 3.5 times larger."),
    ]


def test_opening_again_opens_nothing():
    translation = opened()
    assert open_translations([translation.paper_id], "ja", now=NOW) == 0


def test_sentences_of_many_papers_share_a_batch():
    engine = EchoEngine()
    first, second = opened(abstract="One."), opened(abstract="Two.")
    assert translate_batch(plan(engine), clock=clock()) == 4
    assert "訳：One." in texts(first)
    assert "訳：Two." in texts(second)


def test_identical_sentences_are_translated_once():
    engine = EchoEngine()
    for _ in range(3):
        opened(title="Same", abstract="The same sentence.")
    translate_batch(plan(engine), clock=clock())
    assert sorted(engine.asked) == ["Same", "The same sentence."]
    assert Segment.objects.filter(state=SegmentState.DONE).count() == 6


def test_math_and_addresses_reach_the_engine_masked_and_the_page_unmasked():
    engine = EchoEngine()
    translation = opened(title="T", abstract="We prove $x^2 = y$ at https://example.org/a.b today.")
    translate_batch(plan(engine), clock=clock())
    assert "$x^2" not in "".join(engine.asked)
    assert "https" not in "".join(engine.asked)
    assert "訳：We prove $x^2 = y$ at https://example.org/a.b today." in texts(translation)


def test_the_memory_answers_before_the_machine_is_asked():
    unit = MemoryUnit("en", "ja", "We study an effect.", "ある効果を調べる。")
    import_units([unit], collection="test.tmx", now=NOW)
    engine = EchoEngine()
    translation = opened(title="T", abstract="We study  an effect. Other.")
    translate_batch(plan(MemoryEngine(), engine), clock=clock())
    assert sorted(engine.asked) == ["Other.", "T"]
    remembered = translation.segments.get(text="ある効果を調べる。")
    assert remembered.origin == SegmentOrigin.MEMORY
    assert remembered.memory_entry is not None
    assert remembered.engine == "memory"


def test_a_failing_engine_falls_through_to_the_next():
    translation = opened(abstract="One.")
    translate_batch(plan(DownEngine(), EchoEngine()), clock=clock())
    assert {s.engine for s in translation.segments.all()} == {"echo"}


def test_without_an_engine_sentences_wait_and_the_translation_says_why():
    translation = opened()
    translate_batch(plan(MemoryEngine()), clock=clock())
    translation.refresh_from_db()
    assert translation.status == TranslationStatus.WAITING
    assert translation.status_reason
    assert set(translation.segments.values_list("state", flat=True)) == {SegmentState.WAITING}


def test_what_waited_goes_on_when_an_engine_appears():
    translation = opened()
    translate_batch(plan(MemoryEngine()), clock=clock())
    assert retry_waiting(now=NOW) == 4
    translate_batch(plan(MemoryEngine(), EchoEngine()), clock=clock())
    assert set(translation.segments.values_list("state", flat=True)) == {SegmentState.DONE}


def test_what_waited_goes_on_when_the_memory_learns_it():
    opened(title="T", abstract="Known soon.")
    translate_batch(plan(MemoryEngine()), clock=clock())
    unit = MemoryUnit("en", "ja", "Known soon.", "やがて知られる。")
    import_units([unit], collection="later.tmx", now=NOW)
    assert Segment.objects.claimable(NOW).count() == 1


def test_an_outage_makes_sentences_rest_and_uses_up_no_attempt():
    translation = opened(title="T", abstract="")
    moment = NOW
    for _ in range(MOST_ATTEMPTS * 2):
        assert translate_batch(plan(DownEngine()), clock=clock(moment)) == 1
        assert translate_batch(plan(DownEngine()), clock=clock(moment)) == 0
        moment += timedelta(hours=1)
    segment = translation.segments.get()
    assert segment.state == SegmentState.PENDING
    assert "down" in segment.last_error


def test_a_sentence_that_no_engine_can_do_fails_after_some_attempts_and_keeps_the_reason():
    translation = opened(title="T", abstract="")
    moment = NOW
    for _ in range(MOST_ATTEMPTS):
        assert translate_batch(plan(GarblingEngine()), clock=clock(moment)) == 1
        moment += timedelta(hours=1)
    segment = translation.segments.get()
    assert (segment.state, segment.last_error, segment.text) == (SegmentState.FAILED, "no JSON", "")


def test_a_claimed_sentence_is_not_claimed_again_until_the_lease_ends():
    opened(title="T", abstract="")
    with transaction.atomic():
        Segment.objects.claim(limit=10, lease=uuid.uuid4(), now=NOW, seconds=60)
    assert not Segment.objects.claimable(NOW + timedelta(seconds=59)).exists()
    assert Segment.objects.claimable(NOW + timedelta(seconds=60)).exists()


def test_a_worker_that_comes_back_too_late_writes_nothing():
    translation = opened(title="T", abstract="")
    late, fast = uuid.uuid4(), uuid.uuid4()
    (segment,) = Segment.objects.claim(limit=10, lease=late, now=NOW, seconds=60)
    Segment.objects.claim(limit=10, lease=fast, now=NOW + timedelta(seconds=61), seconds=60)
    assert commit(fast, {segment.pk: Outcome("echo", "1", "速い")}, now=NOW) == 1
    assert commit(late, {segment.pk: Outcome("echo", "1", "遅い")}, now=NOW) == 0
    assert texts(translation) == ["速い"]


def test_a_sentence_approved_while_the_machine_worked_keeps_the_persons_text():
    translation = opened(title="T", abstract="")
    lease = uuid.uuid4()
    (segment,) = Segment.objects.claim(limit=10, lease=lease, now=NOW, seconds=60)
    translation.segments.update(
        text="人の訳", state=SegmentState.DONE, origin=SegmentOrigin.PERSON, approved_at=NOW
    )
    assert commit(lease, {segment.pk: Outcome("echo", "1", "機械の訳")}, now=NOW) == 0
    assert texts(translation) == ["人の訳"]


def test_a_new_version_keeps_approved_sentences_whose_source_is_unchanged(django_user_model):
    editor = django_user_model.objects.create(username="editor", is_superuser=True)
    translation = opened(title="T", abstract="It stays. It goes.")
    translate_batch(plan(EchoEngine()), clock=clock())
    translation.segments.filter(source="It stays.").update(
        text="これは残る。", origin=SegmentOrigin.PERSON, approved_at=NOW, approved_by=editor
    )
    paper = translation.paper
    paper.abstract, paper.text_fingerprint, paper.latest_version = "It stays. It is new.", "2", 2
    paper.save()
    open_translations([paper.pk], "ja", now=NOW)
    fresh = paper.translations.get(version=2)
    assert dict(fresh.segments.values_list("source", "text")) == {
        "T": "",
        "It stays.": "これは残る。",
        "It is new.": "",
    }
    assert fresh.segments.get(source="It stays.").approved_by == editor
    translation.refresh_from_db()
    assert translation.status == TranslationStatus.SUPERSEDED


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"approved_at": NOW}, id="approved without text"),
        pytest.param({"state": SegmentState.DONE}, id="done without text"),
    ],
)
def test_the_database_refuses_a_segment_that_claims_a_text_it_does_not_have(wrong):
    translation = opened(title="T", abstract="")
    with pytest.raises(IntegrityError), transaction.atomic():
        translation.segments.update(**wrong)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 10), (2, 20), (3, 40), (20, 3600), (10_000, 3600)]
)
def test_rests_double_up_to_an_hour(attempts, seconds):
    assert rest_after(attempts) == timedelta(seconds=seconds)


class PaidEngine(EchoEngine):
    """Answers in half-width punctuation, and counts tokens."""

    name = "paid"

    def translate(self, texts, source, target, contexts=()):
        """Return a text that the house style corrects."""
        return [Result("効果 (1) を調べる．", tokens_in=100, tokens_out=40) for _ in texts]


def test_the_machines_text_is_brought_into_the_house_style_and_kept_as_it_came():
    translation = opened(title="", abstract="We study effect (1).")
    translate_batch(plan(PaidEngine()), clock=clock())
    segment = translation.segments.get()
    assert segment.machine_text == "効果 (1) を調べる．"
    assert segment.text == "効果（1）を調べる。"
    assert segment.fixes


def test_what_a_person_remembers_is_not_corrected():
    import_units([MemoryUnit("en", "ja", "One.", "一 (1) ．")], collection="a.tmx", now=NOW)
    translation = opened(title="", abstract="One.")
    translate_batch(plan(MemoryEngine()), clock=clock())
    assert translation.segments.get().text == "一 (1) ．"


def test_tokens_and_cost_are_stored_and_shared_by_identical_sentences():
    for _ in range(2):
        opened(title="", abstract="We study effect (1).")
    prices = {"paid": (Decimal(3), Decimal(15))}
    translate_batch(replace(plan(PaidEngine()), prices=prices), clock=clock())
    assert (
        list(Segment.objects.values_list("tokens_in", "tokens_out", "cost"))
        == [(50, 20, Decimal("0.00045"))] * 2
    )


def test_engines_are_told_the_part_the_paper_the_terms_and_like_sentences():
    GlossaryTerm.objects.create(
        source_language="en",
        target_language="ja",
        source="effect",
        folded="effect",
        target="効果",
        created_at=NOW,
        updated_at=NOW,
    )
    unit = MemoryUnit("en", "ja", "We study one effect today.", "今日は一つの効果を調べる。")
    import_units([unit], collection="a.tmx", now=NOW)
    translation = opened(title="On it", abstract="We study one effect today again.")
    segments = list(translation.segments.select_related("translation__paper").order_by("-field"))
    title, sentence = contexts_with_terms("en", 2)(segments)
    assert (title.field, sentence.field) == ("title", "abstract")
    assert "We study one effect today again." in title.document
    assert [(term.source, term.target) for term in sentence.terms] == [("effect", "効果")]
    assert sentence.examples == (("We study one effect today.", "今日は一つの効果を調べる。"),)
    assert contexts_with_terms("en", 0)(segments)[1].examples == ()


class BrokenSetting:
    """An engine whose class does not take its options."""

    def __init__(self) -> None:
        raise ValueError("no such mode")


@pytest.mark.parametrize(
    ("engines", "reason"),
    [
        pytest.param({}, "No translation engine is named 'depel'", id="misspelt"),
        pytest.param({"depel": {"BACKEND": "no.such.Engine"}}, "cannot be imported", id="no class"),
        pytest.param(
            {"depel": {"BACKEND": f"{__name__}.BrokenSetting"}}, "no such mode", id="broken"
        ),
    ],
)
def test_an_engine_that_cannot_be_built_stops_neither_the_memory_nor_other_engines(
    engines: dict, reason: str
) -> None:
    unit = MemoryUnit("en", "ja", "Known title", "既知の題名")
    import_units([unit], collection="a.tmx", now=NOW)
    known = opened(title="Known title", abstract="Unknown sentence here.")
    configured = engines | {"memory": {"BACKEND": "apps.translation.engines.memory.MemoryEngine"}}
    broken = replace(
        plan(MemoryEngine()),
        engine=lambda name: build_engine(name, configured),
        chains=[{"engines": ["memory", "depel"]}],
    )
    assert translate_batch(broken, clock=clock()) == 2
    assert texts(known) == ["既知の題名", ""]
    title, sentence = known.segments.order_by("-field", "position")
    assert title.state == SegmentState.DONE
    assert sentence.state == SegmentState.WAITING
    assert reason in sentence.last_error
    # The engines behind it go on.
    echo = EchoEngine()
    other = opened(title="Another", abstract="One more.")
    behind = replace(
        broken,
        engine=lambda name: echo if name == echo.name else build_engine(name, configured),
        chains=[{"engines": ["memory", "depel", echo.name]}],
    )
    translate_batch(behind, clock=clock())
    assert all(texts(other))
