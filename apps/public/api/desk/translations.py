"""Translations for editors: listing them, their history and claims."""

from contextlib import suppress
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import LATEST_ADDED
from apps.public.api.bodies import Body
from apps.public.api.desk.base import Access, DeskList, DeskView, actor_in, get_row, read_access
from apps.public.api.desk.querysets import translations_for
from apps.public.api.desk.schema import list_schema, row_number_parameter, schema
from apps.public.api.desk.serializers import DeskClaimSerializer, DeskTranslationSerializer
from apps.public.api.fields import PatternField, StrictBooleanField
from apps.public.api.paging import page_response
from apps.public.api.patterns import ANY_VERSION
from apps.public.api.queries import (
    ExpandField,
    FieldsField,
    PagedQuery,
    Query,
    member_query,
    requested_members,
)
from apps.review.acts.claim import ReleaseClaim, TakeClaim
from apps.review.history.timeline import history_of
from apps.review.models import Scope
from apps.review.permissions import Right
from apps.review.refusals import NoClaim
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.translation.models import Translation

READ_ACCESS = read_access("translation.view_translation")
TRANSLATION_NUMBER = [row_number_parameter("the translation")]


class DeskTranslationsQuery(PagedQuery):
    paper = PatternField(
        ANY_VERSION,
        required=False,
        max_length=40,
        help_text="Only those of this paper: an arXiv identifier, of any version.",
    )
    fields = FieldsField(DeskTranslationSerializer)  # type: ignore[assignment]
    expand = ExpandField(DeskTranslationSerializer)


DeskTranslationQuery = member_query(DeskTranslationSerializer, Query)


@list_schema(
    "desk_translations_list",
    tag="desk",
    summary="Translations, the latest opened first",
    description=(
        "List translations of every status; `paper` selects those of one paper. The queue "
        "lists those that need review, with filters."
    ),
)
class DeskTranslationsView(DeskList):
    access = {"GET": READ_ACCESS}
    query = DeskTranslationsQuery
    shape = DeskTranslationSerializer
    ordering = LATEST_ADDED

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        rows = translations_for(members)
        if "paper" not in query:
            return rows
        try:
            paper = ArxivId.parse(query["paper"]).base
        except InvalidArxivId as invalid:
            raise ValidationError({"paper": [str(invalid)]}) from invalid
        return rows.filter(paper__arxiv_id=paper)


class DeskTranslationView(DeskView):
    access = {"GET": READ_ACCESS}

    @schema(
        "desk_translations_retrieve",
        tag="desk",
        summary="One translation, with its sentences, findings and notes if asked for",
        response=DeskTranslationSerializer,
        query=DeskTranslationQuery,
        path=TRANSLATION_NUMBER,
    )
    def get(self, request: Request, id: int) -> Response:
        """Return a translation of any status.

        `expand=segments` adds its sentences, each with its findings and open readers' corrections.
        """
        members = requested_members(DeskTranslationQuery.read(request), DeskTranslationSerializer)
        item = get_row(translations_for(members), id)
        return Response(DeskTranslationSerializer(item, members=members).data)


class DeskTextChangeSerializer(serializers.Serializer):
    """One text that changed."""

    label = serializers.CharField(help_text="The name of the text, in words.")  # type: ignore[assignment]
    before = serializers.CharField()
    after = serializers.CharField(allow_null=True, help_text="Null: no longer known.")
    source = serializers.CharField()  # type: ignore[assignment]
    facts = serializers.ListField(child=serializers.CharField(), help_text="Further details.")


class DeskHistoryEntrySerializer(serializers.Serializer):
    """Who did what, when and why."""

    key = serializers.CharField(help_text="The number of the decision, or the name of the event.")
    at = serializers.DateTimeField()
    who = serializers.CharField()
    what = serializers.CharField()
    why = serializers.CharField()
    by_machine = serializers.BooleanField()
    lines = serializers.ListField(child=serializers.CharField())
    changes = DeskTextChangeSerializer(many=True)


class DeskHistoryPageSerializer(serializers.Serializer):
    """One page of a history."""

    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")
    results = DeskHistoryEntrySerializer(many=True)


class DeskHistoryQuery(PagedQuery):
    cursor = serializers.IntegerField(  # type: ignore[assignment]
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text="The cursor of the page, taken from the URL of the next page.",
    )


class DeskHistoryView(DeskView):
    access = {"GET": read_access("review.view_decision")}

    @schema(
        "desk_translations_history",
        tag="desk",
        summary="History of a translation, in words",
        response=DeskHistoryPageSerializer,
        query=DeskHistoryQuery,
        path=TRANSLATION_NUMBER,
    )
    def get(self, request: Request, id: int) -> Response:
        """List the history of a translation, the latest first, in the language of the request.

        A page has `limit` decisions, and the machine's steps between them.
        """
        query = DeskHistoryQuery.read(request)
        item = get_row(Translation.objects.select_related("paper"), id)
        page = history_of(item, before=query.get("cursor"), per_page=query["limit"])
        following = LATEST_ADDED.next_cursor(page)
        return page_response(
            request, DeskHistoryEntrySerializer(page.rows, many=True).data, following
        )


class DeskClaimingBody(Body):
    """How a translation is claimed."""

    take_over = StrictBooleanField(
        required=False,
        default=False,
        help_text="Whether to take over the claim of another account.",
    )


class DeskClaimView(DeskView):
    access = dict.fromkeys(("PUT", "DELETE"), Access(Scope.SEGMENTS_WRITE, Right.EDIT.value))

    @schema(
        "desk_translations_claim",
        tag="desk",
        summary="Claim a translation",
        response=DeskClaimSerializer,
        body=DeskClaimingBody,
        path=TRANSLATION_NUMBER,
        errors=[409],
    )
    def put(self, request: Request, id: int) -> Response:
        """Claim a translation, or extend the claim, so that others cannot change it for a while.

        Correcting and approving sentences claims automatically. Repeating the request renews the
        claim.
        """
        body = DeskClaimingBody.read(request)
        get_row(Translation.objects.all(), id)
        act = TakeClaim(actor=actor_in(request), now=timezone.now(), take_over=body["take_over"])
        made = act.execute(id)
        return Response(DeskClaimSerializer(made).data)

    @schema(
        "desk_translations_release",
        tag="desk",
        summary="Release a claim",
        response=None,
        status=204,
        path=TRANSLATION_NUMBER,
        errors=[503],
    )
    def delete(self, request: Request, id: int) -> Response:
        """Release the claim of the token's account; claims of others are not changed."""
        Query.read(request)
        get_row(Translation.objects.all(), id)
        with suppress(NoClaim):
            ReleaseClaim(actor=actor_in(request), now=timezone.now()).execute(id)
        return Response(status=204)
