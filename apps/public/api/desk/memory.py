"""The translation memory: listing, searching and deleting entries."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import LATEST_ADDED
from apps.public.api.desk.base import Access, DeskList, DeskView, actor_in, get_row, read_access
from apps.public.api.desk.schema import list_schema, row_number_parameter, schema
from apps.public.api.desk.serializers import ACCOUNT_HELP
from apps.public.api.fields import TextField
from apps.public.api.queries import FieldsField, LanguageField, PagedQuery, Query, member_query
from apps.public.api.sparse_fields import Representation
from apps.review.models import Scope
from apps.text.hygiene.normalise import source_hash
from apps.translation.memory.deletion import delete_entry
from apps.translation.memory.fuzzy_match import fuzzy_matches
from apps.translation.models import MemoryEntry, MemoryOrigin

READ_ACCESS = read_access("translation.view_memoryentry")
ENTRY_NUMBER = [row_number_parameter("the entry")]
LONGEST_SENTENCE = 2000
MOST_MATCHES = 20


class DeskMemoryEntrySerializer(Representation):
    """An approved or imported pair of sentences."""

    id = serializers.IntegerField()
    source_language = serializers.CharField()
    target_language = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    target = serializers.CharField()
    origin = serializers.ChoiceField(choices=MemoryOrigin.values)
    collection = serializers.CharField(help_text="The file name of an imported entry.")
    licence = serializers.CharField()
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(
        source="created_by.username", allow_null=True, default=None, help_text=ACCOUNT_HELP
    )


class DeskMemoryQuery(PagedQuery):
    language = LanguageField()
    fields = FieldsField(DeskMemoryEntrySerializer)  # type: ignore[assignment]


@list_schema(
    "desk_memory_list",
    tag="desk",
    summary="Entries of the translation memory, the latest first",
    description="List the pairs of one target language. They come from approved sentences and "
    "imports.",
)
class DeskMemoryView(DeskList):
    access = {"GET": READ_ACCESS}
    query = DeskMemoryQuery
    shape = DeskMemoryEntrySerializer
    ordering = LATEST_ADDED

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        rows = _entries()
        return rows.filter(target_language=query["language"]) if "language" in query else rows


DeskMemoryEntryQuery = member_query(DeskMemoryEntrySerializer, Query)


class DeskMemoryEntryView(DeskView):
    access = {
        "GET": READ_ACCESS,
        "DELETE": Access(Scope.MEMORY_WRITE, "translation.delete_memoryentry"),
    }

    @schema(
        "desk_memory_retrieve",
        tag="desk",
        summary="One entry of the translation memory",
        response=DeskMemoryEntrySerializer,
        query=DeskMemoryEntryQuery,
        path=ENTRY_NUMBER,
    )
    def get(self, request: Request, id: int) -> Response:
        """Return a pair of sentences."""
        query = DeskMemoryEntryQuery.read(request)
        item = get_row(_entries(), id)
        return Response(DeskMemoryEntrySerializer(item, members=query.get("fields")).data)

    @schema(
        "desk_memory_delete",
        tag="desk",
        summary="Delete an entry of the translation memory",
        response=None,
        status=204,
        path=ENTRY_NUMBER,
        errors=[503],
    )
    def delete(self, request: Request, id: int) -> Response:
        """Delete a pair; the admin's log keeps a full copy.

        Translations that use it are not changed.
        """
        Query.read(request)
        delete_entry(get_row(MemoryEntry.objects.all(), id), actor=actor_in(request))
        return Response(status=204)


class DeskMatchSerializer(serializers.Serializer):
    """An entry whose source is similar to the sentence."""

    similarity = serializers.FloatField(help_text="Share of common trigrams, 0 to 1.")
    match_rate = serializers.FloatField(help_text="Share of common words in order, 0 to 1.")
    entry = DeskMemoryEntrySerializer()


class DeskMatchesSerializer(serializers.Serializer):
    """Entries similar to a sentence."""

    results = DeskMatchSerializer(many=True)


class DeskMemorySearchQuery(Query):
    q = TextField(max_length=LONGEST_SENTENCE, help_text="A whole sentence of the source language.")
    language = LanguageField()


class DeskMemorySearchView(DeskView):
    access = {"GET": READ_ACCESS}

    @schema(
        "desk_memory_search",
        tag="desk",
        summary="Entries like a sentence",
        response=DeskMatchesSerializer,
        query=DeskMemorySearchQuery,
    )
    def get(self, request: Request) -> Response:
        """Find translations of a sentence and of similar sentences.

        At most 20 are returned, the most similar first.
        """
        query = DeskMemorySearchQuery.read(request)
        pair = settings.SOURCE_LANGUAGE, query.get("language") or settings.TARGET_LANGUAGES[0]
        same = set(
            MemoryEntry.objects.exact([source_hash(query["q"])], *pair).values_list(
                "pk", flat=True
            )[:MOST_MATCHES]
        )
        rates = dict.fromkeys(same, (1.0, 1.0)) | {
            match.entry: (match.similarity, match.match_rate)
            for match in fuzzy_matches(query["q"], *pair, limit=MOST_MATCHES, at_least=0.3)
            if match.entry not in same
        }
        entries = _entries().in_bulk(list(rates))
        rows = [
            {"similarity": rates[key][0], "match_rate": rates[key][1], "entry": entries[key]}
            for key in list(rates)[:MOST_MATCHES]
            if key in entries
        ]
        return Response(DeskMatchesSerializer({"results": rows}).data)


def _entries() -> QuerySet[MemoryEntry]:
    return MemoryEntry.objects.select_related("created_by")
