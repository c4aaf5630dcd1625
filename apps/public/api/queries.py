"""The query parameters that the API takes, and what is wrong with those it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.drainage import set_override
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from apps.public.api.paging import LONGEST_CURSOR, Ordering
from apps.public.api.representations import Representation
from apps.public.content_language import content_languages

LARGEST_PAGE = 100
LONGEST_CHOICE = 2000
"""Characters of a list of words in one parameter."""


class Query(serializers.Serializer):
    """Base of all queries."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """Return the valid parameters of a request.

        Raises ValidationError (400) for parameters that are wrong, unknown or given twice.
        """
        query = cls(data=request.query_params.dict())
        problems: dict[str, list[str]] = {}
        for name, values in request.query_params.lists():
            if name not in query.fields:
                problems[name[:80]] = [
                    _("There is no such parameter. Use: %(known)s.")
                    % {"known": ", ".join(query.fields)}
                    if query.fields
                    else _("This address takes no parameters. Leave it out.")
                ]
            elif len(values) > 1:
                problems[name] = [_("Give this parameter once.")]
        if problems:
            raise ValidationError(problems)
        query.is_valid(raise_exception=True)
        return dict(query.validated_data)

    @classmethod
    def parameters(cls) -> list[Any]:
        """Return how the schema describes the parameters."""
        lists = [
            OpenApiParameter(
                name,
                field.schema,
                OpenApiParameter.QUERY,
                description=str(field.help_text),
                style="form",
                explode=False,
            )
            for name, field in cls().fields.items()
            if isinstance(field, CommaSeparated)
        ]
        return [cls, *lists]


class CommaSeparated(serializers.Field):
    """Several words in one parameter: `a,b,c`. What comes in gives a tuple without repetitions.

    known: the words that there are. Raises a validation error that lists them for any other.
    """

    def __init__(self, known: Iterable[str], **options: Any) -> None:
        self.known = tuple(known)
        self.schema = {
            "type": "array",
            "items": {"type": "string", "enum": list(self.known)},
            "minItems": 1,
        }
        super().__init__(required=False, **options)
        set_override(self, "field", self.schema)

    def to_internal_value(self, data: Any) -> tuple[str, ...]:
        """Take the words apart."""
        if len(data) > LONGEST_CHOICE:
            raise ValidationError(
                _("Use at most %(count)d characters.") % {"count": LONGEST_CHOICE}
            )
        words = tuple(dict.fromkeys(word.strip() for word in data.split(",")))
        unknown = [word for word in words if word not in self.known]
        if unknown:
            raise ValidationError(
                _("There is no “%(word)s” here. Use, separated by commas: %(known)s.")
                % {"word": unknown[0][:80], "known": ", ".join(self.known)}
            )
        return words


class FieldsField(CommaSeparated):
    """`fields=`: which members each result has."""

    def __init__(self, shape: type[Representation]) -> None:
        self.shape = shape
        super().__init__(
            shape.members(),
            help_text="Only these members of each result, separated by commas. Without it, all "
            "that do not need `expand`.",
        )


class ExpandField(CommaSeparated):
    """`expand=`: which further members each result has."""

    def __init__(self, shape: type[Representation]) -> None:
        self.shape = shape
        adds = "; ".join(
            f"{name} adds {', '.join(members)}" for name, members in shape.expansions.items()
        )
        super().__init__(
            shape.expansions,
            help_text=f"Further members of each result, separated by commas: {adds}.",
        )


class OrderingField(serializers.ChoiceField):
    """`ordering=`: one of the orders that a list can have; the first is the default."""

    def __init__(self, *orderings: Ordering) -> None:
        self.orderings = {ordering.name: ordering for ordering in orderings}
        super().__init__(
            choices=list(self.orderings),
            required=False,
            default=orderings[0].name,
            help_text="The order of the results; a minus puts the greatest first.",
        )

    def __deepcopy__(self, memo: Any) -> OrderingField:
        return OrderingField(*self.orderings.values())

    def to_internal_value(self, data: Any) -> Any:
        """Return the ordering of a name."""
        if data not in self.orderings:
            raise ValidationError(
                _("There is no order “%(name)s”. Use one of: %(known)s.")
                % {"name": str(data)[:80], "known": ", ".join(self.orderings)}
            )
        return self.orderings[data]

    def get_default(self) -> Any:
        """Return the first ordering."""
        return next(iter(self.orderings.values()))


class LanguageField(serializers.CharField):
    """`language=`: which language of translations to give; the site's first by default."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            help_text="The language of the translations. Without it, the site's first one.",
        )
        languages = content_languages()
        set_override(self, "field", {"type": "string", "enum": languages, "default": languages[0]})

    def to_internal_value(self, data: Any) -> str:
        """Return a language that this site translates into."""
        code = super().to_internal_value(data)
        if code not in content_languages():
            raise ValidationError(
                _("This site does not translate into “%(code)s”. Use one of: %(known)s.")
                % {"code": code[:80], "known": ", ".join(content_languages())}
            )
        return code


class TranslatedQuery(Query):
    """Parameters of everything that has translations."""

    language = LanguageField()


class PagedQuery(Query):
    """Parameters of every list."""

    cursor = serializers.CharField(
        required=False,
        max_length=LONGEST_CURSOR,
        help_text="Where the page begins, as the address of the next page has it.",
    )
    limit = serializers.IntegerField(
        required=False,
        default=25,
        min_value=1,
        max_value=LARGEST_PAGE,
        help_text="How many results to give at once.",
    )


def members_asked(query: Mapping[str, Any], shape: type[Representation]) -> frozenset[str]:
    """Return which members a query asks for: `fields`, or all plain ones, and those of `expand`."""
    plain = query.get("fields", shape.plain_members())
    return frozenset(plain).union(*(shape.expansions[name] for name in query.get("expand", ())))
