"""Serializers of a paper, in lists and as a document."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.public.api.reading.notice_serializers import NoticesSerializer
from apps.public.api.reading.part_serializers import (
    BadgeSerializer,
    LicenceSerializer,
    OutsideSignalSerializer,
    RelatedSerializer,
    ScoreSerializer,
    SegmentSerializer,
    VersionSerializer,
    related_data,
    score_data,
    segment_data,
)
from apps.public.api.sparse_fields import Representation
from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.site import labels
from apps.public.site.page_urls import paper_api_url, paper_url
from apps.translation.models import SummaryOrigin
from apps.translation.status import PUBLIC


class PaperSerializer(Representation):
    """A paper with its translation. `fields` and `expand` choose its members."""

    expansions = {
        "abstract": ("original_abstract", "abstract"),
        "record": (
            "date", "version", "revised_at", "published_at", "withdrawn_at", "summary_origin",
            "comments", "journal_ref", "doi",
        ),
        "segments": ("provenance", "segments"),
        "score": ("score",),
        "outside_signals": ("outside_signals",),
        "licence": ("licence",),
        "versions": ("versions",),
        "related": ("related",),
    }  # fmt: skip

    arxiv_id = serializers.CharField(source="paper.arxiv_id")
    url = serializers.SerializerMethodField(help_text="The page for readers.")
    api_url = serializers.SerializerMethodField(help_text="The whole document.")
    arxiv_url = serializers.SerializerMethodField(help_text="The abstract page on arXiv.")
    language = serializers.CharField(source="translation.language")
    title = serializers.CharField(source="translation.title", help_text="Translated title.")
    original_title = serializers.CharField(source="paper.title")
    summary = serializers.CharField(source="translation.summary")
    authors = serializers.ListField(child=serializers.CharField(), source="paper.author_names")
    primary_category = serializers.CharField(
        source="paper.primary_category", help_text="Empty if the source does not state it."
    )
    categories = serializers.ListField(child=serializers.CharField(), source="paper.categories")
    submitted_at = serializers.DateTimeField(source="paper.submitted_at")
    updated_at = serializers.DateTimeField(
        source="translation.updated_at", help_text="When the translation changed last."
    )
    status = serializers.ChoiceField(choices=sorted(PUBLIC), source="translation.status")
    status_label = serializers.SerializerMethodField(help_text="The status in words.")
    badges = BadgeSerializer(many=True)
    score_value = serializers.SerializerMethodField(
        help_text="The reference score, 0 to 100; null before it is computed."
    )
    date = serializers.SerializerMethodField(help_text="First submitted, in arXiv's own form.")
    version = serializers.SerializerMethodField(
        help_text="The version that was translated; null if the source does not state it."
    )
    revised_at = serializers.DateTimeField(source="paper.revised_at")
    published_at = serializers.DateTimeField(source="translation.published_at", allow_null=True)
    withdrawn_at = serializers.DateTimeField(source="paper.withdrawn_at", allow_null=True)
    original_abstract = serializers.CharField(source="paper.abstract")
    abstract = serializers.CharField(source="translation.abstract", help_text="Translated.")
    summary_origin = serializers.ChoiceField(
        choices=SummaryOrigin.values,
        allow_blank=True,
        source="translation.summary_origin",
        help_text="Who or what wrote the summary; empty if there is none.",
    )
    provenance = serializers.SerializerMethodField(
        help_text="Who or what made the translation, in one sentence."
    )
    segments = serializers.SerializerMethodField()
    score = serializers.SerializerMethodField()
    outside_signals = OutsideSignalSerializer(many=True)
    licence = LicenceSerializer(source="paper.licence")
    comments = serializers.CharField(source="paper.comments")
    journal_ref = serializers.CharField(source="paper.journal_ref")
    doi = serializers.CharField(source="paper.doi")
    versions = VersionSerializer(many=True)
    related = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, row: PublishedPaper) -> str:
        return paper_url(row.paper.arxiv_id)

    @extend_schema_field(OpenApiTypes.URI)
    def get_api_url(self, row: PublishedPaper) -> str:
        return paper_api_url(row.paper.arxiv_id)

    @extend_schema_field(OpenApiTypes.URI)
    def get_arxiv_url(self, row: PublishedPaper) -> str:
        return row.identifier.abs_url

    def get_status_label(self, row: PublishedPaper) -> str:
        return labels.status_label(row.translation)

    def get_score_value(self, row: PublishedPaper) -> float | None:
        return None if row.score is None else row.score.value

    def get_date(self, row: PublishedPaper) -> str:
        return labels.arxiv_date(row.paper.submitted_at)

    def get_version(self, row: PublishedPaper) -> int | None:
        return row.identifier.version

    def get_provenance(self, row: PublishedPaper) -> str:
        return row.provenance

    @extend_schema_field(SegmentSerializer(many=True))
    def get_segments(self, row: PublishedPaper) -> Any:
        return [segment_data(found, row.credits.get(found.pk, "")) for found in row.segments]

    @extend_schema_field(ScoreSerializer(allow_null=True))
    def get_score(self, row: PublishedPaper) -> Any:
        return score_data(row)

    @extend_schema_field(RelatedSerializer(many=True))
    def get_related(self, row: PublishedPaper) -> Any:
        return [related_data(entry) for entry in row.related]


class PaperDetailSerializer(PaperSerializer):
    """Everything on the page of a paper."""

    is_whole = True

    notices = serializers.SerializerMethodField()

    @extend_schema_field(NoticesSerializer)
    def get_notices(self, row: PublishedPaper) -> Any:
        return self.context["notices"]


class PaperPageSerializer(serializers.Serializer):
    """One page of papers."""

    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")
    results = PaperSerializer(many=True)
    notices = NoticesSerializer()
