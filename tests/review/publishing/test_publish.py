"""Publishing, taking down and editing single translations."""

from datetime import timedelta

import pytest

from apps.papers.models import ChangeKind, Paper, PaperChange
from apps.review.day_counts import recount_days, recount_withdrawals
from apps.review.models import Decision, DecisionKind, ListedDay
from apps.review.publishing.policy import publish_ready
from apps.review.refusals import CannotEdit, CannotPublish
from apps.translation.models import (
    MemoryEntry,
    Segment,
    SegmentOrigin,
    SegmentState,
    Translation,
)
from apps.translation.pipeline.finish import finish_batch
from apps.translation.pipeline.open import open_translations
from apps.translation.status import (
    PUBLIC,
    TRANSITIONS,
    ForbiddenTransition,
    TranslationStatus,
    require_transition,
)
from tests.support.acts import (
    approve_sentences,
    edit_segments,
    edit_summary,
    hold,
    publish,
    retranslate,
    unpublish,
)
from tests.support.builders import NOW
from tests.support.translations import RIGHT, WRONG, translated

pytestmark = pytest.mark.django_db
S = TranslationStatus
LATER = NOW + timedelta(hours=1)


def status_of(translation: Translation) -> str:
    translation.refresh_from_db()
    return translation.status


def test_every_status_has_transitions_and_none_leads_to_itself():
    assert set(TRANSITIONS) == set(S)
    assert all(before not in after for before, after in TRANSITIONS.items())


@pytest.mark.parametrize("before", [S.PENDING, S.WAITING])
@pytest.mark.parametrize("after", sorted(PUBLIC))
def test_an_unfinished_translation_never_becomes_public(before, after):
    with pytest.raises(ForbiddenTransition):
        require_transition(before, after)


def test_the_policy_publishes_clean_translations_as_unreviewed():
    translation = translated()
    assert publish_ready(policy="clean", now=LATER) == 1
    assert status_of(translation) == S.PUBLISHED
    assert translation.published_at == LATER
    decision = Decision.objects.get()
    assert (decision.kind, decision.actor, decision.status_before) == ("publish", None, "ready")


def test_the_policy_can_hold_everything_for_an_editor():
    translated()
    assert publish_ready(policy="held", now=LATER) == 0


def test_a_blocking_finding_prevents_unreviewed_publication(editor):
    translation = translated(WRONG)
    assert publish_ready(policy="clean", now=LATER) == 0
    with pytest.raises((CannotPublish, ForbiddenTransition)):
        publish(translation.pk, actor=editor, reviewed=False, now=LATER)
    assert status_of(translation) == S.HELD


def test_an_editor_can_approve_despite_a_blocking_finding(editor):
    translation = translated(WRONG)
    publish(translation.pk, actor=editor, reviewed=True, reason="as in the table", now=LATER)
    assert status_of(translation) == S.REVIEWED
    assert Decision.objects.get().reason == "as in the table"


def test_approving_fills_the_memory_and_approves_every_sentence(editor):
    translation = translated()
    publish(translation.pk, actor=editor, reviewed=True, now=LATER)
    assert not translation.segments.filter(approved_at__isnull=True).exists()
    assert not Segment.objects.open_to_machines().exists()
    assert set(MemoryEntry.objects.values_list("source", "target")) == {
        ("Title", "題名"),
        ("It holds in 3 cases.", RIGHT),
    }


def test_only_a_person_can_review():
    with pytest.raises(CannotPublish):
        publish(translated().pk, actor=None, reviewed=True, now=LATER)


def test_a_sentence_without_text_cannot_be_published_by_anyone(editor):
    translation = translated()
    translation.segments.filter(field="abstract").update(text="", state=SegmentState.FAILED)
    with pytest.raises(CannotPublish, match="1"):
        publish(translation.pk, actor=editor, reviewed=True, now=LATER)


