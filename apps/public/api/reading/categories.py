"""arXiv's categories."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.describing import described
from apps.public.api.queries import TranslatedQuery
from apps.public.api.reading.serializers import CategorySerializer
from apps.public.api.views import SiteView
from apps.public.content_language import content_language
from apps.public.days import latest_day_by_category
from apps.text.taxonomy import CURRENT_CATEGORIES, category_name


@described(
    "categories_list",
    tag="categories",
    summary="All categories, with their latest day",
    gives=CategorySerializer(many=True),
)
class CategoriesView(SiteView):
    """All categories."""

    query = TranslatedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List arXiv's categories, each with the latest day that has papers here."""
        latest = latest_day_by_category(CURRENT_CATEGORIES, content_language())
        rows = [
            {
                "code": code,
                "name_ja": name.name_ja,
                "name_en": name.name_en,
                "group_ja": name.group_ja,
                "group_en": name.group_en,
                "latest_day": latest.get(code),
            }
            for code, name in ((code, category_name(code)) for code in CURRENT_CATEGORIES)
        ]
        return Response(CategorySerializer(rows, many=True).data)
