"""Findings of all translations."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from apps.core.keyset import LATEST_ADDED
from apps.public.api.desk.base import DeskList, read_access, row_number_field
from apps.public.api.desk.schema import list_schema
from apps.public.api.desk.serializers import DeskFindingSerializer
from apps.public.api.fields import NAME, PatternField
from apps.public.api.queries import FieldsField, PagedQuery
from apps.translation.models import Finding, FindingSeverity


class DeskFindingsQuery(PagedQuery):
    translation = row_number_field("Only those of this translation.")
    segment = row_number_field("Only those of this sentence.")
    check = PatternField(
        NAME, required=False, max_length=40, help_text="Only findings of this check."
    )
    severity = serializers.ChoiceField(choices=FindingSeverity.values, required=False)
    fields = FieldsField(DeskFindingSerializer)  # type: ignore[assignment]


@list_schema(
    "desk_findings_list",
    tag="desk",
    summary="Findings, the latest first",
    description=(
        "List the findings of the checks in current texts. A finding is removed when the text "
        "is corrected, or approved unchanged."
    ),
)
class DeskFindingsView(DeskList):
    access = {"GET": read_access("translation.view_finding")}
    query = DeskFindingsQuery
    shape = DeskFindingSerializer
    ordering = LATEST_ADDED

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        columns = {"check": "name"}
        fits = {
            columns.get(name, name): query[name]
            for name in ("translation", "segment", "check", "severity")
            if name in query
        }
        return Finding.objects.filter(**fits)