def test_a_paper_waits_for_its_score():
    translated(scored=False)
    assert publish_ready(policy="clean", now=LATER) == 0


def test_taking_down_hides_at_once_and_can_be_undone(editor):
    translation = translated()
    publish_ready(policy="clean", now=LATER)
    unpublish(translation.pk, actor=editor, reason="wrong paper", now=LATER)
    assert not Translation.objects.published().exists()
    publish(translation.pk, actor=editor, reviewed=False, now=LATER)
    assert Translation.objects.published().get() == translation
    assert list(Decision.objects.order_by("id").values_list("kind", flat=True)) == [
        DecisionKind.PUBLISH,
        DecisionKind.UNPUBLISH,
        DecisionKind.PUBLISH,
    ]


def test_what_is_ready_can_be_held(editor):
    translation = translated()
    hold(translation.pk, actor=editor, reason="second look", now=LATER)
    assert publish_ready(policy="clean", now=LATER) == 0
    assert status_of(translation) == S.HELD


def test_publishing_a_newer_text_supersedes_the_older_in_the_same_moment():
    old = translated()
    publish_ready(policy="clean", now=LATER)
    paper = old.paper
    paper.text_fingerprint, paper.latest_version = "two", 2
    paper.save()
    open_translations([paper.pk], "ja", now=LATER)
    new = paper.translations.get(version=2)
    assert Translation.objects.published().get() == old
    assert old.__class__.objects.get(pk=old.pk).is_stale
    new.segments.update(text=RIGHT, state=SegmentState.DONE)
    new.segments.filter(field="title").update(text="題名")
    finish_batch(now=LATER)
    publish_ready(policy="clean", now=LATER)
    assert Translation.objects.published().get() == new
    assert status_of(old) == S.SUPERSEDED


def test_a_text_that_returns_reuses_its_translation_and_approvals(editor):
    first = translated()
    publish_ready(policy="clean", now=LATER)
    paper = first.paper
    text = paper.text_fingerprint
    paper.text_fingerprint, paper.latest_version = "two", 2
    paper.save()
    open_translations([paper.pk], "ja", now=LATER)
    second = paper.translations.get(version=2)
    second.segments.update(text=RIGHT, state=SegmentState.DONE)
    finish_batch(now=LATER)
    publish(second.pk, actor=editor, reviewed=True, now=LATER)
    assert status_of(first) == S.SUPERSEDED
    with pytest.raises(CannotEdit):
        retranslate(first.pk, actor=editor, now=LATER)
    paper.text_fingerprint, paper.latest_version = text, 3
    paper.save()
    assert open_translations([paper.pk], "ja", now=LATER) == 1
    finish_batch(now=LATER)
    assert status_of(first) == S.READY
    assert first.version == 3
    assert first.segments.get(field="abstract").approved_by == editor


def test_an_edit_reaches_the_same_sentence_of_the_newer_text(editor):
    old = translated()
    publish_ready(policy="clean", now=LATER)
    paper = old.paper
    paper.text_fingerprint, paper.latest_version = "two", 2
    paper.save()
    open_translations([paper.pk], "ja", now=LATER)
    sentence = old.segments.get(field="abstract")
    edit_segments(old.pk, {sentence.pk: "三例で成り立つ。"}, actor=editor, now=LATER)
    carried = paper.translations.get(version=2).segments.get(field="abstract")
    assert (carried.text, carried.approved_by) == ("三例で成り立つ。", editor)


def test_day_counts_follow_publication_in_all_and_per_category(editor):
    translations = [
        translated(categories=["cs.CL", "cs.LG"], submitted_at=NOW),
        translated(categories=["cs.CL"], submitted_at=NOW),
    ]
    publish_ready(policy="clean", now=LATER)
    unpublish(translations[0].pk, actor=editor, reason="", now=LATER)
    kept = dict(ListedDay.objects.filter(papers__gt=0).values_list("category", "papers"))
    assert kept == {"": 1, "cs.CL": 1}
    ListedDay.objects.update(papers=99)
    recount_days("ja", [NOW.date()])
    assert dict(ListedDay.objects.values_list("category", "papers")) == kept


