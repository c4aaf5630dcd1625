"""Corrections everywhere: applied, undone, and added to the glossary."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from apps.review.corrections.apply import (
    MARK,
    MOST_AT_ONCE,
    TooManyAtOnce,
    apply_fix,
    undo_batch,
)
from apps.review.corrections.glossary import corrected_entry, save_corrected_term
from apps.review.models import Claim, Decision, DecisionKind
from apps.review.permissions import GLOSSARY_KEEPERS, TRANSLATORS, NotAllowed
from apps.translation.glossary.entries import BadTerm
from apps.translation.models import (
    GlossaryTerm,
    MemoryEntry,
    Segment,
    SegmentOrigin,
    SegmentState,
    Translation,
)
from apps.translation.pipeline.open import open_translations
from apps.translation.status import TranslationStatus
from tests.support.acts import approve_sentences, claim, hold, retranslate, unpublish
from tests.support.builders import NOW, build_paper
from tests.support.fix_sentences import (
    BAD,
    GOOD,
    LATER,
    RIGHT,
    TERM,
    WRONG,
    again,
    edited,
    fix,
    published,
    waiting,
)

pytestmark = pytest.mark.django_db


# Correcting.


def test_a_correction_changes_the_term_and_approves_nothing(editor):
    shown, hidden = published(), waiting()
    batch = uuid4()
    outcome = fix(shown, hidden, actor=editor, batch=batch)
    assert (outcome.sentences, outcome.skipped) == (2, [])
    for segment in (again(shown), again(hidden)):
        assert segment.text == GOOD
        assert segment.approved_at is None
        assert segment.origin != SegmentOrigin.PERSON
        assert segment.fixes == [MARK]
        segment.translation.refresh_from_db()
        assert segment.translation.abstract == GOOD
    decisions = Decision.objects.filter(batch=batch)
    assert {(item.kind, item.actor) for item in decisions} == {(DecisionKind.FIX, editor)}
    assert decisions[0].detail["fix"] == {"wrong": WRONG, "right": RIGHT, "source_term": TERM}
    assert not Claim.objects.exists()
    assert not MemoryEntry.objects.exists()


def test_a_correction_releases_a_translation_that_a_check_held(editor):
    GlossaryTerm.objects.create(
        source_language="en", target_language="ja", source="LLM", folded="llm", target="LLM",
        forbidden=["LSM"], created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    segment = waiting()
    assert segment.translation.status == TranslationStatus.HELD
    fix(segment, actor=editor)
    assert again(segment).translation.status == TranslationStatus.READY
    assert not again(segment).findings.filter(name="terms").exists()
    assert Decision.objects.get().detail["segments"][0]["settled"] == ["acronyms", "terms"]


def test_a_translation_held_by_a_person_stays_held(editor):
    segment = published()
    unpublish(segment.translation_id, actor=editor, reason="", now=NOW)
    hold(segment.translation_id, actor=editor, reason="見直す", now=NOW)
    fix(segment, actor=editor)
    translation = again(segment).translation
    assert (translation.status, translation.status_reason) == (TranslationStatus.HELD, "見直す")
    assert again(segment).text == GOOD


def edit_it(segment, editor, people):
    edited(segment, "人の訳 LSM。", editor)
    Claim.objects.all().delete()


def approve_it(segment, editor, people):
    approve_sentences(segment.translation_id, [segment.pk], actor=editor, now=NOW)
    Claim.objects.all().delete()


def change_it(segment, editor, people):
    Segment.objects.filter(pk=segment.pk).update(text="機械の別の訳 LSM。")


def claim_it(segment, editor, people):
    claim(segment.translation_id, actor=people("other", TRANSLATORS), now=LATER)


def send_it_back(segment, editor, people):
    unpublish(segment.translation_id, actor=editor, reason="", now=NOW)
    retranslate(segment.translation_id, actor=editor, now=NOW)


def replace_it(segment, editor, people):
    Translation.objects.filter(pk=segment.translation_id).update(status="superseded")


MEANWHILE = [edit_it, approve_it, change_it, claim_it, send_it_back, replace_it]


@pytest.mark.parametrize("happen", MEANWHILE, ids=lambda happen: happen.__name__)
def test_sentences_that_changed_are_skipped_and_reported(editor, person, happen):
    one, other = published(), published()
    happen(one, editor, person)
    before = again(one).text
    outcome = fix(one, other, actor=editor)
    assert again(one).text == before
    assert again(other).text == GOOD
    (skipped,) = outcome.skipped
    assert (skipped.segment, skipped.paper) == (one.pk, again(one).translation.paper.arxiv_id)
    assert skipped.why


def test_a_correction_takes_at_most_500_sentences(editor):
    with pytest.raises(TooManyAtOnce):
        apply_fix(
            WRONG, RIGHT, dict.fromkeys(range(MOST_AT_ONCE + 1), ""),
            actor=editor, batch=uuid4(), now=NOW,
        )  # fmt: skip


def test_a_correction_needs_the_right_to_edit(person):
    segment, nobody = published(), person("somebody", GLOSSARY_KEEPERS)
    with pytest.raises(NotAllowed):
        fix(segment, actor=nobody)
    with pytest.raises(NotAllowed):
        undo_batch(uuid4(), actor=nobody, now=NOW)


# Undo.


def test_undo_restores_all_sentences(editor):
    segments, batch = [published(), waiting()], uuid4()
    fix(*segments, actor=editor, batch=batch)
    outcome = undo_batch(batch, actor=editor, now=LATER)
    assert (outcome.sentences, outcome.skipped) == (2, [])
    assert [again(item).text for item in segments] == [BAD, BAD]
    assert [again(item).fixes for item in segments] == [[], []]
    assert {item.kind for item in outcome.decisions} == {DecisionKind.UNDO}
    assert again(segments[0]).translation.abstract == BAD
    assert undo_batch(batch, actor=editor, now=LATER).sentences == 0


@pytest.mark.parametrize("happen", MEANWHILE, ids=lambda happen: happen.__name__)
def test_undo_skips_sentences_that_changed_since(editor, person, happen):
    one, other, batch = published(), published(), uuid4()
    fix(one, other, actor=editor, batch=batch)
    happen(one, editor, person)
    before = again(one).text
    outcome = undo_batch(batch, actor=editor, now=LATER)
    assert (again(one).text, again(other).text) == (before, BAD)
    assert [item.segment for item in outcome.skipped] == [one.pk]


def test_skipped_sentences_can_be_undone_later(editor, person):
    segment, batch = published(), uuid4()
    fix(segment, actor=editor, batch=batch)
    claim_it(segment, editor, person)
    assert undo_batch(batch, actor=editor, now=LATER).sentences == 0
    Claim.objects.all().delete()
    assert undo_batch(batch, actor=editor, now=LATER).sentences == 1


@examples(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    texts=st.lists(
        st.text(alphabet="LSMA政治方策はを。", min_size=1, max_size=10), min_size=1, max_size=4
    ),
    wrong=st.text(alphabet="LSM政治", min_size=1, max_size=3),
    right=st.text(alphabet="LM方策政", min_size=1, max_size=3),
    approved=st.sets(st.integers(0, 3)),
)
def test_a_correction_and_its_undo_leave_every_text_as_before(
    editor, texts, wrong, right, approved
):
    paper = build_paper(title="T", abstract=" ".join(f"Sentence {n} is it." for n in range(4)))
    open_translations([paper.pk], "ja", now=NOW)
    translation = paper.translations.get()
    segments = list(translation.segments.order_by("-field", "position"))
    for place, segment in enumerate(segments):
        segment.text, segment.state = texts[place % len(texts)], SegmentState.DONE
        segment.approved_at = NOW if place in approved else None
        segment.save()
    before = {item.pk: item.text for item in segments}
    kept = {item.pk: item.text for item in segments if item.approved_at}
    batch = uuid4()
    fix(*segments, actor=editor, batch=batch, wrong=wrong, right=right)
    after = dict(translation.segments.values_list("pk", "text"))
    assert {key: after[key] for key in kept} == kept
    outcome = undo_batch(batch, actor=editor, now=LATER)
    assert outcome.skipped == []
    assert dict(translation.segments.values_list("pk", "text")) == before


# The glossary.


def test_a_correction_becomes_a_term(editor):
    entry = corrected_entry("LLM", "LLM", language="ja", scope="cs.*", forbidden="LSM")
    term = save_corrected_term(entry, actor=editor, now=NOW)
    assert (term.source, term.target, term.scope) == ("LLM", "LLM", "cs.*")
    assert (term.forbidden, term.created_by, term.updated_by) == (["LSM"], editor, editor)


def test_an_existing_term_gets_the_forbidden_rendering(editor):
    save_corrected_term(
        corrected_entry("LLM", "LLM", language="ja", forbidden="LCM"), actor=editor, now=NOW
    )
    entry = corrected_entry("LLMs".removesuffix("s"), "LLM", language="ja", forbidden="LSM")
    save_corrected_term(entry, actor=editor, now=LATER)
    assert GlossaryTerm.objects.get().forbidden == ["LCM", "LSM"]


def test_a_term_with_another_rendering_is_not_overwritten(editor):
    save_corrected_term(
        corrected_entry("LLM", "大規模言語モデル", language="ja"), actor=editor, now=NOW
    )
    with pytest.raises(BadTerm, match="大規模言語モデル"):
        corrected_entry("LLM", "LLM", language="ja")


def test_saving_a_term_needs_the_right(person):
    entry = corrected_entry("LLM", "LLM", language="ja")
    with pytest.raises(NotAllowed):
        save_corrected_term(entry, actor=person("somebody", TRANSLATORS), now=NOW)
