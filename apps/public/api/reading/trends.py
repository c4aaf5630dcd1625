"""Rising topics in the API, from the same stored lists as the pages."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.paging import address_with
from apps.public.api.patterns import WEEK, whole_match
from apps.public.api.queries import TranslatedQuery
from apps.public.api.reading.notice_serializers import NoticesSerializer, current_notices_data
from apps.public.api.reading.paper_queries import CategoryField
from apps.public.api.schema import schema
from apps.public.api.views import ReadingView
from apps.public.calendar.weeks import BadWeek, parse_week, week_name
from apps.public.catalogue.trends import Topic, Topics, topics_of
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import absolute, paper_api_url, paper_url
from apps.translation.models import Translation
from apps.translation.status import PUBLIC


@extend_schema_field({"type": "string", "pattern": whole_match(WEEK)})
class WeekField(serializers.CharField):
    """An ISO 8601 week."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=80,
            help_text=(
                "The last week of the period, as 2025-W09. Default: the latest complete week."
            ),
        )


class TrendsQuery(TranslatedQuery):
    category = CategoryField("Only topics of this category. Default: of all papers.")
    week = WeekField()


class WeeksSerializer(serializers.Serializer):
    """A period of weeks and the number of papers submitted in it."""

    first = serializers.DateField(help_text="The first day.")
    last = serializers.DateField(help_text="The last day.")
    papers = serializers.IntegerField()


class TrendExampleSerializer(serializers.Serializer):
    """A paper that has the term."""

    arxiv_id = serializers.CharField(source="paper.arxiv_id")
    title = serializers.CharField(help_text="Translated title.")
    status = serializers.ChoiceField(choices=sorted(PUBLIC))
    url = serializers.SerializerMethodField(help_text="Its page for readers.")
    api_url = serializers.SerializerMethodField(help_text="Its whole document.")

    def get_url(self, translation: Translation) -> str:
        return paper_url(translation.paper.arxiv_id)

    def get_api_url(self, translation: Translation) -> str:
        return paper_api_url(translation.paper.arxiv_id)


class TopicSerializer(serializers.Serializer):
    """One rising term."""

    rank = serializers.IntegerField(source="trend.rank")
    term = serializers.CharField(
        source="trend.term",
        help_text="The normalised form that spellings of the term are compared by.",
    )
    label = serializers.CharField(help_text="The term as papers write it.")  # type: ignore[assignment]
    translation = serializers.CharField(help_text="The glossary's rendering; empty without one.")
    papers = serializers.IntegerField(source="trend.papers")
    share = serializers.FloatField(
        source="trend.share", help_text="Share of the papers of the last weeks, 0 to 1."
    )
    share_before = serializers.FloatField(
        source="trend.share_before", help_text="Share of the weighted papers before, 0 to 1."
    )
    growth = serializers.FloatField(
        source="trend.growth",
        help_text="Smoothed ratio of the two shares; the list is ordered by it.",
    )
    evidence = serializers.FloatField(
        source="trend.evidence", help_text="Log-likelihood ratio G2 (Dunning 1993)."
    )
    weekly = serializers.ListField(
        child=serializers.IntegerField(),
        source="trend.weekly",
        help_text="Papers with the term in each week, oldest first.",
    )
    search_url = serializers.SerializerMethodField(
        help_text="The search URL for papers with the term."
    )
    examples = TrendExampleSerializer(many=True)

    def get_search_url(self, topic: Topic) -> str:
        return absolute(topic.search)


class TopicsSerializer(serializers.Serializer):
    """The rising topics of a category in a week."""

    category = serializers.CharField(source="report.category", help_text="Empty: all papers.")
    week = serializers.SerializerMethodField(help_text="The last week of the period.")
    last = serializers.SerializerMethodField()
    before = serializers.SerializerMethodField()
    weekly_papers = serializers.ListField(
        child=serializers.IntegerField(),
        source="report.weekly_papers",
        help_text="Papers of each week, oldest first, beginning with the weeks before.",
    )
    statistic = serializers.IntegerField(
        source="report.statistic", help_text="Lists of different versions cannot be compared."
    )
    computed_at = serializers.DateTimeField(source="report.computed_at")
    previous = serializers.SerializerMethodField(help_text="The list of the week before.")
    next = serializers.SerializerMethodField(help_text="The list of the week after.")
    results = TopicSerializer(source="topics", many=True)
    notices = serializers.SerializerMethodField()

    @extend_schema_field(NoticesSerializer)
    def get_notices(self, found: Topics) -> dict[str, Any]:
        return current_notices_data()

    def get_week(self, found: Topics) -> str:
        return week_name(found.report.week)

    @extend_schema_field(WeeksSerializer)
    def get_last(self, found: Topics) -> dict[str, Any]:
        dates = {"first": found.last.first, "last": found.last.last}
        return WeeksSerializer({**dates, "papers": found.report.papers}).data

    @extend_schema_field(WeeksSerializer)
    def get_before(self, found: Topics) -> dict[str, Any]:
        dates = {"first": found.before.first, "last": found.before.last}
        return WeeksSerializer({**dates, "papers": found.report.papers_before}).data

    def get_previous(self, found: Topics) -> str | None:
        return self._list_of(found.weeks.previous)

    def get_next(self, found: Topics) -> str | None:
        return self._list_of(found.weeks.following)

    def _list_of(self, week: date | None) -> str | None:
        if week is None:
            return None
        return address_with(self.context["request"], week=week_name(week))


@schema(
    "trends_list",
    tag="trends",
    summary="Rising topics of a week",
    response=TopicsSerializer,
    errors=[404],
)
class TrendsView(ReadingView):
    query = TrendsQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the terms whose share of the new papers has grown most, greatest growth first."""
        try:
            week = parse_week(query["week"]) if "week" in query else None
        except BadWeek as bad:
            if re.fullmatch(WEEK, query["week"]):
                raise NotFound(str(bad)) from bad
            raise ValidationError({"week": [str(bad)]}) from bad
        found = topics_of(query.get("category", ""), week, content_language())
        if found is None:
            raise NotFound(
                _(
                    "This site has no list of rising topics for this week and category. Omit the "
                    "parameters for the latest list of all papers."
                )
            )
        return Response(TopicsSerializer(found, context={"request": request}).data)
