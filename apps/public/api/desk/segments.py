"""Sentences for editors: reading, correcting and approving them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import LATEST_ADDED
from apps.public.api.bodies import Body
from apps.public.api.desk.base import (
    Access,
    DeskList,
    DeskView,
    actor_in,
    get_row,
    read_access,
    row_number_field,
)
from apps.public.api.desk.querysets import segments_for
from apps.public.api.desk.schema import list_schema, row_number_parameter, schema
from apps.public.api.desk.serializers import DeskSegmentSerializer
from apps.public.api.fields import STORABLE, PatternField, TextField
from apps.public.api.queries import (
    ExpandField,
    FieldsField,
    PagedQuery,
    Query,
    member_query,
    requested_members,
)
from apps.review.acts.approve_sentences import ApproveSentences
from apps.review.acts.edit_sentences import EditSentences
from apps.review.models import LONGEST_TEXT, Scope
from apps.review.permissions import Right

LONGEST_SEEN = 20_000
LONGEST_REASON = 500
READ_ACCESS = read_access("translation.view_segment")
EDIT_ACCESS = Access(Scope.SEGMENTS_WRITE, Right.EDIT.value)
SEGMENT_NUMBER = [row_number_parameter("the sentence")]


class DeskSegmentsQuery(PagedQuery):
    translation = row_number_field("Only those of this translation.")
    fields = FieldsField(DeskSegmentSerializer)  # type: ignore[assignment]
    expand = ExpandField(DeskSegmentSerializer)


DeskSegmentQuery = member_query(DeskSegmentSerializer, Query)


@list_schema(
    "desk_segments_list",
    tag="desk",
    summary="Sentences, the latest opened first",
    description="List sentences, those of one translation with `translation`.",
)
class DeskSegmentsView(DeskList):
    access = {"GET": READ_ACCESS}
    query = DeskSegmentsQuery
    shape = DeskSegmentSerializer
    ordering = LATEST_ADDED

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        rows = segments_for(members)
        return rows.filter(translation=query["translation"]) if "translation" in query else rows


class DeskCorrectionBody(Body):
    """A better text for a sentence."""

    text = TextField(lines=True, max_length=LONGEST_TEXT, help_text="The new text of the sentence.")
    seen = PatternField(
        STORABLE,
        max_length=LONGEST_SEEN,
        help_text="The text of the sentence when editing began.",
    )
    reason = TextField(
        filled=False, required=False, default="", max_length=LONGEST_REASON,
        help_text="Shown in the history.",
    )  # fmt: skip


class DeskSegmentView(DeskView):
    access = {"GET": READ_ACCESS, "PATCH": EDIT_ACCESS}

    @schema(
        "desk_segments_retrieve",
        tag="desk",
        summary="One sentence",
        response=DeskSegmentSerializer,
        query=DeskSegmentQuery,
        path=SEGMENT_NUMBER,
    )
    def get(self, request: Request, id: int) -> Response:
        """Return a sentence and the origin of its text."""
        members = requested_members(DeskSegmentQuery.read(request), DeskSegmentSerializer)
        item = get_row(segments_for(members), id)
        return Response(DeskSegmentSerializer(item, members=members).data)

    @schema(
        "desk_segments_correct",
        tag="desk",
        summary="Correct a sentence",
        response=DeskSegmentSerializer,
        body=DeskCorrectionBody,
        path=SEGMENT_NUMBER,
        errors=[409],
    )
    def patch(self, request: Request, id: int) -> Response:
        """Save a person's text for a sentence.

        Machines never overwrite it; the translation is checked and assembled again, and claimed for
        the token's account. If the current text differs from `seen`, nothing is saved and the
        problem holds the current text. Sending the same text again changes nothing.
        """
        body = DeskCorrectionBody.read(request)
        segment = get_row(segments_for(()), id)
        EditSentences(
            texts={segment.pk: body["text"]},
            seen={segment.pk: body["seen"]},
            actor=actor_in(request),
            reason=body["reason"],
            now=timezone.now(),
        ).execute(segment.translation_id)
        return _segment_response(id)


class DeskApprovalBody(Body):
    """The text that was approved."""

    seen = PatternField(STORABLE, max_length=LONGEST_SEEN, help_text="The text that was approved.")


class DeskSegmentApprovalView(DeskView):
    access = {"POST": EDIT_ACCESS}

    @schema(
        "desk_segments_approve",
        tag="desk",
        summary="Approve a sentence unchanged",
        response=DeskSegmentSerializer,
        body=DeskApprovalBody,
        path=SEGMENT_NUMBER,
        errors=[409],
    )
    def post(self, request: Request, id: int) -> Response:
        """Approve a sentence: its findings are settled, and it enters the translation memory.

        If the current text differs from `seen`, nothing is approved. Approving again changes
        nothing.
        """
        body = DeskApprovalBody.read(request)
        segment = get_row(segments_for(()), id)
        ApproveSentences(
            segments=[segment.pk],
            seen={segment.pk: body["seen"]},
            actor=actor_in(request),
            now=timezone.now(),
        ).execute(segment.translation_id)
        return _segment_response(id)


def _segment_response(key: int) -> Response:
    """Answer with the current sentence."""
    members = frozenset(DeskSegmentSerializer.plain_members())
    return Response(
        DeskSegmentSerializer(get_row(segments_for(members), key), members=members).data
    )
