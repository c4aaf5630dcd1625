"""Query parameters: read, checked and described in the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from drf_spectacular.drainage import set_override
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from apps.core.keyset import Ordering
from apps.public.api.paging import LONGEST_CURSOR, parameters_of
from apps.public.api.patterns import CURSOR, whole_match
from apps.public.api.sparse_fields import Representation
from apps.public.site.content_language import content_languages

Q = TypeVar("Q", bound=serializers.Serializer)

LARGEST_PAGE = 100
LONGEST_ITEM = 64
"""Characters of one item of a list in one parameter."""
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
"""The range of dates that leaves room for date arithmetic."""


class Query(serializers.Serializer):
    """Base of all query parameters."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """Return the valid parameters of a request.

        Raises ValidationError (400) for parameters that are wrong, unknown or given twice.
        """
        query = cls(data=parameters_of(request))
        problems: dict[str, list[str]] = {}
        for name, values in request.query_params.lists():
            if name not in query.fields:
                problems[name[:80]] = [
                    _("Unknown parameter. Use: %(known)s.") % {"known": ", ".join(query.fields)}
                    if query.fields
                    else _("This URL takes no parameters. Remove it.")
                ]
            elif len(values) > 1 and not isinstance(query.fields[name], CommaSeparated):
                problems[name] = [_("Give this parameter once.")]
        if problems:
            raise ValidationError(problems)
        query.is_valid(raise_exception=True)
        return dict(query.validated_data)

    @classmethod
    def parameters(cls) -> list[Any]:
        """Return the description of the parameters for the schema."""
        fields = cls().fields
        lists = [
            OpenApiParameter(
                name,
                field.schema,
                OpenApiParameter.QUERY,
                description=str(field.help_text),
                style="form",
                explode=False,
            )
            for name, field in fields.items()
            if isinstance(field, CommaSeparated)
        ]
        return [cls, *lists] if fields else []


class CommaSeparated(serializers.Field):
    """A list in one parameter, `a,b,c`, or in a repeated parameter; duplicates are removed.

    items: the schema of one item. most: the greatest number of items.
    """

    def __init__(self, items: dict[str, Any], *, most: int, help_text: str) -> None:
        self.most = most
        self.schema = {"type": "array", "items": items, "minItems": 1, "maxItems": most}
        super().__init__(required=False, help_text=help_text)
        set_override(self, "field", self.schema)

    def to_internal_value(self, data: Any) -> list[str]:
        if len(data) > LONGEST_ITEM * self.most:
            raise ValidationError(
                _("Use at most %(count)d characters.") % {"count": LONGEST_ITEM * self.most}
            )
        items = data.split(",")
        if len(items) > self.most:
            raise ValidationError(_("Give at most %(count)d values.") % {"count": self.most})
        return list(dict.fromkeys(self.read_item(item.strip()) for item in items))

    def read_item(self, text: str) -> str:
        """Return the value of one item. Raises ValidationError."""
        raise NotImplementedError


class NamesField(CommaSeparated):
    """A list of names from `known`."""

    def __init__(self, known: Iterable[str], help_text: str) -> None:
        self.known = tuple(known)
        super().__init__(
            {"type": "string", "enum": list(self.known)}, most=len(self.known), help_text=help_text
        )

    def read_item(self, text: str) -> str:
        if text not in self.known:
            raise ValidationError(
                _(
                    "Unknown value “%(word)s”. Use one or more of these, separated by commas: "
                    "%(known)s."
                )
                % {"word": text[:80], "known": ", ".join(self.known)}
            )
        return text


class FieldsField(NamesField):
    """`fields=`: the members of each result."""

    def __init__(self, shape: type[Representation]) -> None:
        super().__init__(
            shape.members(),
            help_text=(
                "Return only these members of each result, separated by commas. Default: all "
                "members that do not need `expand`."
            ),
        )


class ExpandField(NamesField):
    """`expand=`: further members of each result."""

    def __init__(self, shape: type[Representation]) -> None:
        adds = "; ".join(
            f"{name} adds {', '.join(members)}" for name, members in shape.expansions.items()
        )
        super().__init__(
            shape.expansions,
            help_text=f"Further members of each result, separated by commas: {adds}.",
        )


def with_member_choice(shape: type[Representation]) -> Callable[[type[Q]], type[Q]]:
    """Add `fields=` and `expand=` for results of this shape to a query."""

    def add(query: type[Q]) -> type[Q]:
        query._declared_fields["fields"] = FieldsField(shape)
        if shape.expansions:
            query._declared_fields["expand"] = ExpandField(shape)
        return query

    return add


def member_query(shape: type[Representation], base: type[Q]) -> type[Q]:
    """Return a query with the parameters of `base`, `fields=` and `expand=`."""
    query: type[Q] = type(f"{shape.__name__}Query", (base,), {})
    return with_member_choice(shape)(query)


class OrderingField(serializers.ChoiceField):
    """`ordering=`: one of the orders of a list; the first is the default."""

    def __init__(self, *orderings: Ordering) -> None:
        self.orderings = {ordering.name: ordering for ordering in orderings}
        super().__init__(
            choices=list(self.orderings),
            required=False,
            default=orderings[0].name,
            help_text="The order of the results; a minus sorts in descending order.",
        )

    def __deepcopy__(self, memo: Any) -> OrderingField:
        return OrderingField(*self.orderings.values())

    def to_internal_value(self, data: Any) -> Any:
        if data not in self.orderings:
            raise ValidationError(
                _("Unknown order “%(name)s”. Use one of: %(known)s.")
                % {"name": str(data)[:80], "known": ", ".join(self.orderings)}
            )
        return self.orderings[data]

    def get_default(self) -> Any:
        return next(iter(self.orderings.values()))


class DayField(serializers.DateField):
    """An ISO 8601 date, moved into the range from EARLIEST to LATEST."""

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        return min(max(day, EARLIEST.date()), LATEST.date())


class MomentField(serializers.DateTimeField):
    """An ISO 8601 time; UTC if it has no time zone."""

    def to_internal_value(self, value: Any) -> datetime:
        # A plus in a URL means a space, and clients forget to write %2B.
        moment: datetime = super().to_internal_value(value.strip().replace(" ", "+"))
        return min(max(moment, EARLIEST), LATEST)


class LanguageField(serializers.CharField):
    """`language=`: the language of the translations; the site's first by default."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            help_text="The language of the translations. Default: the site's first language.",
        )
        languages = content_languages()
        set_override(self, "field", {"type": "string", "enum": languages, "default": languages[0]})

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data)
        if code not in content_languages():
            raise ValidationError(
                _("This site does not translate into “%(code)s”. Use one of: %(known)s.")
                % {"code": code[:80], "known": ", ".join(content_languages())}
            )
        return code


class TranslatedQuery(Query):
    """Base of the parameters of translated resources."""

    language = LanguageField()


@extend_schema_field(
    {"type": "string", "pattern": whole_match(CURSOR), "maxLength": LONGEST_CURSOR}
)
class CursorField(serializers.CharField):
    """`cursor=`: the beginning of the page."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=LONGEST_CURSOR,
            help_text="The cursor of the page, taken from the URL of the next page.",
        )


class PagedQuery(Query):
    """Base of the parameters of lists."""

    cursor = CursorField()
    limit = serializers.IntegerField(
        required=False,
        default=25,
        min_value=1,
        max_value=LARGEST_PAGE,
        help_text="The number of results per page.",
    )


def requested_members(query: Mapping[str, Any], shape: type[Representation]) -> frozenset[str]:
    """Return the members for a query: `fields` or all plain ones, and those of `expand`."""
    plain = query.get("fields", shape.plain_members())
    return frozenset(plain).union(*(shape.expansions[name] for name in query.get("expand", ())))
