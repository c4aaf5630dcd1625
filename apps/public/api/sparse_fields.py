"""Resources whose members the client chooses, with `fields=` and `expand=`."""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers


class Representation(serializers.Serializer):
    """A resource as JSON: one field for each member.

    expansions: the members that each value of `expand=` adds; all others are default members.
    is_whole: all members are default members, and `expand=` only adds to `fields=`.
    """

    expansions: ClassVar[dict[str, tuple[str, ...]]] = {}
    is_whole: ClassVar[bool] = False

    def __init__(self, *args: Any, members: Collection[str] | None = None, **options: Any) -> None:
        self.shown = members
        super().__init__(*args, **options)

    def get_fields(self) -> dict[str, serializers.Field]:
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
    """Make no member required, because `fields=` and `expand=` choose them."""

    target_class = Representation
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        schema.pop("required", None)
        return schema
