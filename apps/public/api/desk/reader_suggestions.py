"""Sending a reader's correction of a sentence by a program."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.bodies import Body
from apps.public.api.desk.base import Access, DeskView
from apps.public.api.desk.schema import schema
from apps.public.api.desk.segments import LONGEST_SEEN
from apps.public.api.fields import (
    LANGUAGE,
    STORABLE,
    PatternField,
    StrictChoiceField,
    StrictIntegerField,
    TextField,
)
from apps.public.api.patterns import ARXIV_ID
from apps.public.site.content_language import content_languages
from apps.review.accounts.client_ip import client_address
from apps.review.models import LONGEST_COMMENT, LONGEST_CREDIT, LONGEST_TEXT, Scope
from apps.review.suggestions.sender_hash import hash_sender
from apps.review.suggestions.service import open_to_readers, suggest
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.translation.models import Segment, SegmentField

HIGHEST_POSITION = 32767


class ProposalBody(Body):
    """A better text for a sentence, which is identified by its position."""

    arxiv_id = PatternField(ARXIV_ID, max_length=40, help_text="Without version.")
    language = PatternField(
        LANGUAGE, required=False, max_length=12, help_text="Default: the site's first language."
    )
    field = StrictChoiceField(choices=SegmentField.values)
    position = StrictIntegerField(
        min_value=0, max_value=HIGHEST_POSITION, help_text="Within its part, from 0."
    )
    seen = PatternField(
        STORABLE, max_length=LONGEST_SEEN, help_text="The current text of the sentence."
    )
    text = TextField(max_length=LONGEST_TEXT, help_text="The better text.")
    comment = TextField(
        filled=False, lines=True, required=False, default="", max_length=LONGEST_COMMENT,
        help_text="A comment for the editors.",
    )  # fmt: skip
    credit = TextField(
        filled=False, required=False, default="", max_length=LONGEST_CREDIT,
        help_text="The name to be shown if it is accepted; empty for none.",
    )  # fmt: skip


class ProposalSerializer(serializers.Serializer):
    """A correction that was received."""

    text = serializers.CharField(help_text="The text as it was stored: on one line.")
    state = serializers.ChoiceField(choices=["open"])
    times = serializers.IntegerField(help_text="The number of senders of the same correction.")
    received_at = serializers.DateTimeField()


class SendSuggestionView(DeskView):
    access = {"POST": Access(Scope.SUGGESTIONS_SEND)}

    @schema(
        "suggestions_send",
        tag="suggestions",
        summary="Suggest a better text for a sentence",
        response=ProposalSerializer,
        status=201,
        body=ProposalBody,
        errors=[404, 409],
    )
    def post(self, request: Request) -> Response:
        """Send editors a better text, like the form next to each sentence.

        The same limits per IP address apply. The same correction sent twice counts once. If the
        current text differs from `seen`, nothing is stored and the problem holds the current text.
        """
        body = ProposalBody.read(request)
        taken = suggest(
            _sentence(body).pk,
            base_text=body["seen"],
            text=body["text"],
            comment=body["comment"],
            credit=body["credit"],
            sender=hash_sender(client_address(request._request)),
            now=timezone.now(),
        )
        return Response(ProposalSerializer(taken).data, status=201)


def _sentence(body: dict[str, Any]) -> Segment:
    """Return the sentence at a position. Raises NotFound (404) if readers cannot correct it."""
    try:
        paper = ArxivId.parse(str(body["arxiv_id"])).base
    except InvalidArxivId as invalid:
        raise NotFound(str(invalid)) from invalid
    segment = (
        open_to_readers()
        .filter(
            translation__paper__arxiv_id=paper,
            translation__language=body.get("language") or content_languages()[0],
            field=body["field"],
            position=body["position"],
        )
        .first()
    )
    if segment is None:
        raise NotFound(
            _("This site has no published translation of %s with this sentence.") % paper
        )
    return segment
