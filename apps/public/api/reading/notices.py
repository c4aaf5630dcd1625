"""The site's notices: the current and all earlier versions."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import WHOLE, Ordering
from apps.public.api.paging import page_response, requested_page
from apps.public.api.queries import PagedQuery, Query
from apps.public.api.reading.notice_serializers import NoticeSerializer, notice_data
from apps.public.api.schema import schema
from apps.public.api.views import SiteView
from apps.public.models import Notice, NoticeKey
from apps.public.site.notices import current_notices, versions_of
from apps.public.site.page_urls import absolute

LATEST_VERSION = Ordering("-version", (("version", WHOLE),))

KEY = OpenApiParameter(
    "key", str, OpenApiParameter.PATH, enum=NoticeKey.values, description="The key of the notice."
)
VERSION = OpenApiParameter(
    "version",
    {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
    OpenApiParameter.PATH,
    description="The version of the notice, from 1.",
)


class NoticeOfKeySerializer(NoticeSerializer):
    """A notice in one wording, with its key."""

    key = serializers.ChoiceField(choices=NoticeKey.values)
    is_in_force = serializers.BooleanField(help_text="Whether this is the current wording.")
    api_url = serializers.URLField(help_text="This wording.")
    versions_url = serializers.URLField(help_text="All its wordings.")


class NoticesInForceSerializer(serializers.Serializer):
    """The notices in force."""

    next = serializers.URLField(allow_null=True, help_text="Always null: all are returned at once.")
    results = NoticeOfKeySerializer(many=True)


class NoticePageSerializer(serializers.Serializer):
    """One page of the wordings of a notice, the latest first."""

    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")
    results = NoticeOfKeySerializer(many=True)


def _notice_data(found: Notice, current: Notice | None) -> dict[str, Any]:
    shown = notice_data(found) or {}
    return {
        **shown,
        "key": found.key,
        "is_in_force": found == current,
        "api_url": absolute(reverse("api:notice-version", args=[found.key, found.version])),
        "versions_url": absolute(reverse("api:notice", args=[found.key])),
    }


def _current_notice(key: str) -> Notice:
    """Return the current version of a notice. Raises NotFound if the key is unknown."""
    current = current_notices(get_language() or "").get(key)
    if current is None:
        raise NotFound(
            _("There is no notice “%(key)s”. Use one of: %(known)s.")
            % {"key": key[:80], "known": ", ".join(NoticeKey.values)}
        )
    return current


@schema(
    "notices_list",
    tag="notices",
    summary="The current notices",
    response=NoticesInForceSerializer,
)
class NoticesView(SiteView):
    query = Query

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List every notice in its current wording, in the language that the client accepts.

        A notice without a wording in that language is returned in the site's default language.
        """
        current = current_notices(get_language() or settings.LANGUAGE_CODE)
        results = [_notice_data(current[key], current[key]) for key in NoticeKey if key in current]
        return page_response(request, results, None)


@schema(
    "notices_versions_list",
    tag="notices",
    summary="All wordings of a notice, the latest first",
    response=NoticePageSerializer,
    errors=[404],
    path=[KEY],
)
class NoticeView(SiteView):
    query = PagedQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List all wordings of a notice, in the language that the client accepts.

        Wordings are never changed or deleted; the latest is the current one.
        """
        current = _current_notice(named["key"])
        rows, following = requested_page(request, query, versions_of(current), LATEST_VERSION)
        return page_response(request, [_notice_data(found, current) for found in rows], following)


@schema(
    "notices_retrieve",
    tag="notices",
    summary="One wording of a notice",
    response=NoticeOfKeySerializer,
    errors=[404],
    path=[KEY, VERSION],
)
class NoticeVersionView(SiteView):
    query = Query

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Return one version of a notice."""
        current = _current_notice(named["key"])
        found = None
        if named["version"] <= current.version:
            found = versions_of(current).filter(version=named["version"]).first()
        if found is None:
            raise NotFound(
                _("The notice “%(key)s” has versions 1 to %(latest)d.")
                % {"key": current.key, "latest": current.version}
            )
        return Response(_notice_data(found, current))
