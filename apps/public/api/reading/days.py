"""Days of submission that have papers."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import DAY, Ordering
from apps.public.api.paging import page_response, requested_page
from apps.public.api.queries import DayField, PagedQuery, TranslatedQuery
from apps.public.api.reading.paper_queries import CategoryField
from apps.public.api.schema import schema
from apps.public.api.views import SiteView
from apps.public.calendar.days import categories_of_day, days_with_papers
from apps.public.calendar.months import month_of
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import api_url, page_url
from apps.review.models import ListedDay

LATEST_DAY = Ordering("-day", (("day", DAY),))


class ListedDaySerializer(serializers.Serializer):
    """A day with papers."""

    day = serializers.DateField()
    papers = serializers.IntegerField()
    url = serializers.URLField(help_text="The papers of the day in the API.")


class DayPageSerializer(serializers.Serializer):
    """One page of days."""

    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")
    results = ListedDaySerializer(many=True)


class DayCategorySerializer(serializers.Serializer):
    """How many papers a category has on a day."""

    category = serializers.CharField()
    papers = serializers.IntegerField()
    url = serializers.URLField(help_text="These papers in the API.")


class DayDetailSerializer(ListedDaySerializer):
    """A day with papers, their categories, and the neighbouring days."""

    page_url = serializers.URLField(help_text="The page for readers.")
    previous = serializers.DateField(allow_null=True, help_text="The day before that has papers.")
    following = serializers.DateField(allow_null=True, help_text="The day after that has papers.")
    categories = DayCategorySerializer(
        many=True, help_text="The categories with most papers first."
    )


class DaysQuery(PagedQuery, TranslatedQuery):
    category = CategoryField(
        "Only days with papers of this category; counts include this category only."
    )


def _day_data(listed: ListedDay, category: str) -> dict[str, Any]:
    filters = {"category": category} if category else {}
    return {
        "day": listed.day,
        "papers": listed.papers,
        "url": api_url("papers", day=listed.day, **filters),
    }


@schema(
    "days_list",
    tag="days",
    summary="Days that have papers, latest first",
    response=DayPageSerializer,
)
class DaysView(SiteView):
    query = DaysQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the days of submission (UTC) that have papers, with the number of papers."""
        category = query.get("category", "")
        days = days_with_papers(content_language(), category)
        rows, following = requested_page(request, query, days, LATEST_DAY)
        return page_response(request, [_day_data(listed, category) for listed in rows], following)


@schema(
    "days_retrieve",
    tag="days",
    summary="One day with its categories",
    response=DayDetailSerializer,
    errors=[404],
    path=[
        OpenApiParameter(
            "day", OpenApiTypes.DATE, OpenApiParameter.PATH, description="A day: 2025-02-28."
        )
    ],
)
class DayView(SiteView):
    query = TranslatedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Return the number of papers of each category submitted on a day (UTC)."""
        day = _parse_day(named)
        language = content_language()
        around = month_of(day, language).around(day)
        if around.itself is None:
            raise NotFound(
                _(
                    "No paper of %(day)s is published on this site. %(address)s lists the days "
                    "with papers."
                )
                % {"day": day.isoformat(), "address": api_url("days")}
            )
        return Response(
            {
                **_day_data(around.itself, ""),
                "page_url": page_url("day", day),
                "previous": around.previous and around.previous.day,
                "following": around.following and around.following.day,
                "categories": [
                    {
                        "category": listed.category,
                        "papers": listed.papers,
                        "url": api_url("papers", day=day, category=listed.category),
                    }
                    for listed in categories_of_day(day, language)
                ],
            }
        )


def _parse_day(named: dict[str, Any]) -> date:
    try:
        day: date = DayField().to_internal_value(named["day"])
    except ValidationError as invalid:
        raise ValidationError({"day": invalid.detail}) from invalid
    return day
