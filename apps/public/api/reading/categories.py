"""arXiv's categories."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.queries import TranslatedQuery
from apps.public.api.reading.examples import browsing as examples
from apps.public.api.schema import described
from apps.public.api.views import SiteView
from apps.public.calendar.days import latest_day_by_category
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import in_api, reader_page
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
    archive = serializers.CharField(help_text="cond-mat of cond-mat.soft.")
    field = serializers.CharField(help_text="The code of the group: cs, math, physics.")
    is_current = serializers.BooleanField(help_text="It takes papers today.")
    url = serializers.URLField(help_text="The page for readers.")
    api_url = serializers.URLField(help_text="This category in the API.")
    papers_url = serializers.URLField(help_text="Its papers in the API.")
    days_url = serializers.URLField(help_text="Its days in the API.")


def _category(code: str, latest_day: Any) -> dict[str, Any]:
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
        "url": reader_page("category", code),
        "api_url": in_api("category", code),
        "papers_url": in_api("papers", category=code),
        "days_url": in_api("days", category=code),
    }


@described(
    "categories_list",
    tag="categories",
    summary="All categories, with their latest day",
    gives=CategorySerializer(many=True),
    examples=examples.CATEGORIES,
)
class CategoriesView(SiteView):
    """All categories."""

    query = TranslatedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the categories that take papers today, each with the latest day that has some here.

        They are few, so they come all at once and without pages.
        """
        latest = latest_day_by_category(CURRENT_CATEGORIES, content_language())
        return Response([_category(code, latest.get(code)) for code in CURRENT_CATEGORIES])


@described(
    "categories_retrieve",
    tag="categories",
    summary="One category",
    gives=CategorySerializer,
    also=[404],
    path=[
        OpenApiParameter(
            "code", str, OpenApiParameter.PATH, description="A code of arXiv: cs.CL, hep-th."
        )
    ],
    examples=examples.ONE_CATEGORY,
)
class CategoryView(SiteView):
    """One category."""

    query = TranslatedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Give one category, also one that takes no papers any more, with where its papers are."""
        code = named["code"]
        if not is_known_category(code):
            raise NotFound(
                _("arXiv has no category “%(code)s”. %(address)s lists them all.")
                % {"code": code[:80], "address": in_api("categories")}
            )
        latest = latest_day_by_category([code], content_language())
        return Response(_category(code, latest.get(code)))
