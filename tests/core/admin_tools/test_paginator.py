"""Paging of admin lists without counting all rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.admin_tools import paginator as brief_paging
from apps.core.admin_tools.paginator import CappedPaginator
from apps.papers.models import Paper
from tests.support.builders import build_paper


@pytest.mark.django_db
@pytest.mark.parametrize(("most", "counted", "pages"), [(10, 5, 3), (3, 3, 2)])
def test_counting_stops_at_the_last_page(monkeypatch, most, counted, pages):
    for _ in range(5):
        build_paper()
    monkeypatch.setattr(brief_paging, "MOST", most)
    with CaptureQueriesContext(connection) as asked:
        paginator = CappedPaginator(Paper.objects.order_by("-id"), 2)
        assert (paginator.count, paginator.num_pages) == (counted, pages)
    (query,) = asked
    assert f"LIMIT {most}" in query["sql"]
    assert "ORDER BY" not in query["sql"]
