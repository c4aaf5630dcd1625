"""arXiv's categories."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.queries import TranslatedQuery
from apps.public.api.schema import schema
from apps.public.api.views import SiteView
from apps.public.calendar.days import latest_day_by_category
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import api_url, page_url
from apps.text.arxiv.taxonomy import (
    CURRENT_CATEGORIES,
    category_name,
    group_code,
    is_known_category,
)


class CategorySerializer(serializers.Serializer):
    """One category of arXiv."""

    code = serializers.CharField()
    name_ja = serializers.CharField()
    name_en = serializers.CharField()
    group_ja = serializers.CharField()
    group_en = serializers.CharField()
    latest_day = serializers.DateField(
        allow_null=True, help_text="The latest day with papers on this site."
    )
    archive = serializers.CharField(help_text="The archive, such as cond-mat for cond-mat.soft.")
    field = serializers.CharField(help_text="The code of the group: cs, math, physics.")
    is_current = serializers.BooleanField(help_text="Whether the category is in use today.")
    url = serializers.URLField(help_text="The page for readers.")
    api_url = serializers.URLField(help_text="This category in the API.")
    papers_url = serializers.URLField(help_text="Its papers in the API.")
    days_url = serializers.URLField(help_text="Its days in the API.")


def _category_data(code: str, latest_day: Any) -> dict[str, Any]:
    name = category_name(code)
    return {
        "code": code,
        "name_ja": name.name_ja,
        "name_en": name.name_en,
        "group_ja": name.group_ja,
        "group_en": name.group_en,
        "latest_day": latest_day,
        "archive": name.archive,
        "field": group_code(code),
        "is_current": code in CURRENT_CATEGORIES,
        "url": page_url("category", code),
        "api_url": api_url("category", code),
        "papers_url": api_url("papers", category=code),
        "days_url": api_url("days", category=code),
    }


@schema(
    "categories_list",
    tag="categories",
    summary="All categories, with their latest day",
    response=CategorySerializer(many=True),
)
class CategoriesView(SiteView):
    query = TranslatedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the categories in use today, each with its latest day with papers on this site.

        All categories are returned at once, without pages.
        """
        latest = latest_day_by_category(CURRENT_CATEGORIES, content_language())
        return Response([_category_data(code, latest.get(code)) for code in CURRENT_CATEGORIES])


@schema(
    "categories_retrieve",
    tag="categories",
    summary="One category",
    response=CategorySerializer,
    errors=[404],
    path=[
        OpenApiParameter(
            "code", str, OpenApiParameter.PATH, description="An arXiv category code: cs.CL, hep-th."
        )
    ],
)
class CategoryView(SiteView):
    query = TranslatedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Return one category, also one that is no longer in use, with the URL of its papers."""
        code = named["code"]
        if not is_known_category(code):
            raise NotFound(
                _("arXiv has no category “%(code)s”. %(address)s lists them all.")
                % {"code": code[:80], "address": api_url("categories")}
            )
        latest = latest_day_by_category([code], content_language())
        return Response(_category_data(code, latest.get(code)))
