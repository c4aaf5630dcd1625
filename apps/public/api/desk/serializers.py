"""Serializers of translations, sentences, findings and readers' corrections."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.public.api.sparse_fields import Representation
from apps.review.models import Claim, SuggestionState
from apps.translation.models import (
    FindingSeverity,
    Segment,
    SegmentField,
    SegmentOrigin,
    SegmentState,
    SummaryOrigin,
    Translation,
)
from apps.translation.status import TranslationStatus

ACCOUNT_HELP = "The name of the account; null if there is none or it is no longer known."


class DeskFindingSerializer(Representation):
    """A finding of a check in the current text."""

    id = serializers.IntegerField()
    translation = serializers.IntegerField(source="translation_id")
    segment = serializers.IntegerField(
        source="segment_id", allow_null=True, help_text="Null: the finding is about the whole text."
    )
    check = serializers.CharField(source="name", help_text="The check, such as numbers or terms.")
    severity = serializers.ChoiceField(choices=FindingSeverity.values)
    start = serializers.IntegerField(help_text="Index of the first character.")
    end = serializers.IntegerField(help_text="Index after the last character.")
    message_ja = serializers.CharField()
    message_en = serializers.CharField()
    found_at = serializers.DateTimeField()


class DeskSuggestionSerializer(Representation):
    """A reader's correction of a sentence."""

    id = serializers.IntegerField()
    segment = serializers.IntegerField(source="segment_id")
    translation = serializers.IntegerField(source="segment.translation_id")
    source = serializers.CharField(source="segment.source")  # type: ignore[assignment]
    present_text = serializers.CharField(
        source="segment.text", help_text="The current text of the sentence."
    )
    base_text = serializers.CharField(help_text="The text that the reader saw.")
    text = serializers.CharField(help_text="The text that the reader suggests.")
    comment = serializers.CharField()
    credit = serializers.CharField(help_text="The name to be shown; may be empty.")
    state = serializers.ChoiceField(choices=SuggestionState.values)
    times = serializers.IntegerField(help_text="The number of senders of the same correction.")
    received_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(
        source="decided_by.username", allow_null=True, default=None, help_text=ACCOUNT_HELP
    )
    decline_reason = serializers.CharField()
    accepted_text = serializers.CharField(help_text="The text that was saved; may be empty.")


class DeskSegmentSerializer(Representation):
    """One sentence: its source, the machine's text, the current text and its origin."""

    expansions = {"findings": ("findings",), "suggestions": ("suggestions",)}

    id = serializers.IntegerField()
    translation = serializers.IntegerField(source="translation_id")
    field = serializers.ChoiceField(choices=SegmentField.values)
    position = serializers.IntegerField(help_text="Within its part, from 0.")
    paragraph = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField(help_text="The current text; empty if there is none yet.")
    machine_text = serializers.CharField(help_text="The first machine translation.")
    state = serializers.ChoiceField(choices=SegmentState.values)
    origin = serializers.ChoiceField(choices=["", *SegmentOrigin.values])
    engine = serializers.CharField()
    engine_version = serializers.CharField()
    fixes = serializers.ListField(
        child=serializers.CharField(), help_text="Corrections of the machine's text."
    )
    translated_at = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True, help_text="When a person approved it.")
    approved_by = serializers.CharField(
        source="approved_by.username", allow_null=True, default=None, help_text=ACCOUNT_HELP
    )
    last_error = serializers.CharField(help_text="The last error of an engine; may be empty.")
    findings = DeskFindingSerializer(many=True)
    suggestions = serializers.SerializerMethodField(help_text="Readers' open corrections.")

    @extend_schema_field(DeskSuggestionSerializer(many=True))
    def get_suggestions(self, segment: Segment) -> Any:
        return DeskSuggestionSerializer(segment.open_suggestions, many=True).data  # type: ignore[attr-defined]


class DeskClaimSerializer(serializers.Serializer):
    """The claim on a translation."""

    editor = serializers.CharField(source="editor.username")
    claimed_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


def claim_data(translation: Translation, now: datetime) -> Any:
    """Return the current claim on a translation; None without one."""
    claim: Claim | None = getattr(translation, "claim", None)
    if claim is None or claim.expires_at <= now:
        return None
    return DeskClaimSerializer(claim).data


class DeskNoteSerializer(serializers.Serializer):
    """A note of an editor for other editors."""

    author = serializers.CharField(
        source="author.username", allow_null=True, default=None, help_text=ACCOUNT_HELP
    )
    text = serializers.CharField()
    written_at = serializers.DateTimeField()


class DeskTranslationSerializer(Representation):
    """The translation of one text of a paper."""

    expansions = {
        "segments": ("segments",),
        "findings": ("findings",),
        "notes": ("notes",),
    }

    id = serializers.IntegerField()
    arxiv_id = serializers.CharField(source="paper.arxiv_id")
    version = serializers.IntegerField(help_text="The version of the paper that it translates.")
    language = serializers.CharField()
    status = serializers.ChoiceField(choices=TranslationStatus.values)
    status_reason = serializers.CharField()
    is_stale = serializers.BooleanField(help_text="The paper's text has changed since.")
    title = serializers.CharField()
    abstract = serializers.CharField()
    summary = serializers.CharField()
    summary_origin = serializers.ChoiceField(choices=["", *SummaryOrigin.values])
    original_title = serializers.CharField(source="paper.title")
    original_abstract = serializers.CharField(source="paper.abstract")
    primary_category = serializers.CharField(source="paper.primary_category")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True, help_text="First published.")
    claim = serializers.SerializerMethodField(help_text="The claim; null if it is not claimed.")
    segments = DeskSegmentSerializer(
        many=True, help_text="The sentences, each with its findings and readers' open corrections."
    )
    findings = DeskFindingSerializer(many=True, help_text="All findings, unordered.")
    notes = DeskNoteSerializer(many=True)

    @extend_schema_field(DeskClaimSerializer(allow_null=True))
    def get_claim(self, translation: Translation) -> Any:
        return claim_data(translation, timezone.now())
