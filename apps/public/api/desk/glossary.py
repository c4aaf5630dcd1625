"""The glossary for editors: all terms, their history, and changes."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import LATEST_ADDED, WORDS, Ordering
from apps.public.api.desk.base import Access, DeskList, DeskView, actor_in, get_row, read_access
from apps.public.api.desk.glossary_serializers import (
    DeskNewTermBody,
    DeskTermBody,
    DeskTermChangeSerializer,
    DeskTermSerializer,
)
from apps.public.api.desk.schema import list_schema, row_number_parameter, schema
from apps.public.api.desk.segments import LONGEST_REASON
from apps.public.api.fields import LANGUAGE, PatternField, TextField
from apps.public.api.queries import FieldsField, OrderingField, PagedQuery, Query, member_query
from apps.review.models import Scope
from apps.review.permissions import Right
from apps.translation.glossary.entries import TermEntry, TermExists, fold_term, validate_entry
from apps.translation.glossary.history import entry_of
from apps.translation.glossary.service import delete_terms, existing_term, save_term
from apps.translation.models import LONGEST_TERM, GlossaryTerm, TermRevision

READ_ACCESS = read_access("translation.view_glossaryterm")
TERM_NUMBER = [row_number_parameter("the term")]
ALPHABETICAL = Ordering(
    "term",
    (
        ("source_language", WORDS),
        ("target_language", WORDS),
        ("folded", WORDS),
        ("scope", WORDS),
    ),
)


class DeskTermsQuery(PagedQuery):
    source_language = PatternField(LANGUAGE, required=False, max_length=12)
    target_language = PatternField(LANGUAGE, required=False, max_length=12)
    source = TextField(  # type: ignore[assignment]
        required=False,
        max_length=LONGEST_TERM,
        help_text="Only this term. Hyphenation and case are ignored.",
    )
    in_use = serializers.ChoiceField(
        choices=["yes", "no"], required=False, help_text="Whether it was switched off."
    )
    ordering = OrderingField(ALPHABETICAL, LATEST_ADDED)
    fields = FieldsField(DeskTermSerializer)  # type: ignore[assignment]


@list_schema(
    "desk_glossary_list",
    tag="desk",
    summary="Glossary terms",
    description="List the glossary terms, including those that are switched off.",
)
class DeskTermsView(DeskList):
    access = {
        "GET": READ_ACCESS,
        "POST": Access(Scope.GLOSSARY_WRITE, "translation.add_glossaryterm"),
    }
    query = DeskTermsQuery
    shape = DeskTermSerializer

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        rows = _terms()
        for name in ("source_language", "target_language"):
            if name in query:
                rows = rows.filter(**{name: query[name]})
        if "source" in query:
            rows = rows.filter(folded=fold_term(query["source"]))
        if "in_use" in query:
            rows = rows.filter(is_in_use=query["in_use"] == "yes")
        return rows

    @schema(
        "desk_glossary_add",
        tag="desk",
        summary="Add a term",
        response=DeskTermSerializer,
        status=201,
        body=DeskNewTermBody,
        errors=[409],
    )
    def post(self, request: Request) -> Response:
        """Add a term.

        An existing term with the same words and scope is a conflict (409), so a term that is sent
        twice is added once.
        """
        body = DeskNewTermBody.read(request)
        nothing = TermEntry(settings.SOURCE_LANGUAGE, settings.TARGET_LANGUAGES[0], "", "")
        return _saved(request, body, nothing, None)


DeskTermQuery = member_query(DeskTermSerializer, Query)


class DeskDeletionQuery(Query):
    reason = TextField(required=False, max_length=LONGEST_REASON, help_text="Shown in the history.")


class DeskTermView(DeskView):
    access = {
        "GET": READ_ACCESS,
        "PATCH": Access(Scope.GLOSSARY_WRITE, Right.TERMS.value),
        "DELETE": Access(Scope.GLOSSARY_WRITE, "translation.delete_glossaryterm"),
    }

    @schema(
        "desk_glossary_retrieve",
        tag="desk",
        summary="One term",
        response=DeskTermSerializer,
        query=DeskTermQuery,
        path=TERM_NUMBER,
    )
    def get(self, request: Request, id: int) -> Response:
        """Return a term, in use or not."""
        query = DeskTermQuery.read(request)
        return Response(DeskTermSerializer(get_row(_terms(), id), members=query.get("fields")).data)

    @schema(
        "desk_glossary_change",
        tag="desk",
        summary="Change a term, or switch it off",
        response=DeskTermSerializer,
        body=DeskTermBody,
        path=TERM_NUMBER,
        errors=[409],
    )
    def patch(self, request: Request, id: int) -> Response:
        """Change the fields that are sent; the others stay.

        Switch off a term that came from a file instead of deleting it: a deleted term returns with
        the next import. Repeating the request changes nothing.
        """
        body = DeskTermBody.read(request)
        term = get_row(GlossaryTerm.objects.all(), id)
        return _saved(request, body, entry_of(term), term)

    @schema(
        "desk_glossary_delete",
        tag="desk",
        summary="Delete a term",
        response=None,
        status=204,
        query=DeskDeletionQuery,
        path=TERM_NUMBER,
        errors=[503],
    )
    def delete(self, request: Request, id: int) -> Response:
        """Delete a term; its history stays, and it can be restored in the admin."""
        query = DeskDeletionQuery.read(request)
        get_row(GlossaryTerm.objects.all(), id)
        delete_terms(
            [id], actor=actor_in(request), reason=query.get("reason", ""), now=timezone.now()
        )
        return Response(status=204)


DeskTermChangesQuery = member_query(DeskTermChangeSerializer, PagedQuery)


@list_schema(
    "desk_glossary_history",
    tag="desk",
    summary="History of a term",
    description="List the changes of a term, the latest first, including those of a deleted term.",
    path=TERM_NUMBER,
)
class DeskTermHistoryView(DeskList):
    access = {"GET": READ_ACCESS}
    query = DeskTermChangesQuery
    shape = DeskTermChangeSerializer
    ordering = LATEST_ADDED

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        return TermRevision.objects.filter(term=named["id"]).select_related("actor")


def _terms() -> QuerySet[GlossaryTerm]:
    return GlossaryTerm.objects.select_related("created_by", "updated_by")


def _saved(
    request: Request, body: dict[str, Any], before: TermEntry, term: GlossaryTerm | None
) -> Response:
    """Apply a body to an entry, save it as `term` or a new term, and answer with it."""
    given = {name: value for name, value in body.items() if name not in ("is_in_use", "reason")}
    if "forbidden" in given:
        given["forbidden"] = tuple(given["forbidden"])
    entry = validate_entry(replace(before, **given))
    other = existing_term(entry)
    if other is not None and (term is None or other.pk != term.pk):
        raise TermExists(
            _("“%(term)s” is already in the glossary with this scope, as “%(target)s”.")
            % {"term": other.source, "target": other.target}
        )
    try:
        saved = save_term(
            entry,
            term=term,
            is_in_use=body.get("is_in_use", True if term is None else term.is_in_use),
            actor=actor_in(request),
            reason=body["reason"],
            now=timezone.now(),
        )
    except IntegrityError as error:
        raise TermExists(
            _("Another editor has just added this term. Read it, then change that entry.")
        ) from error
    shown = DeskTermSerializer(get_row(_terms(), saved.pk)).data
    return Response(shown, status=201 if term is None else 200)
