"""Every engine's answer is judged before it is stored; a bad one costs its own text only."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import OperationalError

from apps.text.protection.placeholders import BRACKETS
from apps.translation.engines.base import (
    Context,
    EngineMissing,
    EngineUnavailable,
    Result,
)
from apps.translation.engines.validation import translation_fault, validate_result
from apps.translation.models import Segment, SegmentState, Translation
from apps.translation.pipeline.commit import MOST_ATTEMPTS, retry_waiting
from apps.translation.pipeline.open import open_translations
from apps.translation.pipeline.translate import Plan, translate_batch
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW, build_paper
from tests.support.engines import DownEngine, EchoEngine

SENTENCE = "We study the effect of heat on models."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(SENTENCE, "モデルに対する熱の効果を調べる。", id="Japanese"),
        pytest.param("BERT", "BERT", id="a name stays"),
        pytest.param("GPT-4 vs. LLaMA 3", "GPT-4 vs. LLaMA 3", id="names only"),
        pytest.param("⟦0⟧ and ⟦1⟧", "⟦0⟧, ⟦1⟧", id="placeholders only"),
        pytest.param("The \\emph{X}", "X", id="a TeX command is no word"),
    ],
)
def test_a_translation_is_let_through(source: str, text: str) -> None:
    assert translation_fault(source, text, "ja") == ""


@pytest.mark.parametrize(
    ("source", "text", "target", "fault"),
    [
        pytest.param(SENTENCE, SENTENCE, "ja", "another language", id="untranslated"),
        pytest.param(SENTENCE, "Wir untersuchen Wärme.", "ja", "another language", id="German"),
        pytest.param(SENTENCE, "열의 영향을 연구한다.", "ja", "another language", id="Korean"),
        pytest.param(SENTENCE, "我们研究了热量对这些模型的影响", "ja", "Chinese", id="Chinese"),
        pytest.param(SENTENCE, " \n", "ja", "empty", id="white space"),
        pytest.param(SENTENCE, "熱を調べる。", "ko", "another language", id="Japanese for Korean"),
    ],
)
def test_what_is_no_translation_is_named(source: str, text: str, target: str, fault: str) -> None:
    assert fault in translation_fault(source, text, target)


def test_a_title_may_be_of_chinese_characters_only() -> None:
    title = "高温超伝導体電子構造計算手法比較"
    assert (
        translation_fault("Comparing methods for superconductors", title, "ja", field="title") == ""
    )
    assert translation_fault("Comparing methods for superconductors", title, "ja") != ""


def test_what_a_person_wrote_is_not_judged() -> None:
    remembered = Result("As it is.", memory_entry=7)
    assert validate_result(SENTENCE, remembered, "ja") == remembered


class OddEngine(EchoEngine):
    """Answers with `answer(texts)`, which may raise."""

    name = "odd"
    mask_style = BRACKETS

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        contexts: Sequence[Context] = (),
    ) -> list[Result]:
        self.asked += texts
        results: list[Result] = self.answer(list(texts))
        return results


def breaks_on(word: str) -> Any:
    def answer(texts: list[str]) -> list[Result]:
        if any(word in text for text in texts):
            raise RuntimeError("cannot compute")
        return [Result(f"訳：{text}") for text in texts]

    return answer


def plan(*engines: Any) -> Plan:
    named = {engine.name: engine for engine in engines}
    return Plan(
        source_language="en",
        engine=named.__getitem__,
        chains=[{"engines": list(named)}],
        batch=100,
        lease_seconds=60,
    )


def translated(*engines: Any) -> None:
    translate_batch(plan(*engines), clock=lambda: NOW)


def opened(title: str, abstract: str) -> Translation:
    paper = build_paper(title=title, abstract=abstract)
    open_translations([paper.pk], "ja", now=NOW)
    return paper.translations.get()


def states() -> dict[str, tuple[str, str]]:
    rows = Segment.objects.values_list("source", "state", "text")
    return {source: (state, text) for source, state, text in rows}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        pytest.param(lambda texts: [], "0 results for 2", id="nothing"),
        pytest.param(lambda texts: [Result("訳")], "1 results for 2", id="too few"),
        pytest.param(lambda texts: [Result("訳")] * 3, "3 results for 2", id="too many"),
        pytest.param(lambda texts: [Result("")] * 2, "empty", id="empty texts"),
        pytest.param(
            lambda texts: [Result(text) for text in texts], "another language", id="untranslated"
        ),
        pytest.param(breaks_on(""), "RuntimeError: cannot compute", id="it breaks"),
    ],
)
def test_a_bad_answer_is_never_stored_and_ends_in_a_clear_state(answer: Any, error: str) -> None:
    opened("A title with words about heat", SENTENCE)
    translated(OddEngine(answer))
    assert {state for state, _ in states().values()} == {SegmentState.PENDING}
    assert all(text == "" for _, text in states().values())
    assert all(error in segment.last_error for segment in Segment.objects.all())
    Segment.objects.update(attempts=MOST_ATTEMPTS - 1, claimable_at=NOW)
    translated(OddEngine(answer))
    assert {state for state, _ in states().values()} == {SegmentState.FAILED}


@pytest.mark.django_db
def test_a_text_that_breaks_the_engine_does_not_take_others_with_it() -> None:
    opened("T", "The poison is here.")
    opened("U", "It is safe here.")
    translated(OddEngine(breaks_on("poison")))
    assert states()["It is safe here."] == (SegmentState.DONE, "訳：It is safe here.")
    assert states()["The poison is here."] == (SegmentState.PENDING, "")


@pytest.mark.django_db
def test_after_a_bad_answer_the_next_engine_is_asked() -> None:
    opened("T", SENTENCE)
    translated(OddEngine(lambda texts: [Result(text) for text in texts]), EchoEngine())
    assert states()[SENTENCE] == (SegmentState.DONE, f"訳：{SENTENCE}")


@pytest.mark.django_db
def test_a_lost_database_is_not_the_engines_fault() -> None:
    def lost(texts: list[str]) -> list[Result]:
        raise OperationalError("connection lost")

    opened("T", SENTENCE)
    with pytest.raises(OperationalError):
        translated(OddEngine(lost))


def raising(error: Exception) -> Any:
    def answer(texts: list[str]) -> list[Result]:
        raise error

    return answer


@pytest.mark.django_db
def test_without_the_model_sentences_wait_and_the_translation_says_what_to_do() -> None:
    translation = opened("T", SENTENCE)
    missing = OddEngine(raising(EngineMissing("There is no model. Run fetch_model.")))
    translated(missing)
    translation.refresh_from_db()
    assert translation.status == TranslationStatus.WAITING
    assert translation.status_reason == "There is no model. Run fetch_model."
    assert {state for state, _ in states().values()} == {SegmentState.WAITING}
    retry_waiting(now=NOW)
    translated(EchoEngine())
    assert states()[SENTENCE] == (SegmentState.DONE, f"訳：{SENTENCE}")


@pytest.mark.django_db
def test_an_outage_behind_a_missing_model_is_worth_coming_back_for() -> None:
    opened("T", SENTENCE)
    translated(OddEngine(raising(EngineMissing("no model"))), DownEngine())
    assert {state for state, _ in states().values()} == {SegmentState.PENDING}


@pytest.mark.django_db
def test_a_part_of_a_batch_that_could_not_be_asked_for_does_not_use_up_its_attempts() -> None:
    opened("T", SENTENCE)
    Segment.objects.update(attempts=MOST_ATTEMPTS)
    translated(OddEngine(lambda texts: [Result(None, error="503", unavailable=True)] * len(texts)))
    assert {state for state, _ in states().values()} == {SegmentState.PENDING}


@pytest.mark.django_db
def test_the_engine_is_told_the_part_and_the_paper() -> None:
    told: list[Context] = []

    class Listening(EchoEngine):
        def translate(
            self,
            texts: Sequence[str],
            source: str,
            target: str,
            contexts: Sequence[Context] = (),
        ) -> list[Result]:
            told.extend(contexts)
            return super().translate(texts, source, target, contexts)

    opened("Same words", "Same words")
    translated(Listening())
    assert sorted(context.field for context in told) == ["abstract", "title"]
    assert {context.document for context in told} == {"Same words\n\nSame words"}


@pytest.mark.django_db
def test_an_engine_that_is_unavailable_says_so_on_the_sentence() -> None:
    opened("T", SENTENCE)
    translated(OddEngine(raising(EngineUnavailable("The server is down."))))
    assert {s.last_error for s in Segment.objects.all()} == {"The server is down."}


def test_control_characters_that_no_database_stores_are_taken_out() -> None:
    answer = validate_result(
        "An effect is studied here.", Result("効果\0を\x1b調べる。\ud800"), "ja"
    )
    assert answer.text == "効果を調べる。"
