"""Serializers of glossary terms, for answers and bodies."""

from rest_framework import serializers

from apps.public.api.bodies import Body
from apps.public.api.desk.segments import LONGEST_REASON
from apps.public.api.desk.serializers import ACCOUNT_HELP
from apps.public.api.fields import (
    HIDDEN_OR_BREAK,
    LANGUAGE,
    PatternField,
    StrictBooleanField,
    StrictChoiceField,
    TextField,
)
from apps.public.api.sparse_fields import Representation
from apps.text.arxiv.taxonomy import ARCHIVES
from apps.translation.models import LONGEST_TERM, CaseRule, PartOfSpeech

SCOPE = rf"(?:{'|'.join(sorted(ARCHIVES))})(?:\.(?:\*|[A-Za-z-]+))?"
"""A category or an archive of arXiv, such as cs.CL or cs.*."""
# "|" separates renderings in files.
RENDERING = rf"[^|{HIDDEN_OR_BREAK}]*[^|\s{HIDDEN_OR_BREAK}][^|{HIDDEN_OR_BREAK}]*"
MOST_FORBIDDEN = 50
LONGEST_NOTE = 2000


class DeskTermSerializer(Representation):
    """A term with its rendering in a scope."""

    id = serializers.IntegerField()
    source_language = serializers.CharField()
    target_language = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    target = serializers.CharField()
    scope = serializers.CharField(help_text="Categories such as “cs.* stat.ML”; empty for all.")
    part_of_speech = serializers.ChoiceField(choices=["", *PartOfSpeech.values])
    forbidden = serializers.ListField(child=serializers.CharField())
    case_rule = serializers.ChoiceField(choices=CaseRule.values)
    note = serializers.CharField()
    licence = serializers.CharField(help_text="Empty for terms of this site.")
    is_in_use = serializers.BooleanField()
    origin = serializers.CharField(help_text="The file it came from; empty for none.")
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(
        source="created_by.username", allow_null=True, default=None, help_text=ACCOUNT_HELP
    )
    updated_at = serializers.DateTimeField()
    updated_by = serializers.CharField(
        source="updated_by.username", allow_null=True, default=None, help_text=ACCOUNT_HELP
    )


class DeskTermChangeSerializer(Representation):
    """One change of a term: before and after."""

    id = serializers.IntegerField()
    term = serializers.IntegerField(source="term_id")
    before = serializers.DictField(allow_null=True, help_text="Null: the term was added.")
    after = serializers.DictField(allow_null=True, help_text="Null: the term was deleted.")
    changed_by = serializers.CharField(
        source="actor.username", allow_null=True, default=None, help_text=ACCOUNT_HELP
    )
    origin = serializers.CharField(help_text="The file it came from; empty for none.")
    reason = serializers.CharField()
    changed_at = serializers.DateTimeField()


class DeskNewTermBody(Body):
    """A term."""

    source = TextField(  # type: ignore[assignment]
        max_length=LONGEST_TERM,
        help_text="In the singular: words with a space, a hyphen, a slash or an apostrophe between "
        "them.",
    )
    target = TextField(max_length=LONGEST_TERM, help_text="What the translation has to contain.")
    source_language = PatternField(
        LANGUAGE, required=False, max_length=12, help_text="Default: the site's own."
    )
    target_language = PatternField(
        LANGUAGE, required=False, max_length=12, help_text="Default: the site's first language."
    )
    scope = PatternField(
        rf"(?:{SCOPE}(?: {SCOPE})*)?",
        required=False,
        max_length=LONGEST_TERM,
        help_text="Categories and archives such as “cs.* stat.ML”; empty for all.",
    )
    part_of_speech = StrictChoiceField(choices=["", *PartOfSpeech.values], required=False)
    forbidden = serializers.ListField(
        child=PatternField(RENDERING, max_length=LONGEST_TERM),
        required=False,
        max_length=MOST_FORBIDDEN,
        help_text="Renderings that are wrong in every sentence.",
    )
    case_rule = StrictChoiceField(choices=CaseRule.values, required=False)
    note = TextField(
        filled=False, lines=True, required=False, max_length=LONGEST_NOTE,
        help_text="For editors: when to use it.",
    )  # fmt: skip
    licence = TextField(filled=False, required=False, max_length=64, help_text="Such as CC0-1.0.")
    is_in_use = StrictBooleanField(required=False, help_text="false switches the term off.")
    reason = TextField(
        filled=False, required=False, default="", max_length=LONGEST_REASON,
        help_text="Shown in the history.",
    )  # fmt: skip


class DeskTermBody(DeskNewTermBody):
    """The changes of a term; omitted fields stay."""

    source = TextField(required=False, max_length=LONGEST_TERM)
    target = TextField(required=False, max_length=LONGEST_TERM)
