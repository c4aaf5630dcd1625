"""Sentences as editors see them: read, corrected, approved."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import LATEST_ADDED
from apps.public.api.bodies import Body
from apps.public.api.desk.base import (
    DeskList,
    DeskView,
    Needs,
    actor_in,
    found,
    number,
    reading,
)
from apps.public.api.desk.querysets import segments_with
from apps.public.api.desk.schema import list_schema, row_number, schema
from apps.public.api.desk.serializers import DeskSegmentSerializer
from apps.public.api.fields import STORED, Text, Written
from apps.public.api.queries import ExpandField, FieldsField, PagedQuery, Query, requested_members
from apps.review.acts.approve_sentences import ApproveSentences
from apps.review.acts.edit_sentences import EditSentences
from apps.review.models import LONGEST_TEXT, Scope
from apps.review.permissions import Right

LONGEST_SEEN = 20_000
LONGEST_REASON = 500
SEES = reading("translation.view_segment")
WRITES = Needs(Scope.SEGMENTS_WRITE, Right.EDIT.value)
OF_SEGMENT = [row_number("the sentence")]


class DeskSegmentsQuery(PagedQuery):
    """Which sentences."""

    translation = number("Only those of this translation.")
    fields = FieldsField(DeskSegmentSerializer)  # type: ignore[assignment]
    expand = ExpandField(DeskSegmentSerializer)


class DeskSegmentQuery(Query):
    """What to show of a sentence."""

    fields = FieldsField(DeskSegmentSerializer)  # type: ignore[assignment]
    expand = ExpandField(DeskSegmentSerializer)


@list_schema(
    "desk_segments_list",
    tag="desk",
    summary="Sentences, the latest opened first",
    description="List sentences, those of one translation with `translation`.",
)
class DeskSegmentsView(DeskList):
    """Sentences."""

    needs = {"GET": SEES}
    query = DeskSegmentsQuery
    shape = DeskSegmentSerializer
    ordering = LATEST_ADDED

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        """Return all sentences, or those of a translation."""
        rows = segments_with(members)
        return rows.filter(translation=query["translation"]) if "translation" in query else rows


class DeskCorrectionBody(Body):
    """A better text for a sentence."""

    text = Text(lines=True, max_length=LONGEST_TEXT, help_text="The new text of the sentence.")
    seen = Written(
        STORED,
        max_length=LONGEST_SEEN,
        help_text="The text of the sentence when editing began.",
    )
    reason = Text(
        filled=False, required=False, default="", max_length=LONGEST_REASON,
        help_text="Shown in the history.",
    )  # fmt: skip


class DeskSegmentView(DeskView):
    """One sentence."""

    needs = {"GET": SEES, "PATCH": WRITES}

    @schema(
        "desk_segments_retrieve",
        tag="desk",
        summary="One sentence",
        response=DeskSegmentSerializer,
        query=DeskSegmentQuery,
        path=OF_SEGMENT,
    )
    def get(self, request: Request, id: int) -> Response:
        """Return a sentence and the origin of its text."""
        members = requested_members(DeskSegmentQuery.read(request), DeskSegmentSerializer)
        item = found(segments_with(members), id)
        return Response(DeskSegmentSerializer(item, members=members).data)

    @schema(
        "desk_segments_correct",
        tag="desk",
        summary="Correct a sentence",
        response=DeskSegmentSerializer,
        body=DeskCorrectionBody,
        path=OF_SEGMENT,
        errors=[409],
    )
    def patch(self, request: Request, id: int) -> Response:
        """Save a person's text for a sentence. Machines never overwrite it; the translation is
        checked and assembled again, and claimed for the token's account. If the current text
        differs from `seen`, nothing is saved and the problem holds the current text. Sending the
        same text again changes nothing.
        """
        body = DeskCorrectionBody.read(request)
        segment = found(segments_with(()), id)
        EditSentences(
            texts={segment.pk: body["text"]},
            seen={segment.pk: body["seen"]},
            actor=actor_in(request),
            reason=body["reason"],
            now=timezone.now(),
        ).execute(segment.translation_id)
        return _shown(id)


class DeskApprovalBody(Body):
    """The text that was approved."""

    seen = Written(STORED, max_length=LONGEST_SEEN, help_text="The text that was approved.")


class DeskSegmentApprovalView(DeskView):
    """Standing behind a sentence."""

    needs = {"POST": WRITES}

    @schema(
        "desk_segments_approve",
        tag="desk",
        summary="Approve a sentence unchanged",
        response=DeskSegmentSerializer,
        body=DeskApprovalBody,
        path=OF_SEGMENT,
        errors=[409],
    )
    def post(self, request: Request, id: int) -> Response:
        """Approve a sentence: its findings are settled, and it enters the translation memory. If
        the current text differs from `seen`, nothing is approved. Approving again changes
        nothing.
        """
        body = DeskApprovalBody.read(request)
        segment = found(segments_with(()), id)
        ApproveSentences(
            segments=[segment.pk],
            seen={segment.pk: body["seen"]},
            actor=actor_in(request),
            now=timezone.now(),
        ).execute(segment.translation_id)
        return _shown(id)


def _shown(key: int) -> Response:
    """Answer with the sentence as it is now."""
    members = frozenset(DeskSegmentSerializer.plain_members())
    return Response(DeskSegmentSerializer(found(segments_with(members), key), members=members).data)
