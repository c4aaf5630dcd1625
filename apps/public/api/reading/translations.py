"""The translations of one paper, one for each language."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.paging import page_response
from apps.public.api.queries import Query, member_query, requested_members
from apps.public.api.reading.notice_serializers import NoticesSerializer, current_notices_data
from apps.public.api.reading.papers import ARXIV_ID, paper_not_found, parse_identifier
from apps.public.api.reading.part_serializers import (
    BadgeSerializer,
    SegmentSerializer,
    segment_data,
)
from apps.public.api.reading.prefetch import defer_unused, load_parts
from apps.public.api.schema import schema
from apps.public.api.sparse_fields import Representation
from apps.public.api.views import ReadingView
from apps.public.catalogue.content_version import ContentVersion, content_version_of_paper
from apps.public.catalogue.papers import published_translations
from apps.public.catalogue.published_paper import PublishedPaper
from apps.public.site import labels
from apps.public.site.content_language import content_languages, in_content_language
from apps.public.site.page_urls import api_url, paper_url
from apps.translation.models import SegmentOrigin, SummaryOrigin
from apps.translation.status import PUBLIC


class TextOriginSerializer(serializers.Serializer):
    """The number of sentences of a translation per origin."""

    origin = serializers.ChoiceField(choices=SegmentOrigin.values)
    engine = serializers.CharField(help_text="Empty if a person wrote the text.")
    engine_version = serializers.CharField()
    sentences = serializers.IntegerField()


class TranslationSerializer(Representation):
    """One published translation of a paper. `fields` and `expand` choose its members."""

    expansions = {"abstract": ("abstract",), "segments": ("segments",)}

    arxiv_id = serializers.CharField(source="paper.arxiv_id")
    language = serializers.CharField(source="translation.language")
    language_name = serializers.SerializerMethodField(
        help_text="The name in the language of labels."
    )
    url = serializers.SerializerMethodField(help_text="The page for readers.")
    api_url = serializers.SerializerMethodField(help_text="This translation as a whole.")
    paper_url = serializers.SerializerMethodField(help_text="The paper in this language.")
    version = serializers.SerializerMethodField(
        help_text="The version that was translated; null if the source does not state it."
    )
    title = serializers.CharField(source="translation.title")
    summary = serializers.CharField(source="translation.summary")
    summary_origin = serializers.ChoiceField(
        choices=SummaryOrigin.values, allow_blank=True, source="translation.summary_origin"
    )
    status = serializers.ChoiceField(choices=sorted(PUBLIC), source="translation.status")
    status_label = serializers.SerializerMethodField(help_text="The status in words.")
    badges = BadgeSerializer(many=True)
    provenance = serializers.SerializerMethodField(
        help_text="Who or what made the translation, in one sentence."
    )
    origins = serializers.SerializerMethodField()
    published_at = serializers.DateTimeField(source="translation.published_at", allow_null=True)
    updated_at = serializers.DateTimeField(source="translation.updated_at")
    abstract = serializers.CharField(source="translation.abstract")
    segments = serializers.SerializerMethodField()

    def get_language_name(self, row: PublishedPaper) -> str:
        return labels.language_name(row.translation.language)

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, row: PublishedPaper) -> str:
        with in_content_language(row.translation.language):
            return paper_url(row.paper.arxiv_id)

    @extend_schema_field(OpenApiTypes.URI)
    def get_api_url(self, row: PublishedPaper) -> str:
        return api_url("translation", row.paper.arxiv_id, row.translation.language)

    @extend_schema_field(OpenApiTypes.URI)
    def get_paper_url(self, row: PublishedPaper) -> str:
        with in_content_language(row.translation.language):
            return api_url("paper", row.paper.arxiv_id)

    def get_version(self, row: PublishedPaper) -> int | None:
        return row.identifier.version

    def get_status_label(self, row: PublishedPaper) -> str:
        return labels.status_label(row.translation)

    def get_provenance(self, row: PublishedPaper) -> str:
        return row.provenance

    @extend_schema_field(TextOriginSerializer(many=True))
    def get_origins(self, row: PublishedPaper) -> Any:
        made = Counter((each.origin, each.engine, each.engine_version) for each in row.segments)
        return [
            {"origin": origin, "engine": engine, "engine_version": version, "sentences": number}
            for (origin, engine, version), number in made.most_common()
        ]

    @extend_schema_field(SegmentSerializer(many=True))
    def get_segments(self, row: PublishedPaper) -> Any:
        return [segment_data(found, row.credits.get(found.pk, "")) for found in row.segments]


class TranslationDetailSerializer(TranslationSerializer):
    """One published translation with every sentence."""

    is_whole = True

    notices = serializers.SerializerMethodField()

    @extend_schema_field(NoticesSerializer)
    def get_notices(self, row: PublishedPaper) -> Any:
        return self.context["notices"]


class TranslationsSerializer(serializers.Serializer):
    """The published translations of a paper, the site's first language first."""

    next = serializers.URLField(allow_null=True, help_text="Always null: all are returned at once.")
    results = TranslationSerializer(many=True)
    notices = NoticesSerializer()


def _load_translations(
    identifier: Any, languages: list[str], members: frozenset[str]
) -> list[PublishedPaper]:
    translations = published_translations([identifier.base], *languages)
    rows = load_parts(defer_unused(translations, members), members)
    return sorted(rows, key=lambda row: languages.index(row.translation.language))


@schema(
    "papers_translations_list",
    tag="translations",
    summary="The published translations of a paper",
    response=TranslationsSerializer,
    errors=[404],
    path=[ARXIV_ID],
)
class TranslationsView(ReadingView):
    query = member_query(TranslationSerializer, Query)

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the translations into every language of this site, with who or what made them."""
        identifier = parse_identifier(named)
        members = requested_members(query, TranslationSerializer)
        rows = _load_translations(identifier, content_languages(), members)
        if not rows:
            raise paper_not_found(identifier)
        results = TranslationSerializer(rows, many=True, members=members).data
        return page_response(request, results, None, notices=current_notices_data())


@schema(
    "papers_translations_retrieve",
    tag="translations",
    summary="One translation, sentence by sentence",
    response=TranslationDetailSerializer,
    errors=[404],
    path=[
        ARXIV_ID,
        OpenApiParameter(
            "language", str, OpenApiParameter.PATH, description="A language of this site: ja."
        ),
    ],
)
class TranslationView(ReadingView):
    query = member_query(TranslationDetailSerializer, Query)

    def content_version(self, now: datetime, named: dict[str, Any]) -> ContentVersion | None:
        identifier = parse_identifier(named)
        if named["language"] not in content_languages():
            return None
        return content_version_of_paper(identifier.base, named["language"])

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Return the translation with every sentence, its source and its origin."""
        identifier, language = parse_identifier(named), named["language"]
        if language not in content_languages():
            raise NotFound(
                _("This site does not translate into “%(code)s”. Use one of: %(known)s.")
                % {"code": language[:80], "known": ", ".join(content_languages())}
            )
        members = requested_members(query, TranslationDetailSerializer)
        with in_content_language(language):
            rows = _load_translations(identifier, [language], members)
            if not rows:
                raise paper_not_found(identifier)
            context = {"notices": current_notices_data()}
            shown = TranslationDetailSerializer(rows[0], members=members, context=context)
            return Response(shown.data)
