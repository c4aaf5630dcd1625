"""The queue: its entries, their order, and that they follow every change of a translation."""

from datetime import timedelta

import pytest

from apps.discovery.models import Score
from apps.papers.models import Paper
from apps.review.models import QueueEntry, Suggestion
from apps.review.publishing.policy import publish_ready
from apps.review.queue.filters import BadFilter
from apps.review.queue.index import next_entry, refresh_batch, to_refresh
from apps.review.suggestions.service import decline, suggest
from apps.review.tasks import queue_pending
from apps.translation.models import Segment, Translation
from apps.translation.pipeline.finish import finish_batch
from apps.translation.pipeline.open import open_translations
from apps.translation.status import TranslationStatus
from tests.support.acts import (
    approve_sentences,
    claim,
    edit_segments,
    edit_summary,
    hold,
    publish,
    retranslate,
    unpublish,
)
from tests.support.builders import NOW
from tests.support.queue_entries import refresh
from tests.support.translations import RIGHT, WRONG, translated

S = TranslationStatus
LATER = NOW + timedelta(hours=1)
database = pytest.mark.django_db


def entry_of(translation: Translation) -> QueueEntry:
    return QueueEntry.objects.get(pk=translation.pk)


@database
@pytest.mark.parametrize(
    ("status", "is_in"),
    [
        (S.PENDING, False),
        (S.WAITING, False),
        (S.HELD, True),
        (S.READY, True),
        (S.PUBLISHED, True),
        (S.REVIEWED, False),
        (S.UNPUBLISHED, True),
        (S.SUPERSEDED, False),
    ],
)
def test_the_queue_holds_translations_that_may_need_a_person(status, is_in):
    translation = translated()
    Translation.objects.filter(pk=translation.pk).update(status=status)
    refresh()
    assert QueueEntry.objects.exists() is is_in
    assert not to_refresh(None).exists()


@database
@pytest.mark.usefixtures("counters")
def test_a_reviewed_translation_returns_when_the_paper_changes_or_a_reader_corrects_it(admin_user):
    translation = translated()
    publish(translation.pk, actor=admin_user, reviewed=True, now=LATER)
    assert not QueueEntry.objects.exists()
    segment = translation.segments.get(field="abstract")
    for text in ("一つ目の案。", "二つ目の案。"):
        suggest(segment.pk, base_text=segment.text, text=text, sender=text, now=LATER)
    assert entry_of(translation).open_suggestions == 2
    for suggestion in Suggestion.objects.all():
        decline(suggestion.pk, actor=admin_user, reason="原文と違う。", now=LATER)
    assert not QueueEntry.objects.exists()
    Paper.objects.update(text_fingerprint="two", changed_at=LATER)
    assert refresh() == 1
    assert entry_of(translation).is_stale


@database
def test_a_withdrawn_paper_is_not_in_the_queue_until_it_is_restored():
    translated()
    assert refresh() == 1
    Paper.objects.update(withdrawn_at=LATER, changed_at=LATER)
    assert (refresh(), QueueEntry.objects.count()) == (1, 0)
    Paper.objects.update(withdrawn_at=None, changed_at=LATER + timedelta(hours=1))
    assert (refresh(), QueueEntry.objects.count()) == (1, 1)


@database
def test_an_entry_has_all_values_that_the_list_shows(settings):
    translation = translated(WRONG, categories=["cs.CL", "cs.LG"], submitted_at=NOW)
    translation.segments.update(engine="bergamot")
    Score.objects.create(
        paper=translation.paper,
        formula=settings.SCORE_FORMULA,
        value=40,
        components=[],
        scored_at=NOW,
    )
    refresh()
    entry = entry_of(translation)
    assert (entry.status, entry.language, entry.day) == (S.HELD, "ja", NOW.date())
    assert (entry.category, entry.categories) == ("cs.CL", ["cs.CL", "cs.LG"])
    assert (entry.blocking, entry.blocking_count) == (["numbers"], 1)
    assert (entry.engines, entry.score, entry.is_stale) == (["bergamot"], 40.0, False)


@database
def test_a_later_score_moves_the_entry(settings):
    translation = translated(scored=False)
    refresh()
    before = entry_of(translation).priority
    Score.objects.create(
        paper=translation.paper,
        formula=settings.SCORE_FORMULA,
        value=90,
        components=[],
        scored_at=LATER,
    )
    since = LATER + timedelta(days=5)
    assert refresh_batch(changed_since=since, now=LATER) == 1
    assert entry_of(translation).priority > before
    assert refresh_batch(changed_since=since, now=LATER) == 0


def edited(translation, actor, text=RIGHT):
    segment = translation.segments.get(field="abstract")
    edit_segments(translation.pk, {segment.pk: text}, actor=actor, now=LATER)


def sentences_approved(translation, actor):
    keys = list(translation.segments.values_list("pk", flat=True))
    approve_sentences(translation.pk, keys, actor=actor, now=LATER)


