"""Properties of all readable URLs, which are found by introspection."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver

from apps.public.api import urls
from apps.public.api.reading import paper_serializers, translations
from tests.public.api.conforming import assert_conforms, schema
from tests.public.api.small_site import ADDRESSES, ELSEWHERE, build_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

EXPANSIONS = {
    "papers": paper_serializers.PaperSerializer.expansions,
    "paper": paper_serializers.PaperSerializer.expansions,
    "search": paper_serializers.PaperSerializer.expansions,
    "author": paper_serializers.PaperSerializer.expansions,
    "translations": translations.TranslationSerializer.expansions,
    "translation": translations.TranslationSerializer.expansions,
}
PAGED = {"papers", "search", "authors", "author", "days", "glossary", "notice"}


ASKED = [
    *((name, {}) for name in ADDRESSES),
    *((name, {"expand": each}) for name in ("papers", "paper") for each in EXPANSIONS[name]),
    *((name, {"expand": ",".join(known)}) for name, known in EXPANSIONS.items()),
]
"""What is asked for: every address, and every expansion alone and all of them at once."""


def names_in(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if not str(pattern.pattern).startswith("desk/"):
                yield from names_in(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name != "suggestions":
            yield pattern.name


def address(name, **query):
    path = f"/api/v1/{ADDRESSES[name]}"
    joint = "&" if "?" in path else "?"
    return path + joint + "&".join(f"{key}={value}" for key, value in query.items())


def test_every_url_is_tested():
    assert sorted(names_in(urls.urlpatterns)) == sorted({*ADDRESSES, *ELSEWHERE})


@pytest.mark.parametrize(("parameter", "known"), [("expand", EXPANSIONS), ("limit", PAGED)])
def test_every_url_with_expansions_or_pages_is_tested(parameter, known):
    taking = [
        methods["get"]["operationId"]
        for path, methods in schema()["paths"].items()
        if not path.startswith("/api/v1/desk/")
        and any(each["name"] == parameter for each in methods.get("get", {}).get("parameters", []))
    ]
    assert len(taking) == len(known), taking


def test_every_answer_conforms_to_the_schema(client):
    build_site()
    for name, query in ASKED:
        assert_conforms(client.get(address(name, **query)))


def queries_of(client, name, query):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address(name, **query))
    assert response.status_code == 200, response.content
    return len(captured)


def counted(client, papers, limit):
    """Return how many queries each answer takes on a site of so many papers; nothing is left."""
    with transaction.atomic():
        build_site(papers)
        client.get(address("search"))
        found = {
            (name, str(query)): queries_of(
                client, name, {**query, "limit": limit} if name in PAGED else query
            )
            for name, query in ASKED
        }
        transaction.set_rollback(True)
    return found


def test_the_number_of_queries_does_not_depend_on_the_rows(client):
    few, many = counted(client, 3, 2), counted(client, 7, 6)
    # A search goes on looking where a page is full, so a longer one may ask less often.
    more = {
        asked: (few[asked], many[asked])
        for asked in few
        if (many[asked] > few[asked] if asked[0] == "search" else many[asked] != few[asked])
    }
    assert more == {}
    assert max(many.values()) <= 32
