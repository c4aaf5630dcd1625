"""Parts of a paper: versions, summary, score, related papers."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.paging import page_response
from apps.public.api.queries import TranslatedQuery
from apps.public.api.reading.notice_serializers import NoticesSerializer, current_notices_data
from apps.public.api.reading.papers import ARXIV_ID, PaperPartView, load_paper
from apps.public.api.reading.part_serializers import (
    BadgeSerializer,
    OutsideSignalSerializer,
    RelatedSerializer,
    ScoreSerializer,
    VersionSerializer,
    related_data,
    score_data,
)
from apps.public.api.schema import schema
from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.catalogue.versions import VersionText, versions_of
from apps.public.site.page_urls import paper_url
from apps.text.arxiv.identifiers import ArxivId
from apps.translation.models import SummaryOrigin
from apps.translation.status import PUBLIC


class VersionDetailSerializer(VersionSerializer):
    """One version of a paper with its text, if this site has it."""

    submitted_at = serializers.DateTimeField(allow_null=True)
    title = serializers.CharField(help_text="Empty if it has not been harvested.")
    abstract = serializers.CharField(help_text="Empty if it has not been harvested.")
    is_latest = serializers.BooleanField(help_text="Whether this is the latest version.")
    is_translated = serializers.BooleanField(
        help_text="Whether the published translation is of this version."
    )
    url = serializers.URLField(help_text="The page for readers.")
    arxiv_url = serializers.URLField(help_text="The abstract page on arXiv.")


class VersionsSerializer(serializers.Serializer):
    """All known versions of a paper, the first one first."""

    next = serializers.URLField(allow_null=True, help_text="Always null: all are returned at once.")
    results = VersionDetailSerializer(many=True)


@schema(
    "papers_versions_list",
    tag="papers",
    summary="The versions of a paper",
    response=VersionsSerializer,
    errors=[404],
    path=[ARXIV_ID],
)
class VersionsView(PaperPartView):
    query = TranslatedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the known versions, each with its English text."""
        row = load_paper(named, {"original_abstract"})
        known = versions_of(row.paper)
        return page_response(
            request, [_version_data(row, known[number]) for number in sorted(known)], None
        )


def _version_data(row: PublishedPaper, version: VersionText) -> dict[str, Any]:
    paper = row.paper
    identifier = ArxivId(paper.arxiv_id, version.number)
    return {
        "number": version.number,
        "submitted_at": version.submitted_at,
        "size_kb": version.size_kb,
        "title": version.title,
        "abstract": version.abstract,
        "is_latest": paper.version_is_known and version.number == paper.latest_version,
        "is_translated": version.number == row.identifier.version,
        "url": paper_url(str(identifier)),
        "arxiv_url": identifier.abs_url,
    }


class SummarySerializer(serializers.Serializer):
    """The summary of a paper and its origin."""

    arxiv_id = serializers.CharField()
    language = serializers.CharField()
    summary = serializers.CharField(help_text="Empty where there is none.")
    origin = serializers.ChoiceField(
        choices=SummaryOrigin.values,
        allow_blank=True,
        help_text="Who or what wrote it; empty if there is no summary.",
    )
    origin_label = serializers.CharField(help_text="The fact in words.")
    positions = serializers.ListField(
        child=serializers.IntegerField(),
        help_text=(
            "The positions of the sentences of the abstract it was taken from; empty if it was "
            "written instead."
        ),
    )
    engine = serializers.CharField(help_text="The model that wrote it; empty if no model did.")
    status = serializers.ChoiceField(choices=sorted(PUBLIC))
    badges = BadgeSerializer(many=True)
    notices = NoticesSerializer()


@schema(
    "papers_summary_retrieve",
    tag="papers",
    summary="The summary of a paper",
    response=SummarySerializer,
    errors=[404],
    path=[ARXIV_ID],
)
class SummaryView(PaperPartView):
    query = TranslatedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Return the summary of a paper in two or three sentences, and who or what wrote it."""
        row = load_paper(named, {"badges"})
        translation = row.translation
        origin = SummaryOrigin(translation.summary_origin) if translation.summary_origin else None
        return Response(
            {
                "arxiv_id": row.paper.arxiv_id,
                "language": translation.language,
                "summary": translation.summary,
                "origin": origin or "",
                "origin_label": "" if origin is None else str(origin.label),
                "positions": translation.summary_positions,
                "engine": translation.summary_engine if origin == SummaryOrigin.MODEL else "",
                "status": translation.status,
                "badges": BadgeSerializer(row.badges, many=True).data,
                "notices": current_notices_data(),
            }
        )


class PaperScoreSerializer(ScoreSerializer):
    """The reference score of a paper, with figures of outside sources, which are not part of it."""

    arxiv_id = serializers.CharField()
    outside_signals = OutsideSignalSerializer(many=True)
    notices = NoticesSerializer()


@schema(
    "papers_score_retrieve",
    tag="papers",
    summary="The reference score of a paper",
    response=PaperScoreSerializer,
    errors=[404],
    path=[ARXIV_ID],
)
class ScoreView(PaperPartView):
    query = TranslatedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Return the score with its components, its rank and the scores of earlier formulas.

        The score estimates attention; it does not measure quality.
        """
        row = load_paper(named, {"score", "outside_signals"})
        found = score_data(row)
        if found is None:
            raise NotFound(
                _("The score of %(id)s is not computed yet. Try again later.")
                % {"id": row.paper.arxiv_id}
            )
        signals = OutsideSignalSerializer(row.outside_signals, many=True).data
        return Response(
            {
                **found,
                "arxiv_id": row.paper.arxiv_id,
                "outside_signals": signals,
                "notices": current_notices_data(),
            }
        )


class RelatedPapersSerializer(serializers.Serializer):
    """The papers related to a paper: those pinned by editors first, then the nearest."""

    next = serializers.URLField(allow_null=True, help_text="Always null: all are returned at once.")
    results = RelatedSerializer(many=True)
    notices = NoticesSerializer()


@schema(
    "papers_related_list",
    tag="papers",
    summary="Papers related to a paper",
    response=RelatedPapersSerializer,
    errors=[404],
    path=[ARXIV_ID],
)
class RelatedView(PaperPartView):
    query = TranslatedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List up to ten papers that are closest in words and meaning, and their shared terms."""
        row = load_paper(named, {"related"})
        results = [related_data(entry) for entry in row.related]
        return page_response(request, results, None, notices=current_notices_data())
