"""Readers' corrections: read, accepted and declined by editors, sent by programs of readers."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import MOMENT, WHOLE, Ordering
from apps.public.api.bodies import Body
from apps.public.api.desk.base import DeskList, DeskView, Needs, actor_in, found, number
from apps.public.api.desk.querysets import suggestions_with_all
from apps.public.api.desk.schema import list_schema, row_number, schema
from apps.public.api.desk.segments import LONGEST_SEEN
from apps.public.api.desk.serializers import DeskSuggestionSerializer
from apps.public.api.fields import STORED, Text, Written, YesOrNo
from apps.public.api.queries import FieldsField, PagedQuery, Query
from apps.review.models import LONGEST_TEXT, Scope, SuggestionState
from apps.review.models.suggestions import OLDEST_FIRST
from apps.review.permissions import Right
from apps.review.suggestions.service import accept, decline

SEES = Needs(Scope.DESK_READ, Right.ANSWER.value)
ANSWERS = Needs(Scope.SUGGESTIONS_ANSWER, Right.ANSWER.value)
OF_SUGGESTION = [row_number("the correction")]
LONGEST_REASON = 300
ANSWERED = Ordering("-decided_at", (("decided_at", MOMENT), ("id", WHOLE)))


class DeskSuggestionsQuery(PagedQuery):
    """Which corrections."""

    state = serializers.ChoiceField(
        choices=SuggestionState.values,
        required=False,
        default=SuggestionState.OPEN.value,
        help_text=(
            "Open corrections, the oldest first; or those with this answer, the latest first."
        ),
    )
    translation = number("Only those for this translation.")
    segment = number("Only those for this sentence.")
    fields = FieldsField(DeskSuggestionSerializer)  # type: ignore[assignment]


@list_schema(
    "desk_suggestions_list",
    tag="desk",
    summary="Readers' corrections",
    description="List readers' corrections. Without `state`, the open ones.",
)
class DeskSuggestionsView(DeskList):
    """Readers' corrections."""

    needs = {"GET": SEES}
    query = DeskSuggestionsQuery
    shape = DeskSuggestionSerializer

    def order(self, query: dict[str, Any]) -> Ordering:
        """Return the order of a state."""
        return OLDEST_FIRST if query["state"] == SuggestionState.OPEN else ANSWERED

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        """Return the corrections that fit."""
        is_open = query["state"] == SuggestionState.OPEN
        rows = suggestions_with_all().filter(state=query["state"], decided_at__isnull=is_open)
        if "translation" in query:
            rows = rows.filter(segment__translation=query["translation"])
        if "segment" in query:
            rows = rows.filter(segment=query["segment"])
        return rows


class DeskSuggestionQuery(Query):
    """What to show of a correction."""

    fields = FieldsField(DeskSuggestionSerializer)  # type: ignore[assignment]


class DeskSuggestionView(DeskView):
    """One correction."""

    needs = {"GET": SEES}

    @schema(
        "desk_suggestions_retrieve",
        tag="desk",
        summary="One reader's correction",
        response=DeskSuggestionSerializer,
        query=DeskSuggestionQuery,
        path=OF_SUGGESTION,
    )
    def get(self, request: Request, id: int) -> Response:
        """Return a correction with the current text of the sentence."""
        query = DeskSuggestionQuery.read(request)
        item = found(suggestions_with_all(), id)
        return Response(DeskSuggestionSerializer(item, members=query.get("fields")).data)


class DeskAcceptanceBody(Body):
    """How a correction is accepted."""

    text = Text(
        required=False,
        max_length=LONGEST_TEXT,
        help_text="The edited text. Default: the suggestion unchanged.",
    )
    seen = Written(
        STORED,
        required=False,
        max_length=LONGEST_SEEN,
        help_text="The current text it was compared with. Default: the text that the reader saw.",
    )
    with_credit = YesOrNo(
        required=False, default=True, help_text="Whether to show the reader's name, if given."
    )


class DeskAcceptanceView(DeskView):
    """Accepting a correction."""

    needs = {"POST": ANSWERS}

    @schema(
        "desk_suggestions_accept",
        tag="desk",
        summary="Accept a reader's correction",
        response=DeskSuggestionSerializer,
        body=DeskAcceptanceBody,
        path=OF_SUGGESTION,
        errors=[409],
    )
    def post(self, request: Request, id: int) -> Response:
        """Save a reader's text in the sentence, as an edit of the token's account; identical
        corrections of the sentence are closed with it. A correction that has been answered is a
        conflict (409).
        """
        body = DeskAcceptanceBody.read(request)
        found(suggestions_with_all(), id)
        accept(
            id,
            actor=actor_in(request),
            now=timezone.now(),
            text=body.get("text"),
            seen=body.get("seen"),
            with_credit=body["with_credit"],
        )
        return Response(DeskSuggestionSerializer(found(suggestions_with_all(), id)).data)


class DeskDeclineBody(Body):
    """Why a correction is declined."""

    reason = Text(max_length=LONGEST_REASON, help_text="Only editors see it.")


class DeskDeclineView(DeskView):
    """Declining a correction."""

    needs = {"POST": ANSWERS}

    @schema(
        "desk_suggestions_decline",
        tag="desk",
        summary="Decline a reader's correction",
        response=DeskSuggestionSerializer,
        body=DeskDeclineBody,
        path=OF_SUGGESTION,
        errors=[409],
    )
    def post(self, request: Request, id: int) -> Response:
        """Decline a reader's correction. One that has been answered is a conflict (409)."""
        body = DeskDeclineBody.read(request)
        found(suggestions_with_all(), id)
        decline(id, actor=actor_in(request), reason=body["reason"], now=timezone.now())
        return Response(DeskSuggestionSerializer(found(suggestions_with_all(), id)).data)
