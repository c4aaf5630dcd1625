"""Serializers of the site's notices."""

from typing import Any

from django.utils.translation import get_language
from rest_framework import serializers

from apps.public.models import Notice, NoticeKey
from apps.public.site.notices import current_notices


class NoticeSerializer(serializers.Serializer):
    """A notice in one wording."""

    version = serializers.IntegerField(help_text="The number of the wording, counting from 1.")
    language = serializers.CharField()
    text = serializers.CharField()
    since = serializers.DateTimeField(source="created_at")


class NoticesSerializer(serializers.Serializer):
    """The notices that belong to this data, each in its current wording; null if there is none."""

    disclaimer = NoticeSerializer(allow_null=True, help_text="About the whole site.")
    machine = NoticeSerializer(allow_null=True, help_text="About machine translations.")
    related = NoticeSerializer(allow_null=True, help_text="About the related papers.")
    score = NoticeSerializer(allow_null=True, help_text="About the score.")


def notice_data(found: Notice | None) -> dict[str, Any] | None:
    """Return the members of `NoticeSerializer`; None without a notice."""
    return None if found is None else dict(NoticeSerializer(found).data)


def current_notices_data() -> dict[str, Any]:
    """Return the members of `NoticesSerializer`, in the active language. One query."""
    current = current_notices(get_language() or "")
    return {key: notice_data(current.get(key)) for key in NoticeKey.values}
