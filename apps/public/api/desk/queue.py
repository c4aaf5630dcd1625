"""The review queue: translations that need a person, riskiest first."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from apps.public.api.desk.base import DeskList, actor_in, read_access
from apps.public.api.desk.schema import list_schema
from apps.public.api.desk.serializers import DeskClaimSerializer, claim_data
from apps.public.api.fields import (
    CATEGORY,
    LANGUAGE,
    NAME,
    PatternField,
    StrictDateField,
    TextField,
)
from apps.public.api.queries import FieldsField, PagedQuery
from apps.public.api.sparse_fields import Representation
from apps.review.models import QueueEntry
from apps.review.models.queue import RISKIEST_FIRST
from apps.review.queue.filters import (
    FREE,
    MINE,
    NO,
    OLDER,
    OTHERS,
    SEVEN_DAYS,
    THREE_DAYS,
    TODAY,
    YES,
    BadFilter,
    QueueFilter,
)
from apps.review.queue.title_search import LONGEST_SEARCH
from apps.translation.status import TranslationStatus


class DeskQueueEntrySerializer(Representation):
    """A translation that may need review."""

    translation = serializers.IntegerField(source="translation_id")
    arxiv_id = serializers.CharField(source="translation.paper.arxiv_id")
    language = serializers.CharField()
    status = serializers.ChoiceField(choices=TranslationStatus.values)
    title = serializers.CharField(source="translation.title")
    original_title = serializers.CharField(source="translation.paper.title")
    category = serializers.CharField(help_text="The primary category; may be empty.")
    categories = serializers.ListField(child=serializers.CharField())
    day = serializers.DateField(help_text="Day of submission (UTC).")
    blocking = serializers.ListField(
        child=serializers.CharField(), help_text="Checks with blocking findings."
    )
    others = serializers.ListField(
        child=serializers.CharField(), help_text="Checks with other findings only."
    )
    blocking_count = serializers.IntegerField()
    other_count = serializers.IntegerField()
    engines = serializers.ListField(child=serializers.CharField())
    is_stale = serializers.BooleanField(help_text="The paper's text has changed since.")
    open_suggestions = serializers.IntegerField(help_text="Readers' open corrections.")
    score = serializers.FloatField(allow_null=True)
    priority = serializers.FloatField(help_text="The queue is ordered by this value.")
    waits_since = serializers.DateTimeField(source="translation.created_at")
    claim = serializers.SerializerMethodField(help_text="The claim; null if it is not claimed.")

    @extend_schema_field(DeskClaimSerializer(allow_null=True))
    def get_claim(self, entry: QueueEntry) -> Any:
        return claim_data(entry.translation, timezone.now())


class DeskQueueQuery(PagedQuery):
    language = PatternField(LANGUAGE, required=False, max_length=12)
    category = PatternField(
        CATEGORY, required=False, max_length=32, help_text="Listed or cross-listed in it."
    )
    day = StrictDateField(
        required=False, help_text="Day of submission (UTC); takes precedence over `when`."
    )
    when = serializers.ChoiceField(
        choices=[TODAY, THREE_DAYS, SEVEN_DAYS, OLDER],
        required=False,
        help_text="Days of submission up to now: today, the last 3 or 7, or older.",
    )
    status = serializers.ChoiceField(choices=TranslationStatus.values, required=False)
    engine = PatternField(NAME, required=False, max_length=32)
    finding = PatternField(
        NAME,
        required=False,
        max_length=40,
        help_text="The name of a check, “blocking” for any blocking finding, or “none”.",
    )
    hand = serializers.ChoiceField(
        choices=[MINE, OTHERS, FREE],
        required=False,
        help_text="Who has claimed it: the token's account, another account, or none.",
    )
    stale = serializers.ChoiceField(
        choices=[YES, NO], required=False, help_text="Whether the paper's text has changed since."
    )
    corrections = serializers.ChoiceField(
        choices=[YES, NO], required=False, help_text="Whether readers' corrections are open."
    )
    q = TextField(
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="Words of either title, or an arXiv identifier.",
    )
    fields = FieldsField(DeskQueueEntrySerializer)  # type: ignore[assignment]


@list_schema(
    "desk_queue_list",
    tag="desk",
    summary="Translations that need review, riskiest first",
    description=(
        "List the review queue: held, ready and taken down translations, published ones that "
        "are not reviewed, and reviewed ones whose paper has changed or that have open "
        "readers' corrections."
    ),
)
class DeskQueueView(DeskList):
    access = {"GET": read_access("review.view_queueentry")}
    query = DeskQueueQuery
    shape = DeskQueueEntrySerializer
    ordering = RISKIEST_FIRST

    def rows(
        self, request: Request, query: dict[str, Any], members: frozenset[str], **named: Any
    ) -> QuerySet[Any]:
        try:
            wanted = QueueFilter.parse({name: str(value) for name, value in query.items()})
        except BadFilter as bad:
            raise ValidationError({"q": [str(bad)]}) from bad
        return (
            wanted.entries(editor=actor_in(request), now=timezone.now())
            .select_related("translation__paper", "translation__claim__editor")
            .defer("translation__abstract", "translation__paper__abstract")
        )
