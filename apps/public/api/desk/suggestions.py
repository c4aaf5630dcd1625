"""Readers' corrections: listing, accepting and declining them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import MOMENT, WHOLE, Ordering
from apps.public.api.bodies import Body
from apps.public.api.desk.base import (
    Access,
    DeskList,
    DeskView,
    actor_in,
    get_row,
    row_number_field,
)
from apps.public.api.desk.querysets import all_suggestions
from apps.public.api.desk.schema import list_schema, row_number_parameter, schema
from apps.public.api.desk.segments import LONGEST_SEEN
from apps.public.api.desk.serializers import DeskSuggestionSerializer
from apps.public.api.fields import STORABLE, PatternField, StrictBooleanField, TextField
from apps.public.api.queries import FieldsField, PagedQuery, Query, member_query
from apps.review.models import LONGEST_TEXT, Scope, SuggestionState
from apps.review.models.suggestions import OLDEST_FIRST
from apps.review.permissions import Right
from apps.review.suggestions.service import accept, decline

READ_ACCESS = Access(Scope.DESK_READ, Right.ANSWER.value)
ANSWER_ACCESS = Access(Scope.SUGGESTIONS_ANSWER, Right.ANSWER.value)
SUGGESTION_NUMBER = [row_number_parameter("the correction")]
LONGEST_REASON = 300
LATEST_ANSWERED = Ordering("-decided_at", (("decided_at", MOMENT), ("id", WHOLE)))


class DeskSuggestionsQuery(PagedQuery):
    state = serializers.ChoiceField(
        choices=SuggestionState.values,
        required=False,
        default=SuggestionState.OPEN.value,
        help_text=(
            "Open corrections, the oldest first; or those with this answer, the latest first."
        ),
    )
    translation = row_number_field("Only those for this translation.")
    segment = row_number_field("Only those for this sentence.")
    fields = FieldsField(DeskSuggestionSerializer)  # type: ignore[assignment]


@list_schema(
    "desk_suggestions_list",
    tag="desk",
    summary="Readers' corrections",
    description="List readers' corrections. Without `state`, the open ones.",
)
class DeskSuggestionsView(DeskList):
    access = {"GET": READ_ACCESS}
    query = DeskSuggestionsQuery
    shape = DeskSuggestionSerializer

    def order(self, query: dict[str, Any]) -> Ordering:
        return OLDEST_FIRST if query["state"] == SuggestionState.OPEN else LATEST_ANSWERED

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        is_open = query["state"] == SuggestionState.OPEN
        rows = all_suggestions().filter(state=query["state"], decided_at__isnull=is_open)
        if "translation" in query:
            rows = rows.filter(segment__translation=query["translation"])
        if "segment" in query:
            rows = rows.filter(segment=query["segment"])
        return rows


DeskSuggestionQuery = member_query(DeskSuggestionSerializer, Query)


class DeskSuggestionView(DeskView):
    access = {"GET": READ_ACCESS}

    @schema(
        "desk_suggestions_retrieve",
        tag="desk",
        summary="One reader's correction",
        response=DeskSuggestionSerializer,
        query=DeskSuggestionQuery,
        path=SUGGESTION_NUMBER,
    )
    def get(self, request: Request, id: int) -> Response:
        """Return a correction with the current text of the sentence."""
        query = DeskSuggestionQuery.read(request)
        item = get_row(all_suggestions(), id)
        return Response(DeskSuggestionSerializer(item, members=query.get("fields")).data)


class DeskAcceptanceBody(Body):
    """How a correction is accepted."""

    text = TextField(
        required=False,
        max_length=LONGEST_TEXT,
        help_text="The edited text. Default: the suggestion unchanged.",
    )
    seen = PatternField(
        STORABLE,
        required=False,
        max_length=LONGEST_SEEN,
        help_text="The current text it was compared with. Default: the text that the reader saw.",
    )
    with_credit = StrictBooleanField(
        required=False, default=True, help_text="Whether to show the reader's name, if given."
    )


class DeskAcceptanceView(DeskView):
    access = {"POST": ANSWER_ACCESS}

    @schema(
        "desk_suggestions_accept",
        tag="desk",
        summary="Accept a reader's correction",
        response=DeskSuggestionSerializer,
        body=DeskAcceptanceBody,
        path=SUGGESTION_NUMBER,
        errors=[409],
    )
    def post(self, request: Request, id: int) -> Response:
        """Save a reader's text in the sentence, as an edit of the token's account.

        Identical corrections of the sentence are closed with it. A correction that has been
        answered is a conflict (409).
        """
        body = DeskAcceptanceBody.read(request)
        get_row(all_suggestions(), id)
        accept(
            id,
            actor=actor_in(request),
            now=timezone.now(),
            text=body.get("text"),
            seen=body.get("seen"),
            with_credit=body["with_credit"],
        )
        return Response(DeskSuggestionSerializer(get_row(all_suggestions(), id)).data)


class DeskDeclineBody(Body):
    """Why a correction is declined."""

    reason = TextField(max_length=LONGEST_REASON, help_text="Only editors see it.")


class DeskDeclineView(DeskView):
    access = {"POST": ANSWER_ACCESS}

    @schema(
        "desk_suggestions_decline",
        tag="desk",
        summary="Decline a reader's correction",
        response=DeskSuggestionSerializer,
        body=DeskDeclineBody,
        path=SUGGESTION_NUMBER,
        errors=[409],
    )
    def post(self, request: Request, id: int) -> Response:
        """Decline a reader's correction. One that has been answered is a conflict (409)."""
        body = DeskDeclineBody.read(request)
        get_row(all_suggestions(), id)
        decline(id, actor=actor_in(request), reason=body["reason"], now=timezone.now())
        return Response(DeskSuggestionSerializer(get_row(all_suggestions(), id)).data)
