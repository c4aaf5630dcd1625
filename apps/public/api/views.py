"""The API's endpoints: reading only, open to everybody."""

from typing import Any

from django.utils import translation as interface
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.public.api.paging import envelope, page_of
from apps.public.api.problems import PROBLEM_TYPE, ProblemSerializer, problem_handler
from apps.public.api.queries import DaysQuery, PapersQuery, Query
from apps.public.api.serializers import (
    CategorySerializer,
    DayPageSerializer,
    DaySerializer,
    PaperDetailSerializer,
    PaperPageSerializer,
    PaperSerializer,
)
from apps.public.content_language import content_language
from apps.public.days import days_with_papers, latest_day_by_category
from apps.public.notices import current_notices
from apps.public.reading import entries_of, listed_translations, record_of
from apps.text.arxiv_id import ArxivId, InvalidArxivId
from apps.text.taxonomy import CURRENT_CATEGORIES, category_name

SECONDS_FRESH = 60


def problems_described(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """Return how the schema describes the problems of an endpoint."""
    described = {
        400: "A parameter is wrong; the detail says what to change.",
        404: "There is no such paper here.",
    }
    return {
        (status, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description=described[status])
        for status in statuses
    }


@method_decorator(cache_control(public=True, max_age=SECONDS_FRESH), name="dispatch")
class PublicView(APIView):
    """Base of the endpoints: words in the language that the client accepts, errors as problems."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Choose the language of labels and messages by Accept-Language."""
        interface.activate(interface.get_language_from_request(request))
        super().initial(request, *args, **kwargs)

    def get_exception_handler(self) -> Any:
        """Problem documents."""
        return problem_handler


class PapersView(PublicView):
    """Papers with published translations."""

    @extend_schema(
        operation_id="papers_list",
        summary="Papers, newest first",
        parameters=[PapersQuery],
        responses={200: PaperPageSerializer, **problems_described(400)},
    )
    def get(self, request: Request) -> Response:
        """List the published papers that have not been withdrawn, the latest submitted first."""
        query = PapersQuery.read(request)
        translations = listed_translations(content_language()).defer("abstract", "paper__abstract")
        if "category" in query:
            translations = translations.in_category(query["category"])
        if "day" in query:
            translations = translations.submitted_on(query["day"])
        if "status" in query:
            translations = translations.filter(status=query["status"])
        page = page_of(translations, cursor=query.get("cursor"), limit=query["limit"])
        results = PaperSerializer(entries_of(page.translations), many=True).data
        return Response(envelope(request, results, page.following))


class PaperView(PublicView):
    """One paper."""

    @extend_schema(
        operation_id="papers_retrieve",
        summary="One paper with everything its page says",
        parameters=[
            OpenApiParameter(
                "arxiv_id",
                str,
                OpenApiParameter.PATH,
                description="An arXiv identifier: 2502.21321 or hep-th/9901001.",
            )
        ],
        responses={200: PaperDetailSerializer, **problems_described(400, 404)},
    )
    def get(self, request: Request, arxiv_id: str) -> Response:
        """Give the translation with its sentences and where each came from, the score, related
        papers, the licence and the notices that belong to them.
        """
        Query.read(request)
        try:
            identifier = ArxivId.parse(arxiv_id)
        except InvalidArxivId as invalid:
            raise ValidationError({"arxiv_id": [str(invalid)]}) from invalid
        record = record_of(identifier.base, content_language())
        if record is None:
            raise NotFound(
                _(
                    "This site has no published translation of %(id)s. "
                    "The paper itself may be at %(address)s."
                )
                % {"id": identifier.base, "address": identifier.unversioned.abs_url}
            )
        language = interface.get_language() or ""
        context = {
            "notices": current_notices(language),
            "language": language,
            "credits": record.credits,
        }
        return Response(PaperDetailSerializer(record, context=context).data)


class CategoriesView(PublicView):
    """arXiv's categories."""

    @extend_schema(
        operation_id="categories_list",
        summary="All categories, with their latest day",
        responses={200: CategorySerializer(many=True), **problems_described(400)},
    )
    def get(self, request: Request) -> Response:
        """List arXiv's categories, each with the latest day that has papers here."""
        Query.read(request)
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


class DaysView(PublicView):
    """Days with papers."""

    @extend_schema(
        operation_id="days_list",
        summary="Days that have papers, latest first",
        parameters=[DaysQuery],
        responses={200: DayPageSerializer, **problems_described(400)},
    )
    def get(self, request: Request) -> Response:
        """List the days of submission that have papers, with how many."""
        query = DaysQuery.read(request)
        days = days_with_papers(content_language(), query.get("category", ""))
        if "cursor" in query:
            days = days.filter(day__lt=query["cursor"])
        limit = query["limit"]
        found = list(days[: limit + 1])
        shown = found[:limit]
        following = shown[-1].day if len(found) > limit else None
        return Response(envelope(request, DaySerializer(shown, many=True).data, following))
