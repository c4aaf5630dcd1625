"""Papers: the list, and one paper with everything its page says."""

from datetime import datetime
from typing import Any

from django.utils import translation as interface
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.describing import described
from apps.public.api.paging import MOMENT, WHOLE, Ordering, page_of, paged, scope_of
from apps.public.api.queries import OrderingField, PagedQuery, TranslatedQuery
from apps.public.api.reading.serializers import (
    PaperDetailSerializer,
    PaperPageSerializer,
    PaperSerializer,
)
from apps.public.api.views import ReadingView, SiteView
from apps.public.content_language import content_language
from apps.public.editions import Edition, edition_of_paper
from apps.public.notices import current_notices
from apps.public.reading import entries_of, listed_translations, record_of
from apps.text.arxiv_id import ArxivId, InvalidArxivId
from apps.translation.status import PUBLIC

NEWEST = Ordering("-submitted_at", (("paper__submitted_at", MOMENT), ("paper_id", WHOLE)))
OLDEST = Ordering("submitted_at", NEWEST.columns)

ARXIV_ID = OpenApiParameter(
    "arxiv_id",
    str,
    OpenApiParameter.PATH,
    description="An arXiv identifier: 2502.21321 or hep-th/9901001.",
)


class PapersQuery(PagedQuery, TranslatedQuery):
    """Parameters of the list of papers."""

    category = serializers.RegexField(
        r"^[A-Za-z][A-Za-z-]*(\.[A-Za-z-]+)?$",
        required=False,
        max_length=32,
        help_text="Only papers listed or cross-listed in this category, for example cs.CL.",
    )
    day = serializers.DateField(
        required=False, help_text="Only papers first submitted on this day (UTC)."
    )
    status = serializers.ChoiceField(
        choices=sorted(PUBLIC),
        required=False,
        help_text="Only reviewed translations, or only those nobody has reviewed (published).",
    )
    ordering = OrderingField(NEWEST, OLDEST)


@described(
    "papers_list",
    tag="papers",
    summary="Papers, newest first",
    gives=PaperPageSerializer,
)
class PapersView(SiteView):
    """Papers with published translations."""

    query = PapersQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the published papers that have not been withdrawn, the latest submitted first."""
        translations = listed_translations(content_language()).defer("abstract", "paper__abstract")
        if "category" in query:
            translations = translations.in_category(query["category"])
        if "day" in query:
            translations = translations.submitted_on(query["day"])
        if "status" in query:
            translations = translations.filter(status=query["status"])
        page = page_of(
            translations,
            query["ordering"],
            cursor=query.get("cursor"),
            limit=query["limit"],
            scope=scope_of(request),
        )
        results = PaperSerializer(entries_of(page.rows), many=True).data
        return paged(request, results, page.following)


@described(
    "papers_retrieve",
    tag="papers",
    summary="One paper with everything its page says",
    gives=PaperDetailSerializer,
    also=[404],
    path=[ARXIV_ID],
)
class PaperView(ReadingView):
    """One paper."""

    query = TranslatedQuery

    def edition(self, now: datetime, named: dict[str, Any]) -> Edition | None:
        """Return the edition of the paper; None where there is none."""
        try:
            identifier = ArxivId.parse(named["arxiv_id"])
        except InvalidArxivId:
            return None
        return edition_of_paper(identifier.base, content_language())

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Give the translation with its sentences and where each came from, the score, related
        papers, the licence and the notices that belong to them.
        """
        try:
            identifier = ArxivId.parse(named["arxiv_id"])
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
