"""Resources whose members a client can choose, with `fields=` and `expand=`."""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers


class Representation(serializers.Serializer):
    """A resource as JSON: one field for each member.

    expansions: members that results have only when asked for, by the name that `expand=` gives
    them. Everything else is always there, unless `fields=` says which. is_whole: it has all of
    them anyway, so that `expand=` only adds to what `fields=` says.
    """

    expansions: ClassVar[dict[str, tuple[str, ...]]] = {}
    is_whole: ClassVar[bool] = False

    def __init__(self, *args: Any, members: Collection[str] | None = None, **options: Any) -> None:
        """Show the members with these names; None shows all."""
        self.shown = members
        super().__init__(*args, **options)

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return the fields of the members that are shown."""
        return {
            name: copy.deepcopy(field)
            for name, field in self._declared_fields.items()
            if self.shown is None or name in self.shown
        }

    @classmethod
    def members(cls) -> list[str]:
        """Return the names of all members."""
        return list(cls._declared_fields)

    @classmethod
    def plain_members(cls) -> list[str]:
        """Return the names of the members that need no `expand`."""
        if cls.is_whole:
            return cls.members()
        expanded = {name for members in cls.expansions.values() for name in members}
        return [name for name in cls._declared_fields if name not in expanded]


class RepresentationExtension(OpenApiSerializerExtension):
    """No member is required: which there are is for `fields=` and `expand=` to say."""

    target_class = Representation
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        """Describe the resource."""
        schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        schema.pop("required", None)
        return schema