def test_a_withdrawn_paper_leaves_the_count_of_its_day():
    gone, stays = translated(submitted_at=NOW), translated(submitted_at=NOW)
    publish_ready(policy="clean", now=LATER)
    Paper.objects.filter(pk=gone.paper_id).update(withdrawn_at=LATER)
    PaperChange.objects.create(paper=gone.paper, kind=ChangeKind.WITHDRAWN, seen_at=LATER)
    assert recount_withdrawals(["ja"], since=NOW) == 1
    assert set(ListedDay.objects.values_list("papers", flat=True)) == {1}
    assert Translation.objects.listed().get() == stays


def test_an_edit_belongs_to_the_editor_and_settles_its_finding(editor):
    translation = translated(WRONG)
    segment = translation.segments.get(field="abstract")
    decision = edit_segments(translation.pk, {segment.pk: f" {RIGHT} "}, actor=editor, now=LATER)
    segment.refresh_from_db()
    assert segment.text == RIGHT
    assert (segment.origin, segment.approved_by) == (SegmentOrigin.PERSON, editor)
    assert status_of(translation) == S.READY
    assert translation.abstract == RIGHT
    assert decision.detail["segments"][0]["before"] == WRONG


def test_an_edit_that_changes_nothing_records_nothing(editor):
    translation = translated()
    segment = translation.segments.get(field="title")
    assert edit_segments(translation.pk, {segment.pk: "題名"}, actor=editor, now=LATER) is None
    assert not Decision.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_sentence_cannot_be_emptied(editor, text):
    translation = translated()
    segment = translation.segments.get(field="title")
    with pytest.raises(CannotEdit):
        edit_segments(translation.pk, {segment.pk: text}, actor=editor, now=LATER)


def test_a_sentence_of_another_translation_cannot_be_edited(editor):
    one, other = translated(), translated()
    with pytest.raises(CannotEdit):
        edit_segments(one.pk, {other.segments.first().pk: "取り違え"}, actor=editor, now=LATER)


def test_translating_again_leaves_a_persons_sentences_alone(editor):
    translation = translated(WRONG)
    segment = translation.segments.get(field="title")
    edit_segments(translation.pk, {segment.pk: "人の題名"}, actor=editor, now=LATER)
    retranslate(translation.pk, actor=editor, now=LATER)
    assert dict(translation.segments.values_list("field", "state")) == {
        "title": SegmentState.DONE,
        "abstract": SegmentState.PENDING,
    }
    assert status_of(translation) == S.PENDING


def test_a_summary_can_be_written_and_reset(editor):
    translation = translated()
    edit_summary(translation.pk, "人の要約。", actor=editor, now=LATER)
    translation.refresh_from_db()
    assert (translation.summary, translation.summary_origin) == ("人の要約。", "person")
    edit_summary(translation.pk, "", actor=editor, now=LATER)
    translation.refresh_from_db()
    assert (translation.summary, translation.summary_origin) == (
        RIGHT,
        "extracted",
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda item, who: edit_segments(
            item.pk, {abstract(item).pk: "別の訳。"}, actor=who, now=LATER
        ),
        lambda item, who: approve_sentences(item.pk, [abstract(item).pk], actor=who, now=LATER),
    ],
    ids=["corrected", "approved"],
)
def test_editing_does_not_release_a_translation_held_by_a_person(editor, change):
    translation = translated()
    hold(translation.pk, actor=editor, reason="用語を確認する", now=NOW)
    change(translation, editor)
    translation.refresh_from_db()
    assert (translation.status, translation.status_reason) == (S.HELD, "用語を確認する")
    assert publish_ready(policy="clean", now=LATER) == 0


def abstract(translation: Translation) -> Segment:
    return translation.segments.get(field="abstract")
