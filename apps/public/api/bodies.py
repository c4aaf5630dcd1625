"""Request bodies: JSON objects with known fields and a limited size."""

import json
import re
from typing import Any, NoReturn

from django.conf import settings
from django.http import UnreadablePostError
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

MAX_DEPTH = 20
_SURROGATE = re.compile("[\ud800-\udfff]")


class BodyTooLarge(APIException):
    """413: the body is larger than API_MAX_BODY."""

    status_code = 413

    def __init__(self) -> None:
        super().__init__(
            _("The body is larger than %(most)d bytes. Send less at once.")
            % {"most": settings.API_MAX_BODY}
        )


class LengthRequired(APIException):
    """411: the header Content-Length is missing."""

    status_code = 411

    def __init__(self) -> None:
        super().__init__(_("Send the length of the body in the header Content-Length."))


class NotJSON(APIException):
    """415: the content type is not JSON."""

    status_code = 415

    def __init__(self) -> None:
        super().__init__(_("Send JSON in UTF-8, with the header Content-Type: application/json."))


class StrictJSONParser(BaseParser):
    """Strict JSON (RFC 8259) in UTF-8, of at most API_MAX_BODY bytes."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return the parsed body. Raises BodyTooLarge, or ParseError with the reason."""
        most = settings.API_MAX_BODY
        try:
            raw = stream.read(most + 1)
        except UnreadablePostError as error:
            raise ParseError(_("The body is incomplete. Send all of it again.")) from error
        if len(raw) > most:
            raise BodyTooLarge
        return read_json(raw)


def read_json(raw: bytes) -> Any:
    """Parse a body. Raises ParseError if it is not UTF-8 or JSON, or nested too deeply.

    Duplicate names, NaN, infinities and lone surrogates are refused, because JSON readers
    disagree about them.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParseError(_("The body is not in UTF-8 at byte %d.") % error.start) from error
    try:
        found = json.loads(text, object_pairs_hook=_unique_object, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ParseError(_too_deep()) from error
    except ValueError as error:
        raise ParseError(_("The body is not valid JSON: %s.") % error) from error
    _check_value(found, MAX_DEPTH)
    return found


def _unique_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice in one object")
    return found


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a JSON number")


def _check_value(value: Any, depth: int) -> None:
    """Raise ParseError for nesting deeper than `depth` and for lone surrogates."""
    if isinstance(value, str):
        if _SURROGATE.search(value):
            raise ParseError(
                _("The body contains half of a surrogate pair, which is not a character.")
            )
    elif isinstance(value, dict | list):
        if not depth:
            raise ParseError(_too_deep())
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        for part in parts:
            _check_value(part, depth - 1)


def _too_deep() -> str:
    return _("The body is nested deeper than %d levels.") % MAX_DEPTH


class Body(serializers.Serializer):
    """Base of request bodies: an object with these fields and no others."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """Return the valid fields of a request's body; without a body, of an empty object.

        Raises ValidationError (400) for wrong, missing or unknown fields, ParseError (400) if the
        body is not a JSON object, NotJSON (415), BodyTooLarge (413), LengthRequired (411).
        """
        given = _body_of(request)
        if not isinstance(given, dict):
            raise ParseError(_("Send one JSON object: {…}."))
        body = cls(data=given)
        unknown = [name for name in given if name not in body.fields]
        if unknown:
            known = ", ".join(body.fields)
            raise ValidationError(
                {
                    name[:80]: [_("Unknown field. Use: %(known)s.") % {"known": known}]
                    for name in unknown[:20]
                }
            )
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)


class BodyExtension(OpenApiSerializerExtension):
    """Forbid further fields in the schema too."""

    target_class = Body
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        schema["additionalProperties"] = False
        return schema


def _body_of(request: Request) -> Any:
    given = request.META.get("CONTENT_LENGTH") or ""
    if not given and request.META.get("HTTP_TRANSFER_ENCODING"):
        # WSGI reads only as many bytes as the header announces: here none.
        raise LengthRequired
    length = int(given) if given.isascii() and given.isdecimal() and len(given) <= 18 else 0
    if not length:
        return {}
    if length > settings.API_MAX_BODY:
        raise BodyTooLarge
    if request.content_type.partition(";")[0].strip().lower() != StrictJSONParser.media_type:
        raise NotJSON
    return request.data
