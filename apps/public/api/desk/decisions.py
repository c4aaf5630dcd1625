"""Decisions: listing and making them."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
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
    read_access,
    row_number_field,
)
from apps.public.api.desk.schema import list_schema, schema
from apps.public.api.desk.segments import LONGEST_REASON
from apps.public.api.desk.translations import TRANSLATION_NUMBER
from apps.public.api.fields import StrictChoiceField, TextField
from apps.public.api.queries import ExpandField, FieldsField, PagedQuery
from apps.public.api.sparse_fields import Representation
from apps.review.acts.publish import Approve, Publish
from apps.review.acts.send_back import SendBack
from apps.review.acts.status_change import StatusAct
from apps.review.acts.withhold import Hold, TakeDown
from apps.review.history.labels import decision_label
from apps.review.models import Decision, DecisionKind, Scope
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus

ACTS: Final[Mapping[str, type[StatusAct]]] = {
    "approve": Approve,
    "publish": Publish,
    "unpublish": TakeDown,
    "hold": Hold,
    "retranslate": SendBack,
}
"""The decisions that a program can make about a whole translation."""


class DeskDecisionSerializer(Representation):
    """One decision about a translation."""

    expansions = {"detail": ("detail",)}

    id = serializers.IntegerField()
    translation = serializers.IntegerField(source="translation_id")
    arxiv_id = serializers.CharField(source="translation.paper.arxiv_id")
    kind = serializers.ChoiceField(choices=DecisionKind.values)
    status_before = serializers.ChoiceField(choices=TranslationStatus.values)
    status_after = serializers.ChoiceField(choices=TranslationStatus.values)
    decided_by = serializers.CharField(
        source="actor.username",
        allow_null=True,
        default=None,
        help_text="The name of the account; null: the site's publishing policy.",
    )
    token = serializers.SerializerMethodField(
        help_text="The name of the token that was used; null in the admin."
    )
    reason = serializers.CharField()
    words = serializers.SerializerMethodField(help_text="The decision in words.")
    batch = serializers.UUIDField(
        allow_null=True, help_text="The same for all decisions of one correction everywhere."
    )
    decided_at = serializers.DateTimeField()
    detail = serializers.DictField(
        help_text="Texts before and after, and other details; the keys vary."
    )

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_token(self, decision: Decision) -> str | None:
        token = decision.detail.get("token")
        return None if token is None else token["name"]

    def get_words(self, decision: Decision) -> str:
        return decision_label(decision)


class DeskDecisionsQuery(PagedQuery):
    translation = row_number_field("Only those about this translation.")
    kind = serializers.ChoiceField(choices=DecisionKind.values, required=False)
    decided_by = TextField(required=False, max_length=150, help_text="The name of an account.")
    fields = FieldsField(DeskDecisionSerializer)  # type: ignore[assignment]
    expand = ExpandField(DeskDecisionSerializer)


@list_schema(
    "desk_decisions_list",
    tag="desk",
    summary="Decisions, the latest first",
    description=(
        "List the decisions of people and of the publishing policy. Decisions are never deleted."
    ),
)
class DeskDecisionsView(DeskList):
    access = {"GET": read_access("review.view_decision")}
    query = DeskDecisionsQuery
    shape = DeskDecisionSerializer
    ordering = Ordering("-decided_at", (("decided_at", MOMENT), ("id", WHOLE)))

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        rows = Decision.objects.select_related("translation__paper", "actor").defer(
            "translation__abstract", "translation__paper__abstract"
        )
        if "translation" in query:
            rows = rows.filter(translation=query["translation"])
        if "kind" in query:
            rows = rows.filter(kind=query["kind"])
        if "decided_by" in query:
            # A single key, so that the index on accounts is used.
            account = User.objects.filter(username=query["decided_by"]).values_list("pk", flat=True)
            rows = rows.filter(actor=account.first() or 0)
        return rows


class DeskDecisionBody(Body):
    """An act on a translation."""

    kind = StrictChoiceField(
        choices=list(ACTS),
        help_text=(
            "approve: approve after reading, and publish. publish: publish as not reviewed. "
            "unpublish: take down. hold: hold for an editor. retranslate: translate again by "
            "machine, except text written by a person."
        ),
    )
    reason = TextField(
        filled=False, required=False, default="", max_length=LONGEST_REASON,
        help_text="Shown in the history.",
    )  # fmt: skip


class DeskDecideView(DeskView):
    access = {"POST": Access(Scope.DECISIONS_WRITE, "translation.view_translation")}

    @schema(
        "desk_translations_decide",
        tag="desk",
        summary="Approve, publish, take down, hold or translate again",
        response=DeskDecisionSerializer,
        status=201,
        body=DeskDecisionBody,
        path=TRANSLATION_NUMBER,
        errors=[409],
    )
    def post(self, request: Request, id: int) -> Response:
        """Carry out an act on a whole translation, if the account has the right to do so.

        An act that is already done is a conflict (409), so an act that is sent twice is done once.
        """
        body = DeskDecisionBody.read(request)
        get_row(Translation.objects.all(), id)
        act = ACTS[body["kind"]](actor=actor_in(request), reason=body["reason"], now=timezone.now())
        made = act.execute(id)
        members = frozenset(DeskDecisionSerializer.plain_members())
        return Response(DeskDecisionSerializer(made, members=members).data, status=201)
