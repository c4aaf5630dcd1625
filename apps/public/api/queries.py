"""The query parameters that the API takes, and what is wrong with those it does not."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from apps.translation.status import PUBLIC

LARGEST_PAGE = 100


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
                problems[name] = [
                    _("There is no such parameter. Use: %(known)s.")
                    % {"known": ", ".join(query.fields)}
                ]
            elif len(values) > 1:
                problems[name] = [_("Give this parameter once.")]
        if problems:
            raise ValidationError(problems)
        query.is_valid(raise_exception=True)
        return dict(query.validated_data)


class PagedQuery(Query):
    """Parameters of every list."""

    cursor = serializers.CharField(
        required=False,
        max_length=40,
        help_text="Where the page begins, as the address of the next page has it.",
    )
    limit = serializers.IntegerField(
        required=False,
        default=25,
        min_value=1,
        max_value=LARGEST_PAGE,
        help_text="How many results to give at once.",
    )


class PapersQuery(PagedQuery):
    """Parameters of the list of papers."""

    category = serializers.RegexField(
        r"^[A-Za-z][A-Za-z-]*(\.[A-Za-z-]+)?$",
        required=False,
        max_length=32,
        help_text="Only papers listed or cross-listed in this category, for example cs.CL.",
    )
    day = serializers.DateField(
        required=False, help_text="Only papers first submitted on this day (UTC)."
    )
    status = serializers.ChoiceField(
        choices=sorted(PUBLIC),
        required=False,
        help_text="Only reviewed translations, or only those nobody has reviewed (published).",
    )


class DaysQuery(PagedQuery):
    """Parameters of the list of days."""

    cursor = serializers.DateField(  # type: ignore[assignment]
        required=False, help_text="Only days before this one; the next page's address has it."
    )
    category = PapersQuery._declared_fields["category"]
