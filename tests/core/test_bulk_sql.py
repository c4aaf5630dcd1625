"""Writing columns of many rows in one statement."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest

from apps.core.bulk_sql import copy_rows, fetch_rows, update_columns
from apps.papers.models import Paper
from apps.translation.models import Segment
from apps.translation.pipeline.open import open_translations
from tests.support.builders import NOW, build_paper

pytestmark = pytest.mark.django_db


def test_every_kind_of_column_comes_back_as_it_was_written():
    paper = build_paper(title="T", abstract="One. Two.")
    open_translations([paper.pk], "ja", now=NOW)
    segments = list(Segment.objects.order_by("id"))
    for place, segment in enumerate(segments):
        segment.text = f'訳 "{place}" \\ {{x}}\n'
        segment.fixes = ["commas", "spacing"][:place]
        segment.cost = Decimal("0.000123")
        segment.lease = uuid.uuid4() if place else None
        segment.claimable_at = NOW + timedelta(microseconds=place + 1)
    fields = ["text", "fixes", "cost", "lease", "claimable_at", "memory_entry", "approved_at"]
    assert update_columns(segments, fields) == 3
    for wanted, stored in zip(segments, Segment.objects.order_by("id"), strict=True):
        assert [getattr(wanted, f) for f in fields] == [getattr(stored, f) for f in fields]


def test_json_and_array_columns_keep_their_shape():
    paper = build_paper()
    paper.authors, paper.categories = [{"name": "Ada", "affiliations": ["A"]}], ["cs.CL", "math.AG"]
    update_columns([paper], ["authors", "categories"])
    stored = Paper.objects.get()
    assert (stored.authors, stored.categories) == (paper.authors, paper.categories)


def test_empty_input_and_deleted_rows_are_skipped(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert update_columns([], ["title"]) == 0
    paper = build_paper()
    Paper.objects.all().delete()
    paper.pk = 12345
    assert update_columns([paper], ["title"]) == 0


def test_other_columns_stay_and_one_statement_is_enough(django_assert_num_queries):
    papers = [build_paper() for _ in range(20)]
    Paper.objects.update(abstract="kept")
    for paper in papers:
        paper.title = f"new {paper.pk}"
    with django_assert_num_queries(1):
        assert update_columns(papers, ["title"]) == 20
    assert set(Paper.objects.values_list("abstract", flat=True)) == {"kept"}
    assert all(paper.title == f"new {paper.pk}" for paper in Paper.objects.all())


def test_copied_rows_equal_saved_rows():
    paper = build_paper(title="T", abstract="One. Two.")
    open_translations([paper.pk], "ja", now=NOW)
    wanted = list(Segment.objects.order_by("id"))
    for place, segment in enumerate(wanted):
        segment.text = f'訳\t"{place}" \\N {{x}}\n'
        segment.fixes = ["commas", 'a "b", {c}'][:place]
        segment.cost = Decimal("0.000123")
        segment.approved_at = NOW + timedelta(microseconds=place + 1)
    Segment.objects.all().delete()
    copy_rows(wanted)
    copy_rows([])
    for before, stored in zip(wanted, Segment.objects.order_by("id"), strict=True):
        for field in Segment._meta.concrete_fields:
            if field.name != "id":
                assert getattr(stored, field.attname) == getattr(before, field.attname)


def test_all_rows_of_a_statement_are_read():
    assert fetch_rows("SELECT unnest(%s::int[]), 100 %% 7", [[1, 2]]) == [(1, 2), (2, 2)]
    assert fetch_rows("SELECT 100 % 7") == [(2,)]
