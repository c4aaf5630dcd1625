"""An increment has what changed since the export before, also what was taken down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.papers.models import Paper
from apps.papers.store.service import store_records
from apps.public.exports.write import increments
from apps.public.models import PublicRecord
from apps.public.records.ledger import record_changes
from apps.translation.memory.store import import_units
from apps.translation.memory.tmx import MemoryUnit
from apps.translation.models import Segment, Translation
from tests.public.exports.reading import lines_of, manifest_of, part_of, rows_of
from tests.public.exports.varied_site import MACHINE
from tests.support.acts import unpublish
from tests.support.factories import publish_paper
from tests.support.sample_records import raw

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("notices")]


@pytest.fixture
def published(make):
    """Two translations, recorded and exported; later exports follow that."""
    for number in (1, 2):
        store_records([raw(1, arxiv_id=f"2602.0000{number}")], now=timezone.now() - DAYS)
        paper = Paper.objects.get(arxiv_id=f"2602.0000{number}")
        publish_paper(paper=paper, **MACHINE)
    Translation.objects.update(updated_at=timezone.now() - DAYS)
    record_changes(changed_since=None, clock=lambda: timezone.now() - DAYS, limit=100)
    return make()


DAYS = timedelta(days=3)


def translation_of(arxiv_id: str) -> Translation:
    return Translation.objects.get(paper__arxiv_id=arxiv_id)


def touched(arxiv_id: str) -> None:
    """Let a translation have changed just now."""
    translation = translation_of(arxiv_id)
    Translation.objects.filter(pk=translation.pk).update(title="直", updated_at=timezone.now())


def test_an_increment_of_nothing_is_empty(published, make):
    export = make("increment")
    assert lines_of(export, "papers")[1:] == lines_of(export, "translations")[1:] == []
    manifest = manifest_of(export)
    assert (manifest["kind"], manifest["follows"]) == ("increment", published.name)
    assert manifest["since"] == manifest_of(published)["until"]


def test_only_what_changed_is_in_it(published, make):
    touched("2602.00002")
    export = make("increment")
    assert [row["title"] for row in rows_of(export, "translations").values()] == ["直"]
    assert rows_of(export, "papers") == {}


def test_a_paper_that_changed_brings_its_translation_for_its_badges(published, make):
    comment = "This paper has been withdrawn by the authors."
    store_records([raw(2, arxiv_id="2602.00001", comments=comment)], now=timezone.now())
    export = make("increment")
    assert list(rows_of(export, "papers")) == ["2602.00001"]
    (row,) = rows_of(export, "translations").values()
    assert row["badges"] == ["withdrawn", "stale", "machine"]


def test_a_new_paper_without_translation_is_in_it(published, make):
    store_records([raw(1, arxiv_id="2602.00009")], now=timezone.now())
    assert list(rows_of(make("increment"), "papers")) == ["2602.00009"]


def test_what_was_taken_down_is_told_without_its_text(published, make):
    translation = translation_of("2602.00001")
    unpublish(translation.pk, actor=None, reason="wrong", now=timezone.now())
    (row,) = lines_of(make("increment"), "translations")[1:]
    assert set(row) == {"record", "arxiv_id", "language", "deleted_at"}
    assert (row["record"], row["arxiv_id"], row["language"]) == ("deleted", "2602.00001", "ja")


def test_what_was_taken_down_before_the_ledger_knew_it_is_told_too(published, make):
    PublicRecord.objects.all().delete()
    unpublish(translation_of("2602.00001").pk, actor=None, reason="", now=timezone.now())
    (row,) = lines_of(make("increment"), "translations")[1:]
    assert (row["record"], row["arxiv_id"]) == ("deleted", "2602.00001")


def test_what_may_no_longer_be_passed_on_is_told_as_deleted(published, make):
    touched("2602.00001")
    Segment.objects.filter(translation=translation_of("2602.00001")).update(engine="deepl")
    export = make("increment")
    (row,) = lines_of(export, "translations")[1:]
    assert (row["record"], row["arxiv_id"]) == ("deleted", "2602.00001")
    assert part_of(export, "translations.jsonl.gz")["withheld"][0]["translations"] == 1


def test_a_change_that_came_into_sight_late_is_not_lost(published, make, monkeypatch):
    """Its transaction began before the export before, and was committed after it."""
    monkeypatch.setattr(increments, "OVERLAP", timedelta(0))
    touched("2602.00001")
    translation = translation_of("2602.00001")
    Translation.objects.filter(pk=translation.pk).update(
        updated_at=timezone.now() - timedelta(hours=5)
    )
    record_changes(changed_since=None, clock=timezone.now, limit=100)
    assert list(rows_of(make("increment"), "translations")) == ["2602.00001"]


def test_increments_overlap(published, make):
    Paper.objects.filter(arxiv_id="2602.00001").update(
        changed_at=timezone.now() - timedelta(minutes=50)
    )
    assert list(rows_of(make("increment"), "papers")) == ["2602.00001"]
    assert list(rows_of(make("increment"), "papers")) == ["2602.00001"]


def test_new_pairs_of_the_memory_are_in_it_and_the_whole_glossary(published, make):
    unit = MemoryUnit("en", "ja", "A new one.", "新。", licence="CC0-1.0")
    import_units([unit], collection="x", now=timezone.now() - DAYS)
    assert part_of(make("increment"), "memory.en-ja.tmx")["rows"] == 0
    unit = MemoryUnit("en", "ja", "A newer one.", "新々。", licence="CC0-1.0")
    import_units([unit], collection="x", now=timezone.now())
    export = make("increment")
    assert part_of(export, "memory.en-ja.tmx")["rows"] == 1
    assert part_of(export, "glossary.en-ja.tbx")["rows"] == 0