SERVICES = {
    "edit": edited,
    "approve sentences": sentences_approved,
    "summary": lambda item, actor: edit_summary(item.pk, "要約。", actor=actor, now=LATER),
    "send back": lambda item, actor: retranslate(item.pk, actor=actor, now=LATER),
    "approve": lambda item, actor: publish(item.pk, actor=actor, reviewed=True, now=LATER),
    "take down": lambda item, actor: unpublish(item.pk, actor=actor, reason="", now=LATER),
}
OF_CLEAN = {
    "publish": lambda item, actor: publish(item.pk, actor=actor, reviewed=False, now=LATER),
    "hold": lambda item, actor: hold(item.pk, actor=actor, reason="", now=LATER),
    "policy": lambda item, actor: publish_ready(policy="clean", now=LATER),
}
CALLS = [(WRONG, name, call) for name, call in SERVICES.items()]
CALLS += [(RIGHT, name, call) for name, call in {**SERVICES, **OF_CLEAN}.items()]


@database
@pytest.mark.parametrize(
    ("text", "call"),
    [(text, call) for text, _, call in CALLS],
    ids=[f"{'blocked' if text == WRONG else 'clean'}, {name}" for text, name, _ in CALLS],
)
def test_every_service_refreshes_the_entry(person, text, call):
    translation, other = translated(text), translated(WRONG)
    refresh()
    call(translation, person("one"))
    assert not to_refresh(None).exists()
    kept = QueueEntry.objects.filter(pk=translation.pk).values().first()
    QueueEntry.objects.all().delete()
    refresh()
    assert QueueEntry.objects.filter(pk=translation.pk).values().first() == kept
    assert entry_of(other).blocking_count == 1


@database
def test_a_published_text_leaves_the_queue_when_a_newer_one_replaces_it(person):
    old = translated()
    publish_ready(policy="clean", now=LATER)
    Paper.objects.update(text_fingerprint="two", latest_version=2, changed_at=LATER)
    open_translations([old.paper_id], "ja", now=LATER)
    new = old.paper.translations.get(version=2)
    new.segments.update(text=RIGHT, state="done")
    finish_batch(now=LATER)
    refresh()
    assert entry_of(old).is_stale
    publish(new.pk, actor=person("one"), reviewed=False, now=LATER)
    assert [entry.pk for entry in QueueEntry.objects.all()] == [new.pk]


@database
def test_the_sweep_refreshes_changed_entries_and_returns_their_number(
    django_assert_max_num_queries,
):
    keys = [translated(WRONG if number % 2 else RIGHT).pk for number in range(6)]
    Translation.objects.filter(pk__in=keys[:3]).update(updated_at=LATER)
    Paper.objects.update(changed_at=NOW - timedelta(days=9))
    assert refresh_batch(changed_since=LATER, now=LATER) == 3
    with django_assert_max_num_queries(12):
        assert refresh_batch(changed_since=None, now=LATER) == 3


@database
def test_the_task_fills_the_whole_queue():
    translated(WRONG)
    Translation.objects.update(updated_at=NOW - timedelta(days=900))
    Paper.objects.update(changed_at=NOW - timedelta(days=900))
    assert queue_pending() == 0
    assert queue_pending(everything=True) == 1


@pytest.fixture
def three(person):
    """Three entries, the riskiest first."""
    for text, score in ((RIGHT, 10), (WRONG, 10), (RIGHT, 90)):
        item = translated(text, submitted_at=NOW)
        Score.objects.create(paper=item.paper, formula=2, value=score, components=[], scored_at=NOW)
    refresh()
    return list(QueueEntry.objects.riskiest_first())


@database
def test_next_entry_goes_from_the_riskiest_to_the_next(three, person):
    editor = person("one")
    assert [(bool(item.blocking), item.score) for item in three] == [
        (True, 10.0),
        (False, 90.0),
        (False, 10.0),
    ]
    seen, after = [], None
    while entry := next_entry(editor=editor, query={}, after=after, now=NOW):
        seen.append(entry)
        after = entry.pk
    assert seen == three


@database
def test_next_entry_skips_claims_of_other_editors(three, person):
    one, other = person("one"), person("other")
    end = claim(three[0].pk, actor=other, now=NOW).expires_at
    assert next_entry(editor=one, query={}, after=None, now=NOW) == three[1]
    assert next_entry(editor=other, query={}, after=None, now=NOW) == three[0]
    assert next_entry(editor=one, query={}, after=None, now=end) == three[0]


@database
def test_next_entry_keeps_the_filter_also_when_the_last_one_left_the_queue(three, person):
    editor = person("one")
    query = {"finding": "none", "unknown": "x"}
    assert next_entry(editor=editor, query=query, after=three[0].pk, now=NOW) == three[1]
    publish(three[0].pk, actor=editor, reviewed=True, now=NOW)
    assert next_entry(editor=editor, query={}, after=three[0].pk, now=NOW) == three[1]


@database
def test_an_invalid_filter_is_refused(person):
    with pytest.raises(BadFilter, match="2026-13"):
        next_entry(editor=person("one"), query={"day": "2026-13-01"}, after=None, now=NOW)


@database
def test_an_edit_records_the_engine_of_the_text_it_replaces(person):
    translation = translated(WRONG)
    translation.segments.update(engine="bergamot")
    edited(translation, person("one"))
    assert Segment.objects.get(translation=translation, field="abstract").engine == ""
    (change,) = translation.decisions.get().detail["segments"]
    assert change["was"]["engine"] == "bergamot"
