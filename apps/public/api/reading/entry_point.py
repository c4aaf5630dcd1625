"""The entry point: URLs, languages, licences, engines and limits."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.queries import LARGEST_PAGE, Query
from apps.public.api.reading.notice_serializers import NoticesSerializer, current_notices_data
from apps.public.api.reading.paper_queries import MOST_IDENTIFIERS
from apps.public.api.schema import schema
from apps.public.api.views import SECONDS_FRESH, SiteView
from apps.public.site import labels
from apps.public.site.content_language import content_languages, in_content_language
from apps.public.site.engines import engines_in_use
from apps.public.site.page_urls import absolute, api_url, page_url

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
RESOURCES = (
    "papers", "search", "categories", "authors", "days", "trends", "glossary", "notices",
)  # fmt: skip


class ResourcesSerializer(serializers.Serializer):
    """The URL of each list. Fill in the parts in braces."""

    papers = serializers.URLField()
    paper = serializers.CharField(help_text="One paper, by its arXiv identifier.")
    search = serializers.URLField()
    categories = serializers.URLField()
    authors = serializers.URLField()
    days = serializers.URLField()
    trends = serializers.URLField()
    glossary = serializers.URLField()
    notices = serializers.URLField()
    exports = serializers.URLField(help_text="All data as files, and the changes of each day.")
    oai_pmh = serializers.URLField(help_text="Records for harvesters (OAI-PMH 2.0).")


class LanguageSerializer(serializers.Serializer):
    """A language that papers are translated into."""

    code = serializers.CharField(help_text="The value for `language=`.")
    name = serializers.CharField()
    is_default = serializers.BooleanField()
    papers_url = serializers.URLField()


class LicencePartSerializer(serializers.Serializer):
    """The licence of one part of this site's data."""

    part = serializers.ChoiceField(choices=["metadata", "translations"])
    licence = serializers.CharField()
    url = serializers.CharField(help_text="Empty where there is none.")
    note = serializers.CharField()


class EngineSerializer(serializers.Serializer):
    """A translation engine, as sentences name it."""

    name = serializers.CharField()
    meaning = serializers.CharField()
    model = serializers.CharField(help_text="Empty where there is none or it is not known.")
    licence = serializers.CharField()


class LimitsSerializer(serializers.Serializer):
    """The limits of requests."""

    largest_page = serializers.IntegerField(help_text="The greatest `limit`.")
    identifiers_at_once = serializers.IntegerField(help_text="The greatest number of `ids`.")
    requests_per_minute = serializers.IntegerField(
        allow_null=True, help_text="Without a token, per IP address; null: unlimited."
    )
    seconds_fresh = serializers.IntegerField(
        help_text="Clients need not ask again before this time."
    )


class ServiceSerializer(serializers.Serializer):
    """The entry point of the API."""

    name = serializers.CharField()
    version = serializers.CharField(help_text="The version of the API, as in its URLs.")
    site_url = serializers.URLField()
    documentation_url = serializers.URLField()
    schema_url = serializers.URLField()
    resources = ResourcesSerializer()
    source_language = serializers.CharField(help_text="The language of the papers.")
    languages = LanguageSerializer(many=True)
    interface_languages = serializers.ListField(
        child=serializers.CharField(),
        help_text="The language of labels and messages, by Accept-Language.",
    )
    licences = LicencePartSerializer(many=True)
    licences_url = serializers.URLField(help_text="The page that explains them.")
    engines = EngineSerializer(many=True)
    limits = LimitsSerializer()
    notices = NoticesSerializer()


@schema(
    "service_retrieve",
    tag="service",
    summary="Entry point of the API",
    response=ServiceSerializer,
)
class ServiceView(SiteView):
    query = Query

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Return the URLs of the lists, the languages, the licences and the documentation."""
        papers = api_url("papers")
        return Response(
            {
                "name": settings.SITE_NAME,
                "version": "1",
                "site_url": settings.SITE_URL,
                "documentation_url": absolute(reverse("api:docs")),
                "schema_url": absolute(reverse("api:schema")),
                "resources": {
                    **{name: api_url(name) for name in RESOURCES},
                    "paper": f"{papers}{{arxiv_id}}/",
                    "exports": absolute(reverse("exports-index")),
                    "oai_pmh": absolute(reverse("oai")),
                },
                "source_language": settings.SOURCE_LANGUAGE,
                "languages": [_language(code) for code in content_languages()],
                "interface_languages": [code for code, _name in settings.LANGUAGES],
                "licences": _licences(),
                "licences_url": page_url("licences"),
                "engines": EngineSerializer(_engines(), many=True).data,
                "limits": {
                    "largest_page": LARGEST_PAGE,
                    "identifiers_at_once": MOST_IDENTIFIERS,
                    "requests_per_minute": settings.API_ANONYMOUS_PER_MINUTE or None,
                    "seconds_fresh": SECONDS_FRESH,
                },
                "notices": current_notices_data(),
            }
        )


def _language(code: str) -> dict[str, Any]:
    with in_content_language(code):
        return {
            "code": code,
            "name": labels.language_name(code),
            "is_default": code == content_languages()[0],
            "papers_url": api_url("papers"),
        }


def _licences() -> list[dict[str, str]]:
    return [
        {
            "part": "metadata",
            "licence": "CC0 1.0",
            "url": CC0,
            "note": _(
                "Titles, abstracts and all other metadata come from arXiv, which makes them "
                "available under CC0 1.0."
            ),
        },
        {
            "part": "translations",
            "licence": settings.TRANSLATION_LICENCE,
            "url": "",
            "note": _(
                "Please say that a text is a translation, and whether a person has reviewed it; "
                "to cite a paper, cite the original on arXiv."
            ),
        },
    ]


def _engines() -> Iterable[Any]:
    engines = {
        engine.name: engine
        for code in content_languages()
        for engine in engines_in_use(
            f"{settings.SOURCE_LANGUAGE}-{code}",
            settings.TRANSLATION_ENGINES,
            settings.TRANSLATION_CHAINS,
        )
    }
    return engines.values()
