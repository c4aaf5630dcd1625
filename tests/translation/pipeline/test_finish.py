"""Checking, putting together, summing up."""

import pytest

from apps.translation.models import (
    FindingSeverity,
    Segment,
    SegmentState,
    SummaryOrigin,
    Translation,
)
from apps.translation.pipeline.finish import UNTRANSLATED, finish_batch, join_texts
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW
from tests.support.translations import ABSTRACT, GOOD, translated_by

pytestmark = pytest.mark.django_db


def test_a_clean_translation_is_ready_and_put_together():
    translation = translated_by(GOOD, abstract=ABSTRACT)
    assert finish_batch(now=NOW) == 1
    translation.refresh_from_db()
    assert translation.status == TranslationStatus.READY
    assert translation.title == "題名"
    assert translation.abstract == "三つの効果を調べる。第一の効果は5倍大きい。"
    assert translation.summary == translation.abstract
    assert translation.summary_origin == SummaryOrigin.EXTRACTED
    assert translation.updated_at == NOW


def test_a_blocking_finding_holds_the_translation_and_is_kept_with_its_sentence():
    wrong = GOOD | {"The first is 5 times larger.": "第一の効果は8倍大きい。"}
    translation = translated_by(wrong, abstract=ABSTRACT)
    finish_batch(now=NOW)
    translation.refresh_from_db()
    assert translation.status == TranslationStatus.HELD
    finding = translation.findings.get(severity=FindingSeverity.BLOCKING)
    assert finding.segment.text == "第一の効果は8倍大きい。"
    assert finding.name in translation.status_reason
    assert "8" in finding.segment.text[finding.start : finding.end] or finding.end == 0


def test_a_sentence_without_a_text_holds_the_translation():
    translation = translated_by(GOOD | {"We study three effects.": ""}, abstract=ABSTRACT)
    finish_batch(now=NOW)
    translation.refresh_from_db()
    assert translation.status == TranslationStatus.HELD
    assert translation.findings.get(severity="blocking").name == UNTRANSLATED


def test_a_translation_with_open_sentences_is_left_alone():
    translation = translated_by(GOOD, abstract=ABSTRACT)
    translation.segments.filter(position=1).update(state=SegmentState.PENDING)
    assert finish_batch(now=NOW) == 0


def test_what_a_person_approved_is_not_checked():
    wrong = GOOD | {"The first is 5 times larger.": "第一の効果は8倍大きい。"}
    translation = translated_by(wrong, abstract=ABSTRACT)
    translation.segments.update(approved_at=NOW)
    finish_batch(now=NOW)
    translation.refresh_from_db()
    assert translation.status == TranslationStatus.READY


def test_a_summary_that_a_person_wrote_stays():
    translation = translated_by(GOOD, abstract=ABSTRACT)
    Translation.objects.update(summary="人の要約。", summary_origin=SummaryOrigin.PERSON)
    finish_batch(now=NOW)
    translation.refresh_from_db()
    assert translation.summary == "人の要約。"


def test_an_empty_abstract_gives_a_title_without_a_summary():
    translation = translated_by({}, abstract="")
    finish_batch(now=NOW)
    translation.refresh_from_db()
    assert (translation.title, translation.abstract, translation.summary) == ("題名", "", "")
    assert translation.summary_origin == ""


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        pytest.param([(0, "一。"), (0, "二。")], "一。二。", id="Japanese runs on"),
        pytest.param([(0, "一。"), (1, "二。")], "一。\n二。", id="paragraphs"),
        pytest.param([(0, "One."), (0, "Two.")], "One. Two.", id="Latin is spaced"),
        pytest.param([(0, "一。"), (0, ""), (0, "三。")], "一。三。", id="a gap"),
        pytest.param([], "", id="nothing"),
    ],
)
def test_sentences_are_joined_as_their_language_wants(sentences, expected):
    assert join_texts(Segment(paragraph=p, text=t) for p, t in sentences) == expected
