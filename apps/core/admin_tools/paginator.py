"""Paging of admin lists whose tables are too large to count."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST = 10_000


class CappedPaginator(Paginator):
    """Counts and shows at most MOST rows; use filters and search to reach others."""

    @cached_property
    def count(self) -> int:
        """The number of rows, at most MOST."""
        rows: Any = self.object_list
        return rows.order_by()[:MOST].count()
