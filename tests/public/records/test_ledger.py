"""The ledger of public records: what a record is, when its datestamp moves, what stays of it."""

from datetime import timedelta

import pytest

from apps.papers.models import Paper
from apps.public.models import PublicRecord
from apps.public.records.ledger import LEAD, WrittenTooLate, record_changes
from apps.translation.models import Translation
from tests.support.acts import unpublish
from tests.support.builders import NOW
from tests.support.factories import build_paper, editor, publish_paper, ready_translation
from tests.support.oai_answers import later, record

pytestmark = pytest.mark.django_db

STAMP = NOW + LEAD + timedelta(seconds=1)


def test_a_published_translation_gets_a_record_once():
    translation = publish_paper(categories=["cs.CL", "hep-th"])
    assert record() == 1
    assert record(later(hours=1)) == 0
    written = PublicRecord.objects.get()
    assert (written.translation, written.language, written.is_deleted) == (translation, "ja", False)
    assert written.datestamp == STAMP
    assert written.sets == [
        "cs", "cs:cs", "cs:cs:CL", "language:ja", "physics", "physics:hep-th", "review:unreviewed",
    ]  # fmt: skip


def test_what_is_not_public_has_no_record():
    ready_translation(build_paper())
    assert record() == 0


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: Translation.objects.update(updated_at=later(hours=1)), id="text"),
        pytest.param(lambda: Paper.objects.update(changed_at=later(hours=1)), id="metadata"),
    ],
)
def test_the_datestamp_moves_with(change):
    publish_paper()
    record()
    change()
    assert record(later(hours=2)) == 1
    assert PublicRecord.objects.get().datestamp == STAMP + timedelta(hours=2)


def test_a_translation_that_is_taken_down_leaves_a_deleted_record_and_comes_back():
    translation = publish_paper()
    record()
    unpublish(translation.pk, actor=editor(), reason="", now=later(hours=1))
    assert record(later(hours=2)) == 1
    left = PublicRecord.objects.get()
    assert (left.is_deleted, left.translation) == (True, None)
    assert left.datestamp == STAMP + timedelta(hours=2)
    assert record(later(hours=3)) == 0
    Translation.objects.update(status="published", updated_at=later(hours=4))
    assert record(later(hours=4)) == 1
    assert PublicRecord.objects.get(is_deleted=False).translation == translation


def test_a_new_version_takes_over_the_record_of_the_former():
    former = publish_paper()
    record()
    Translation.objects.filter(pk=former.pk).update(status="superseded")
    Paper.objects.update(text_fingerprint="another")
    latest = publish_paper(paper=Paper.objects.get())
    assert latest.pk != former.pk
    assert record(later(hours=1)) == 1
    assert PublicRecord.objects.get().translation == latest


def test_a_short_sweep_sees_only_what_changed_lately():
    publish_paper()
    record()
    translation = publish_paper()
    recent = later(hours=1)
    Paper.objects.filter(pk=translation.paper_id).update(changed_at=NOW - timedelta(days=9))
    Translation.objects.filter(pk=translation.pk).update(updated_at=recent)

    def sweep(since):
        return record_changes(changed_since=since, clock=lambda: recent, limit=10)

    assert sweep(recent + timedelta(seconds=1)) == 0
    assert sweep(recent) == 1
    unpublish(translation.pk, actor=editor(), reason="", now=later(hours=2))
    assert sweep(later(hours=3)) == 0
    assert sweep(later(hours=2)) == 1


def test_batches_go_on_until_nothing_is_left():
    for _ in range(3):
        publish_paper()
    counts = [record_changes(changed_since=None, clock=lambda: NOW, limit=2) for _ in range(3)]
    assert counts == [2, 1, 0]


def test_a_batch_that_took_too_long_is_not_written_with_a_moment_that_has_passed():
    publish_paper()
    moments = iter([NOW, NOW + timedelta(minutes=1)])
    with pytest.raises(WrittenTooLate):
        record_changes(changed_since=None, clock=lambda: next(moments), limit=10)
    assert not PublicRecord.objects.exists()
