"""Papers: the list, and one paper with everything on its page."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.paging import page_response, requested_page
from apps.public.api.patterns import ANY_VERSION, whole_match
from apps.public.api.queries import TranslatedQuery, member_query, requested_members
from apps.public.api.reading.notice_serializers import current_notices_data
from apps.public.api.reading.paper_queries import PapersQuery, filtered_papers
from apps.public.api.reading.paper_serializers import (
    PaperDetailSerializer,
    PaperPageSerializer,
    PaperSerializer,
)
from apps.public.api.reading.prefetch import defer_unused, load_parts
from apps.public.api.schema import schema
from apps.public.api.views import ReadingView, SiteView
from apps.public.catalogue.content_version import ContentVersion, content_version_of_paper
from apps.public.catalogue.papers import published_translations
from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.site.content_language import content_language
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId

ARXIV_ID = OpenApiParameter(
    "arxiv_id",
    {"type": "string", "pattern": whole_match(ANY_VERSION)},
    OpenApiParameter.PATH,
    description="An arXiv identifier: 2502.21321 or hep-th/9901001.",
    examples=[
        OpenApiExample("since April 2007", value="2502.21321"),
        OpenApiExample("before", value="hep-th/9901001"),
    ],
)


def serializer_context() -> dict[str, Any]:
    """Return the context of the serializers of papers."""
    return {"language": get_language() or ""}


@schema(
    "papers_list",
    tag="papers",
    summary="Papers, newest first",
    response=PaperPageSerializer,
)
class PapersView(SiteView):
    query = PapersQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the papers that have a published translation, the latest submitted first.

        Withdrawn papers are listed only with `withdrawn=include`. Pages follow by key: `next`
        continues after the last paper, even if new papers have arrived.
        """
        members = requested_members(query, PaperSerializer)
        papers = defer_unused(filtered_papers(query, content_language()), members)
        rows, following = requested_page(request, query, papers, query["ordering"])
        shown = PaperSerializer(
            load_parts(rows, members), many=True, members=members, context=serializer_context()
        )
        return page_response(request, shown.data, following, notices=current_notices_data())


class PaperPartView(ReadingView):
    """Base of the resources of one paper."""

    def content_version(self, now: datetime, named: dict[str, Any]) -> ContentVersion | None:
        return content_version_of_paper(parse_identifier(named).base, content_language())


def parse_identifier(named: dict[str, Any]) -> ArxivId:
    """Return the identifier in the path. Raises ValidationError (400)."""
    try:
        return ArxivId.parse(named["arxiv_id"])
    except InvalidArxivId as invalid:
        raise ValidationError({"arxiv_id": [str(invalid)]}) from invalid


def paper_not_found(identifier: ArxivId) -> NotFound:
    """Return the problem for a paper that is not on this site."""
    return NotFound(
        _(
            "This site has no published translation of %(id)s. "
            "The paper itself may be at %(address)s."
        )
        % {"id": identifier.base, "address": identifier.unversioned.abs_url}
    )


def load_paper(named: dict[str, Any], members: Collection[str]) -> PublishedPaper:
    """Return the paper in the path with the data of `members`.

    Raises ValidationError (400) for an invalid identifier, NotFound (404) for an unknown paper.
    """
    identifier = parse_identifier(named)
    published = published_translations([identifier.base], content_language())
    papers = load_parts(defer_unused(published, members)[:1], members)
    if not papers:
        raise paper_not_found(identifier)
    return papers[0]


@schema(
    "papers_retrieve",
    tag="papers",
    summary="One paper with everything on its page",
    response=PaperDetailSerializer,
    errors=[404],
    path=[ARXIV_ID],
)
class PaperView(PaperPartView):
    query = member_query(PaperDetailSerializer, TranslatedQuery)

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Return a paper with everything on its page.

        This includes the sentences with their origins, the score, related papers, the licence and
        the notices. Withdrawn papers are included. `expand` only adds to `fields`.
        """
        members = requested_members(query, PaperDetailSerializer)
        row = load_paper(named, members)
        given = serializer_context()
        if "notices" in members:
            given["notices"] = current_notices_data()
        return Response(PaperDetailSerializer(row, members=members, context=given).data)


@extend_schema_view(get=extend_schema(exclude=True))
class AnySpellingView(PaperView):
    """A paper by another spelling of its identifier. The schema does not list this URL."""
