"""The glossary: terms and their renderings."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import WORDS, Ordering
from apps.public.api.paging import page_response, requested_page
from apps.public.api.queries import PagedQuery, TranslatedQuery
from apps.public.api.schema import schema
from apps.public.api.views import ReadingView
from apps.public.site.content_language import content_language
from apps.translation.glossary.entries import fold_term
from apps.translation.models import LONGEST_TERM, CaseRule, GlossaryTerm, PartOfSpeech

BY_TERM = Ordering("term", (("folded", WORDS), ("scope", WORDS)))


class TermSerializer(serializers.Serializer):
    """One term with its rendering in a scope."""

    id = serializers.IntegerField()
    source_language = serializers.CharField()
    language = serializers.CharField(
        source="target_language", help_text="The language of the rendering."
    )
    source = serializers.CharField(help_text="The term.")  # type: ignore[assignment]
    target = serializers.CharField(help_text="Its rendering.")
    scope = serializers.CharField(
        help_text="The categories in which it applies, as “cs.* stat.ML”; empty for all."
    )
    part_of_speech = serializers.ChoiceField(
        choices=PartOfSpeech.values,
        allow_blank=True,
        help_text="The part of speech in TBX-Basic; may be empty.",
    )
    forbidden = serializers.ListField(
        child=serializers.CharField(), help_text="Renderings that must not be used."
    )
    case_rule = serializers.ChoiceField(
        choices=CaseRule.values,
        help_text="any: case is ignored; exact: only as written.",
    )
    note = serializers.CharField()
    origin = serializers.CharField(help_text="Where the term came from; may be empty.")
    licence = serializers.CharField(help_text="The licence of the term; may be empty.")
    updated_at = serializers.DateTimeField()


class TermPageSerializer(serializers.Serializer):
    """One page of terms."""

    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")
    results = TermSerializer(many=True)


class GlossaryQuery(PagedQuery, TranslatedQuery):
    q = serializers.CharField(
        required=False,
        max_length=LONGEST_TERM,
        help_text=(
            "Only terms that contain this text, or whose rendering does. Case, spaces and "
            "hyphens of the term are ignored."
        ),
    )
    scope = serializers.CharField(
        required=False,
        max_length=LONGEST_TERM,
        allow_blank=True,
        help_text="Only terms of exactly this scope; empty for terms that apply everywhere.",
    )
    source_language = serializers.CharField(
        required=False,
        max_length=12,
        help_text="The language of the terms. Default: the language of the papers.",
    )


@schema(
    "glossary_list",
    tag="glossary",
    summary="Terms and their renderings",
    response=TermPageSerializer,
)
class GlossaryView(ReadingView):
    query = GlossaryQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the terms in use of one language pair, in the order of the terms."""
        source_language = query.get("source_language", settings.SOURCE_LANGUAGE)
        terms = GlossaryTerm.objects.of_pair(source_language, content_language()).in_use()
        if "q" in query:
            terms = terms.filter(_containing(query["q"]))
        if "scope" in query:
            terms = terms.filter(scope=query["scope"])
        rows, following = requested_page(request, query, terms, BY_TERM)
        return page_response(request, TermSerializer(rows, many=True).data, following)


def _containing(text: str) -> Q:
    folded = fold_term(text)
    having = Q(target__icontains=text)
    return having | Q(folded__contains=folded) if folded else having
