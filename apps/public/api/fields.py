"""Fields of bodies, exact: a number is no text, "true" is no yes, and the schema says as much."""

import re
from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers
from rest_framework.fields import empty

# Line breaks and tabs aside, characters that nobody can see have no place in a text.
_HIDDEN = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
HIDDEN_OR_BREAK = r"\x00-\x1f\x7f-\x9f"
PLAIN = rf"[^{_HIDDEN}]*"
FILLED = rf"[^{_HIDDEN}]*[^\s{_HIDDEN}][^{_HIDDEN}]*"
ONE_LINE = rf"[^{HIDDEN_OR_BREAK}]*"
FILLED_LINE = rf"[^{HIDDEN_OR_BREAK}]*[^\s{HIDDEN_OR_BREAK}][^{HIDDEN_OR_BREAK}]*"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

STORABLE = r"[^\x00]*"
"""Any text that the database can hold."""

CATEGORY = r"[A-Za-z][A-Za-z-]*(\.[A-Za-z-]+)?"
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
NAME = r"[A-Za-z][A-Za-z0-9_-]*"


class PatternField(serializers.CharField):
    """A text that a pattern describes whole. Nothing is trimmed; only texts are taken for texts."""

    default_error_messages = {"invalid": _("Send a string.")}

    def __init__(self, pattern: str, said: Any = None, **options: Any) -> None:
        """Take what fits `pattern`, a regular expression as Python and ECMAScript both read it.

        said: what to tell whoever sends something else.
        """
        self.pattern = pattern
        fits = RegexValidator(rf"\A(?:{pattern})\Z", said or _("The format is wrong."))
        super().__init__(trim_whitespace=False, validators=[fits], **options)

    def to_internal_value(self, data: Any) -> str:
        """Return the text; anything else is refused."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)

    def run_validation(self, data: Any = empty) -> Any:
        """Return the valid text. Whether an empty one is says the pattern, and nothing else."""
        return serializers.Field.run_validation(self, data)


class TextField(PatternField):
    """Words of a person, without characters that nobody can see.

    filled: it has to have something to be seen. lines: it may have several lines.
    """

    def __init__(self, *, filled: bool = True, lines: bool = False, **options: Any) -> None:
        if filled:
            pattern = FILLED if lines else FILLED_LINE
            said = _("Write a text, without control characters.")
        else:
            pattern = PLAIN if lines else ONE_LINE
            said = _("Remove the control characters.")
        super().__init__(pattern, said, **options)


class PatternFieldExtension(OpenApiSerializerFieldExtension):
    """The schema has the same pattern."""

    target_class = PatternField
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """Describe the field."""
        field: PatternField = self.target
        schema: dict[str, Any] = {"type": "string", "pattern": f"^(?:{field.pattern})$"}
        if field.max_length is not None:
            schema["maxLength"] = field.max_length
        return schema


class StrictIntegerField(serializers.IntegerField):
    """A whole number of JSON."""

    def to_internal_value(self, data: Any) -> int:
        """Return the number; texts and yes or no are refused."""
        if isinstance(data, bool) or not isinstance(data, int | float) or data != int(data):
            self.fail("invalid")
        return int(data)


class StrictBooleanField(serializers.BooleanField):
    """true or false of JSON."""

    def to_internal_value(self, data: Any) -> bool:
        """Return it; "yes", 1 and the like are refused."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class StrictChoiceField(serializers.ChoiceField):
    """One of some words."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the word; what only looks like it is refused."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class StrictDateField(serializers.DateField):
    """A day, written as 2025-02-28 and no other way."""

    def to_internal_value(self, value: Any) -> Any:
        """Return the day."""
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)
