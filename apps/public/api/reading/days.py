"""Days of submission that have papers."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.describing import described
from apps.public.api.paging import DAY, Ordering, page_of, paged, scope_of
from apps.public.api.queries import PagedQuery, TranslatedQuery
from apps.public.api.reading.papers import PapersQuery
from apps.public.api.reading.serializers import DayPageSerializer, DaySerializer
from apps.public.api.views import SiteView
from apps.public.content_language import content_language
from apps.public.days import days_with_papers

LATEST = Ordering("-day", (("day", DAY),))


class DaysQuery(PagedQuery, TranslatedQuery):
    """Parameters of the list of days."""

    category = PapersQuery._declared_fields["category"]


@described(
    "days_list", tag="days", summary="Days that have papers, latest first", gives=DayPageSerializer
)
class DaysView(SiteView):
    """Days with papers."""

    query = DaysQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the days of submission that have papers, with how many."""
        page = page_of(
            days_with_papers(content_language(), query.get("category", "")),
            LATEST,
            cursor=query.get("cursor"),
            limit=query["limit"],
            scope=scope_of(request),
        )
        return paged(request, DaySerializer(page.rows, many=True).data, page.following)
