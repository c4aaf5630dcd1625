"""Strict body fields: JSON types are not converted, and the schema has the same patterns."""

import re
from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers
from rest_framework.fields import empty

# Control characters except line breaks and tabs.
_HIDDEN = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
HIDDEN_OR_BREAK = r"\x00-\x1f\x7f-\x9f"
PLAIN = rf"[^{_HIDDEN}]*"
FILLED = rf"[^{_HIDDEN}]*[^\s{_HIDDEN}][^{_HIDDEN}]*"
ONE_LINE = rf"[^{HIDDEN_OR_BREAK}]*"
FILLED_LINE = rf"[^{HIDDEN_OR_BREAK}]*[^\s{HIDDEN_OR_BREAK}][^{HIDDEN_OR_BREAK}]*"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

STORABLE = r"[^\x00]*"
"""Any text that PostgreSQL can store."""

CATEGORY = r"[A-Za-z][A-Za-z-]*(\.[A-Za-z-]+)?"
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
NAME = r"[A-Za-z][A-Za-z0-9_-]*"


class PatternField(serializers.CharField):
    """A string that matches a pattern as a whole. It is not trimmed."""

    default_error_messages = {"invalid": _("Send a string.")}

    def __init__(self, pattern: str, said: Any = None, **options: Any) -> None:
        """Accept what matches `pattern`, which Python and ECMAScript must read alike.

        said: the message for other strings.
        """
        self.pattern = pattern
        fits = RegexValidator(rf"\A(?:{pattern})\Z", said or _("The format is wrong."))
        super().__init__(trim_whitespace=False, validators=[fits], **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)

    def run_validation(self, data: Any = empty) -> Any:
        # The pattern alone decides whether an empty string is valid.
        return serializers.Field.run_validation(self, data)


class TextField(PatternField):
    """Text without control characters.

    filled: it needs a visible character. lines: it may have several lines.
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
    target_class = PatternField
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        field: PatternField = self.target
        schema: dict[str, Any] = {"type": "string", "pattern": f"^(?:{field.pattern})$"}
        if field.max_length is not None:
            schema["maxLength"] = field.max_length
        return schema


class StrictIntegerField(serializers.IntegerField):
    """A JSON integer; strings and booleans are refused."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int | float) or data != int(data):
            self.fail("invalid")
        return int(data)


class StrictBooleanField(serializers.BooleanField):
    """A JSON boolean; strings and numbers are refused."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class StrictChoiceField(serializers.ChoiceField):
    """One of several strings; nothing is converted."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class StrictDateField(serializers.DateField):
    """A day written as 2025-02-28."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)
