"""Search in the API, with the same results as the search page."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discovery.search.results import Sort
from apps.discovery.search.service import MOST_COUNTED
from apps.public.api.paging import NoSuchPage, page_response
from apps.public.api.queries import (
    PagedQuery,
    TranslatedQuery,
    requested_members,
    with_member_choice,
)
from apps.public.api.reading.notice_serializers import NoticesSerializer, current_notices_data
from apps.public.api.reading.paper_queries import CategoryField, PeriodField
from apps.public.api.reading.paper_serializers import PaperSerializer
from apps.public.api.reading.papers import serializer_context
from apps.public.api.reading.prefetch import load_parts, with_abstracts
from apps.public.api.schema import schema
from apps.public.api.views import SiteView
from apps.public.catalogue.search import BadSearch, FoundPaper, SearchPage, read_params, search_page
from apps.public.site.page_urls import paper_api_url
from apps.text.search.query import LONGEST_QUERY

PRESENTATION_PARAMETERS = ("limit", "language", "fields", "expand")


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY})
class SearchTextField(serializers.CharField):
    """The text of the search box."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            allow_blank=True,
            max_length=LONGEST_QUERY,
            help_text="Words in Japanese or English, “phrases”, -exclusions, author:, category:, "
            "field:, from:, until:, or one arXiv identifier.",
        )


@with_member_choice(PaperSerializer)
class SearchQuery(PagedQuery, TranslatedQuery):
    q = SearchTextField()
    category = CategoryField("A category or archive: cs.CL, hep-th.")
    field = CategoryField("A group of archives: cs, math, physics.")
    until = PeriodField(is_last=True, help_text="Last year, month or day of submission (UTC).")
    reviewed = serializers.ChoiceField(
        choices=["1"], required=False, help_text="1: only translations that a person reviewed."
    )
    sort = serializers.ChoiceField(
        choices=[sort.value for sort in Sort],
        required=False,
        help_text="relevance (word rank and meaning rank combined) or newest.",
    )


# "from" is a Python keyword.
SearchQuery._declared_fields["from"] = PeriodField(
    is_last=False, help_text="First year, month or day of submission (UTC)."
)


class MatchedSentenceSerializer(serializers.Serializer):
    """The sentence of the abstract that has most of the words, in both languages."""

    text = serializers.CharField(help_text="Translated.")
    source = serializers.CharField()  # type: ignore[assignment]


class FoundSerializer(serializers.Serializer):
    """One result."""

    paper = PaperSerializer()
    by_meaning = serializers.BooleanField(
        help_text="Whether it was found by meaning; it need not contain the words of the query."
    )
    sentence = MatchedSentenceSerializer(allow_null=True)


class CorrectionSerializer(serializers.Serializer):
    """A word that is probably misspelt."""

    typed = serializers.CharField()
    meant = serializers.CharField()
    replaced = serializers.BooleanField(
        help_text=(
            "Whether the correction was searched instead, because no paper has the typed word."
        )
    )


class CategoryFacetSerializer(serializers.Serializer):
    """How many results a category has."""

    category = serializers.CharField()
    papers = serializers.IntegerField()


class YearFacetSerializer(serializers.Serializer):
    """How many results a year of submission has."""

    year = serializers.IntegerField()
    papers = serializers.IntegerField()


class FacetsSerializer(serializers.Serializer):
    """Counts of the results, over at most the newest 1,000."""

    categories = CategoryFacetSerializer(many=True)
    years = YearFacetSerializer(many=True)
    reviewed = serializers.IntegerField()


class SearchPageSerializer(serializers.Serializer):
    """One page of results."""

    next = serializers.URLField(allow_null=True)
    results = FoundSerializer(many=True)
    paper = serializers.URLField(
        allow_null=True, help_text="The document of the paper, where the query names one."
    )
    total = serializers.IntegerField(
        help_text=f"Number of papers with the words, at most {MOST_COUNTED}."
    )
    total_is_at_least = serializers.BooleanField(
        help_text="Whether there are more results than `total`."
    )
    also_searched = serializers.ListField(child=serializers.CharField())
    corrections = CorrectionSerializer(many=True)
    marks = serializers.ListField(
        child=serializers.CharField(), help_text="The normalised words to highlight."
    )
    facets = FacetsSerializer()
    notices = NoticesSerializer()


@schema(
    "search",
    tag="search",
    summary="Search titles, abstracts, summaries and authors in both languages",
    response=SearchPageSerializer,
    errors=[503],
)
class SearchView(SiteView):
    query = SearchQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Find papers by words and by meaning: the best matches first, then the rest, newest first.

        An empty query returns no results.
        """
        given = {
            name: str(value) for name, value in query.items() if name not in PRESENTATION_PARAMETERS
        }
        try:
            params = read_params(given, cursor=given.get("cursor"))
        except BadSearch as bad:
            if bad.parameter == "cursor":
                raise NoSuchPage(str(bad)) from bad
            raise ValidationError({bad.parameter: [str(bad)]}) from bad
        if params.query.paper is not None or params.query.is_empty:
            named_paper = params.query.paper
            found = None if named_paper is None else paper_api_url(named_paper.base)
            nothing = _empty_data() | {"paper": found}
            return page_response(request, [], None, **nothing, notices=current_notices_data())
        page = search_page(params, now=timezone.now(), size=query["limit"])
        results = _results(page.papers, requested_members(query, PaperSerializer))
        following = None if page.results.following is None else str(page.results.following)
        return page_response(
            request, results, following, **_page_data(page), notices=current_notices_data()
        )


def _results(found: list[FoundPaper], members: frozenset[str]) -> list[dict[str, Any]]:
    entries = with_abstracts([one.entry.translation for one in found], members)
    shape = PaperSerializer(members=members, context=serializer_context())
    papers = {
        row.translation.pk: shape.to_representation(row) for row in load_parts(entries, members)
    }
    return [
        {
            "paper": papers[one.entry.translation.pk],
            "by_meaning": one.by_meaning,
            "sentence": one.sentence and {"text": one.sentence.text, "source": one.sentence.source},
        }
        for one in found
        if one.entry.translation.pk in papers
    ]


def _empty_data() -> dict[str, Any]:
    return {
        "paper": None, "total": 0, "total_is_at_least": False, "also_searched": [],
        "corrections": [], "marks": [], "facets": {"categories": [], "years": [], "reviewed": 0},
    }  # fmt: skip


def _page_data(page: SearchPage) -> dict[str, Any]:
    results = page.results
    return {
        "paper": None,
        "total": results.total,
        "total_is_at_least": results.is_more,
        "also_searched": list(results.plan.others),
        "corrections": CorrectionSerializer(results.plan.corrections, many=True).data,
        "marks": list(page.marks),
        "facets": {
            "categories": [
                {"category": code, "papers": papers} for code, papers in results.facets.categories
            ],
            "years": [{"year": year, "papers": papers} for year, papers in results.facets.years],
            "reviewed": results.facets.reviewed,
        },
    }
