"""Lists of the admin whose tables are too large to be counted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.admin_tools import paginator as brief_paging
from apps.core.admin_tools.paginator import CappedPaginator
from apps.papers.models import Paper
from tests.support.builders import build_paper


@pytest.mark.django_db
@pytest.mark.parametrize(("most", "counted", "pages"), [(10, 5, 3), (3, 3, 2)])
def test_no_more_is_counted_than_can_be_paged_through(monkeypatch, most, counted, pages):
    for _ in range(5):
        build_paper()
    monkeypatch.setattr(brief_paging, "MOST", most)
    with CaptureQueriesContext(connection) as asked:
        paginator = CappedPaginator(Paper.objects.order_by("-id"), 2)
        assert (paginator.count, paginator.num_pages) == (counted, pages)
    (query,) = asked
    assert f"LIMIT {most}" in query["sql"]
    assert "ORDER BY" not in query["sql"]
