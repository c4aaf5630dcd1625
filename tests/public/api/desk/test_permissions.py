"""Who gets what answer from every endpoint of the API, by method.

The table has a line for each address by the name of its URL, found by introspection: a new one that
is not in it fails here. Columns are nobody, a token without scopes, a token with every scope whose
account has no role, and an editor's token with every scope; methods that are not listed are not
allowed (405). A request sends nothing but an empty object, so what is allowed answers 400 where
something is missing and 409 where it was done before.
"""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from apps.public.api import urls as api_urls
from tests.public.api.programs import account, program, program_with, token_for
from tests.public.api.small_site import ADDRESSES, ELSEWHERE, patterns_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
COLUMNS = ("nobody", "no scope", "no role", "editor")

TABLE = """
# url name                           method nobody no scope no role editor
author                             GET    404    404      404     404
authors                            GET    200    200      200     200
categories                         GET    200    200      200     200
category                           GET    200    200      200     200
day                                GET    404    404      404     404
days                               GET    200    200      200     200
desk-decisions                     GET    401    403      403     200
desk-findings                      GET    401    403      403     200
desk-harvest                       GET    401    403      403     200
desk-harvest-resume                POST   401    403      403     200
desk-harvest-stop                  POST   401    403      403     200
desk-harvests                      GET    401    403      403     200
desk-harvests                      POST   401    403      403     409
desk-memory                        GET    401    403      403     200
desk-memory-entry                  DELETE 401    403      403     204
desk-memory-entry                  GET    401    403      403     200
desk-memory-search                 GET    401    403      403     200
desk-queue                         GET    401    403      403     200
desk-segment                       GET    401    403      403     200
desk-segment                       PATCH  401    403      403     400
desk-segment-approval              POST   401    403      403     400
desk-segments                      GET    401    403      403     200
desk-suggestion                    GET    401    403      403     200
desk-suggestion-acceptance         POST   401    403      403     200
desk-suggestion-decline            POST   401    403      403     400
desk-suggestions                   GET    401    403      403     200
desk-term                          DELETE 401    403      403     204
desk-term                          GET    401    403      403     200
desk-term                          PATCH  401    403      403     200
desk-term-history                  GET    401    403      403     200
desk-terms                         GET    401    403      403     200
desk-terms                         POST   401    403      403     400
desk-translation                   GET    401    403      403     200
desk-translation-claim             DELETE 401    403      403     204
desk-translation-claim             PUT    401    403      403     200
desk-translation-decisions         POST   401    403      403     400
desk-translation-history           GET    401    403      403     200
desk-translations                  GET    401    403      403     200
docs                               GET    200    200      200     200
glossary                           GET    200    200      200     200
notice                             GET    200    200      200     200
notice-version                     GET    200    200      200     200
notices                            GET    200    200      200     200
paper                              GET    200    200      200     200
paper-spelled                      GET    200    200      200     200
papers                             GET    200    200      200     200
problem-type                       GET    200    200      200     200
problem-types                      GET    200    200      200     200
related                            GET    200    200      200     200
schema                             GET    200    200      200     200
score                              GET    200    200      200     200
search                             GET    200    200      200     200
service                            GET    200    200      200     200
suggestions                        POST   401    403      400     400
summary                            GET    200    200      200     200
translation                        GET    200    200      200     200
translations                       GET    200    200      200     200
trends                             GET    404    404      404     404
versions                           GET    200    200      200     200
"""


def rows() -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the table: statuses by name and method."""
    found = {}
    for line in TABLE.strip().splitlines():
        name, method, *statuses = line.split()
        if name != "#":
            found[name, method] = tuple(map(int, statuses))
    return found


PATTERNS = {pattern.name: pattern for pattern in patterns_in(api_urls.urlpatterns)}
READING = ADDRESSES | ELSEWHERE


def address(name: str, site: Any) -> str:
    """Return the address of a URL, about what `site` has."""
    if name in READING:
        return f"/api/v1/{READING[name]}"
    keys = {
        "translation": site.translation.pk,
        "segment": site.segment.pk,
        "suggestion": site.suggestion.pk,
        "term": site.term.pk,
        "memory": site.memory.pk,
        "harvest": site.run.pk,
    }
    of = name.removeprefix("desk-").partition("-")[0]
    has_key = "id" in PATTERNS[name].pattern.converters
    path = reverse(f"api:{name}", kwargs={"id": keys[of]} if has_key else None)
    return f"{path}?q=effect" if name == "desk-memory-search" else path


def ask(client: Client, method: str, where: str) -> int:
    """Return the status of an answer; whatever was asked for is undone."""
    with transaction.atomic():
        if method == "GET":
            answer = client.get(where)
        else:
            answer = client.generic(method, where, "{}", content_type="application/json")
        transaction.set_rollback(True)
    if answer.status_code == 401:
        assert answer["WWW-Authenticate"].startswith("Bearer")
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"]
    return answer.status_code


def test_every_address_has_a_name():
    assert None not in PATTERNS


def test_every_address_is_in_the_table():
    assert {name for name, _method in rows()} == set(PATTERNS)


def is_closed(name: str) -> bool:
    """Whether an endpoint is for programs with a token alone."""
    return name.startswith(("desk-", "suggestions"))


@pytest.mark.parametrize("closed", [False, True], ids=["for everybody", "for programs"])
def test_each_role_has_its_access(site, closed):
    people = [
        Client(),
        program_with(token_for(account("root")).text),
        program(account("plain", "nothing")),
        program(account("editor")),
    ]
    names = sorted(name for name in PATTERNS if is_closed(name) == closed)
    got = {
        (name, method): tuple(ask(client, method, address(name, site)) for client in people)
        for name in names
        for method in METHODS
    }
    not_allowed = (401 if closed else 405, 405, 405, 405)
    assert got == {
        (name, method): rows().get((name, method), not_allowed)
        for name in names
        for method in METHODS
    }


def test_a_session_does_not_open_the_desk(client, site):
    client.force_login(account("editor"))
    for name in filter(is_closed, PATTERNS):
        assert client.get(address(name, site)).status_code == 401
