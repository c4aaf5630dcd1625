"""Corrections everywhere: offers after an edit, and the search for the same error."""

from datetime import timedelta

import pytest
from django.db import connection

from apps.review.corrections.find import TooGeneral, find_same_error
from apps.review.corrections.offers import Offer, offers_of
from apps.translation.models import (
    GlossaryTerm,
    Translation,
)
from apps.translation.status import TranslationStatus
from tests.support.acts import approve_sentences
from tests.support.builders import NOW
from tests.support.fix_sentences import (
    BAD,
    GOOD,
    SOURCE,
    TERM,
    WRONG,
    edited,
    published,
    search,
    waiting,
)
from tests.support.published import index_all

pytestmark = pytest.mark.django_db


# Offers.


def test_an_edit_offers_the_term_it_corrected(editor):
    decision = edited(published(), GOOD, editor)
    assert offers_of(decision) == [Offer("LSM", "LLM", "LLM")]


def test_an_offer_takes_the_source_term_from_the_glossary(editor):
    GlossaryTerm.objects.create(
        source_language="en", target_language="ja", source="off-policy", folded="offpolicy",
        target="オフポリシー", created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    segment = published("政治の学習を行う。", "We do off-policy learning.")
    (offer,) = offers_of(edited(segment, "オフポリシーの学習を行う。", editor))
    assert offer == Offer("政治", "オフポリシー", "off-policy")


def test_an_offer_leaves_an_unknown_source_term_empty(editor):
    segment = published("政治の学習を行う。", "We do off-policy learning.")
    (offer,) = offers_of(edited(segment, "方策外の学習を行う。", editor))
    assert offer.source_term == ""


def test_an_edit_of_other_things_offers_nothing(editor):
    assert offers_of(edited(published("学習をする。"), "学習をした。", editor)) == []


def test_offers_cost_the_same_for_any_edit(editor, django_assert_max_num_queries):
    decision = edited(published(), GOOD, editor)
    with django_assert_max_num_queries(4):
        offers_of(decision)


# The search.


def test_the_same_error_is_found_published_or_not(editor):
    shown, hidden = published(), waiting()
    published("LLMを訓練する。")
    index_all()
    assert search() == [shown.pk, hidden.pk]


def test_translations_not_yet_indexed_are_found():
    segment = published()
    assert search() == [segment.pk]


NOT_FOUND = {
    "no error": (GOOD, SOURCE),
    "another term in the source": (BAD, "We train a model on text."),
    "inside of another word": ("LSMAを訓練する。", SOURCE),
    "in other letters": ("lsmを訓練する。", SOURCE),
}


@pytest.mark.parametrize(("text", "source"), NOT_FOUND.values(), ids=NOT_FOUND)
@pytest.mark.parametrize("make", [published, waiting], ids=["published", "waiting"])
def test_other_sentences_are_not_found(text, source, make):
    make(text, source)
    index_all()
    assert search() == []


@pytest.mark.parametrize("wrong", ["政治", "政治の学", "治", "LSM モデル", "学習"])
def test_a_wrong_rendering_of_any_length_and_script_is_found(wrong):
    segments = [make("LSM モデルで政治の学習をする。", SOURCE).pk for make in (published, waiting)]
    index_all()
    assert search(wrong) == segments


@pytest.mark.parametrize("wrong", ["", "。", "治"])
def test_a_rendering_that_is_too_general_is_refused(wrong):
    with pytest.raises(TooGeneral):
        search(wrong, "")


def test_without_a_source_term_every_sentence_counts():
    segment = published(BAD, "Something else is here.")
    index_all()
    assert search(term="") == [segment.pk]


def test_approved_and_superseded_sentences_are_left_out(editor):
    approved, replaced, kept = published(), published(), published()
    approve_sentences(approved.translation_id, [approved.pk], actor=editor, now=NOW)
    Translation.objects.filter(pk=replaced.translation_id).update(
        status=TranslationStatus.SUPERSEDED
    )
    index_all()
    assert search() == [kept.pk]


def test_results_are_newest_first_and_tell_if_there_are_more():
    segments = [published(submitted_at=NOW - timedelta(hours=hours)) for hours in (3, 1, 2)]
    index_all()
    found = find_same_error(WRONG, TERM, "ja", limit=2, now=NOW)
    assert not found.is_all
    assert [item.pk for item in found.segments] == [segments[1].pk, segments[2].pk]
    assert find_same_error(WRONG, TERM, "ja", limit=3, now=NOW).is_all


def test_a_slow_search_returns_an_incomplete_result(settings):
    waiting()
    settings.SEARCH_TIMEOUT_MS = 1
    with connection.execute_wrapper(slowly):
        found = find_same_error(WRONG, TERM, "ja", limit=9, now=NOW)
    assert not found.is_all


def slowly(execute, sql, params, many, context):
    """Delay the queries for sentences."""
    if "translation_segment" in sql:
        context["cursor"].execute("SELECT pg_sleep(0.2)")
    return execute(sql, params, many, context)


def test_all_batches_are_read(monkeypatch):
    monkeypatch.setattr("apps.review.corrections.find.BATCH", 2)
    segments = [make().pk for make in (published, waiting) for _ in range(5)]
    index_all()
    assert sorted(search()) == sorted(segments)


def test_reading_stops_at_the_limit_and_tells_it(monkeypatch):
    monkeypatch.setattr("apps.review.corrections.find.BATCH", 2)
    monkeypatch.setattr("apps.review.corrections.find.MOST_WALKED", 4)
    for _ in range(7):
        waiting()
    found = find_same_error(WRONG, TERM, "ja", limit=100, now=NOW)
    assert (len(found.segments), found.is_all) == (4, False)
